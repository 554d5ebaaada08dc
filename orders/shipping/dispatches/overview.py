"""An overview of a dispatch of any size: counts and sums from the database, parcels in pages of fifty."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from orders.database import db
from orders.ordering.models import Order, OrderLine
from orders.packing.models import PostKind
from orders.shipping.models import Dispatch, DispatchState, Parcel, ParcelContent
from orders.shipping.return_models import ParcelReturn

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Pieces:
    """So many parcels of one kind and weight; `packed` and `posted` are how many of them are."""

    kind: PostKind
    weight_mg: int
    parcels: int
    packed: int
    posted: int


@dataclass(frozen=True, slots=True)
class Overview:
    """All parcels of a dispatch by kind and weight. `back` is how many of the posted ones are here again."""

    pieces: Sequence[Pieces]
    back: int

    @property
    def total(self) -> int:
        return sum(each.parcels for each in self.pieces)

    @property
    def packed(self) -> int:
        return sum(each.packed for each in self.pieces)

    @property
    def posted(self) -> int:
        return sum(each.posted for each in self.pieces)

    @property
    def away(self) -> int:
        """Posted, and not here again."""
        return self.posted - self.back

    @property
    def has_boxes(self) -> bool:
        return any(each.kind is PostKind.PARCEL for each in self.pieces)

    def at_the_counter(self, kind: PostKind) -> int:
        """What would be carried to the counter now: packed parcels, or all of them while none is marked as packed."""
        return sum(each.packed if self.packed else each.parcels for each in self.pieces if each.kind is kind)


def count_parcels(dispatch: Dispatch) -> Overview:
    """Count the parcels of a dispatch."""
    sizes = (Parcel.kind, Parcel.weight_mg)
    rows = db.session.execute(
        select(*sizes, func.count(), func.count(Parcel.packed_at), func.count(Parcel.posted_at))
        .where(Parcel.dispatch_id == dispatch.id)
        .group_by(*sizes)
    )
    back = select(func.count(ParcelReturn.parcel_id)).join(Parcel).where(Parcel.dispatch_id == dispatch.id)
    return Overview([Pieces(*row) for row in rows], db.session.scalar(back) or 0)


def carried(dispatch: Dispatch, pieces: Sequence[Pieces]) -> list[tuple[PostKind, int, int]]:
    """Kind, weight and number of what is carried to the counter; once the dispatch is closed, of what was posted."""
    is_closed = dispatch.state is DispatchState.CLOSED
    counted = ((each.kind, each.weight_mg, each.posted if is_closed else each.parcels) for each in pieces)
    return [(kind, weight, number) for kind, weight, number in counted if number]


def page(dispatch: Dispatch, number: int) -> Sequence[Parcel]:
    """Fifty parcels in their sequence, with what is shown of them; pages count from 1."""
    order = selectinload(Parcel.contents).joinedload(ParcelContent.line).joinedload(OrderLine.order)
    return db.session.scalars(
        select(Parcel)
        .where(Parcel.dispatch_id == dispatch.id)
        .order_by(Parcel.sequence)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
        .options(order)
    ).all()


def page_of(dispatch: Dispatch, sequence: int) -> int:
    """The page on which the parcel with this number stands, or would stand."""
    before = select(func.count(Parcel.id)).where(Parcel.dispatch_id == dispatch.id, Parcel.sequence < sequence)
    return (db.session.scalar(before) or 0) // PER_PAGE + 1


def next_to_pack(dispatch: Dispatch, after: int) -> Parcel | None:
    """The next parcel after a number that is not packed, else the first one."""
    unpacked = select(Parcel).where(Parcel.dispatch_id == dispatch.id, Parcel.packed_at.is_(None))
    first = unpacked.order_by(Parcel.sequence).limit(1)
    return db.session.scalar(first.where(Parcel.sequence > after)) or db.session.scalar(first)


def same_address(dispatch: Dispatch, shown: Sequence[Parcel]) -> Mapping[int, Sequence[int]]:
    """Of each parcel shown that could be shared, by its number: those of other orders that go to its address."""
    rows = db.session.execute(
        select(Parcel.sequence, Order.address_key, Order.id)
        .join(Parcel.contents)
        .join(ParcelContent.line)
        .join(OrderLine.order)
        .where(Parcel.dispatch_id == dispatch.id, Order.address_key != "")
        .order_by(Parcel.sequence)
    )
    orders_at: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for sequence, key, order_id in rows:
        orders_at[key][sequence].add(order_id)
    found = {}
    for parcel in shown:
        at_address = orders_at.get(parcel.orders[0].address_key, {})
        mine = at_address.get(parcel.sequence, set())
        if others := [sequence for sequence, orders in at_address.items() if not orders & mine]:
            found[parcel.sequence] = others
    return found


def numbered(dispatch: Dispatch, sequences: Collection[int]) -> Sequence[Parcel]:
    """The parcels with these numbers, in their sequence."""
    wanted = select(Parcel).where(Parcel.dispatch_id == dispatch.id, Parcel.sequence.in_(sequences))
    return db.session.scalars(wanted.order_by(Parcel.sequence)).all()


def of_same_orders(parcel: Parcel) -> Sequence[Parcel]:
    """The other parcels of its dispatch in which its orders have something."""
    inside = (
        select(ParcelContent.parcel_id)
        .join(ParcelContent.line)
        .where(OrderLine.order_id.in_([order.id for order in parcel.orders]))
    )
    wanted = select(Parcel).where(Parcel.dispatch_id == parcel.dispatch_id, Parcel.id.in_(inside))
    return db.session.scalars(wanted.where(Parcel.id != parcel.id)).all()


def copies_by_publication(dispatch: Dispatch) -> Mapping[int, int]:
    """What lies in all parcels together, by the id of the publication."""
    rows = db.session.execute(
        select(OrderLine.publication_id, func.sum(ParcelContent.copies))
        .join(ParcelContent.line)
        .join(ParcelContent.parcel)
        .where(Parcel.dispatch_id == dispatch.id)
        .group_by(OrderLine.publication_id)
    )
    return {publication_id: int(copies) for publication_id, copies in rows}

"""Making a dispatch: ready orders become envelopes and boxes, numbered in the order in which they are packed.

Making moves no stock: copies stay reserved for their order. It calls `ordering.repository.lock_orders` first, so two
people never get the same order.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from orders import idempotency
from orders.addresses.po_boxes import has_only_po_box
from orders.database import db
from orders.ordering import repository
from orders.ordering.lifecycle import fulfilment
from orders.ordering.models import Delivery, Order, OrderStatus
from orders.ordering.refusals import ParcelToPoBox
from orders.ordering.request.offer import current_offer
from orders.packing.models import PostKind, TooLargeToPost
from orders.packing.postage import step_of
from orders.packing.splitting import Item, PackedParcel, split
from orders.packing.tariff import Tariff
from orders.rows import bulk_rows, quick_rows
from orders.shipping.models import (
    Dispatch,
    NothingChosen,
    NotReady,
    Parcel,
    ParcelContent,
    TooLargeInOrders,
)
from orders.staff import journal
from orders.staff.journal import Actor

NO_HURRY = date.max
ABOVE_EVERY_STEP = 1_000_000  # g


def make(
    references: Collection[str],
    *,
    at: datetime,
    by: Actor,
    has_labels: bool = True,
    submission: str | None = None,
    asked: object = None,
) -> Dispatch:
    """Put ready orders into a new dispatch, each split into envelopes and boxes.

    All or none: refuses with `NotReady` and the references of those that are not (or are for pickup), and with
    `TooLargeInOrders` or `ParcelToPoBox`. The same `submission` again returns the dispatch that it made the first time.
    `asked`: what the form said, where that was not these references.
    """
    if not references:
        raise NothingChosen
    chosen = repository.lock_orders(references)
    if not idempotency.submit(submission, asked or sorted(references), at=at):
        return db.session.scalars(select(Dispatch).where(Dispatch.submission == submission)).one()
    if unready := [order.reference for order in chosen if not may_be_dispatched(order)]:
        raise NotReady(unready)
    tariff = current_offer().tariff
    packed = sorted(_packed(chosen, tariff), key=lambda each: _packing_order(each, tariff))
    dispatch = Dispatch(made_at=at, made_by_id=by.staff_id, has_labels=has_labels, submission=submission)
    dispatch.last_sequence = len(packed)
    quick_rows.insert(dispatch)
    _write(dispatch, [_parcel(sequence, each) for sequence, each in enumerate(packed, start=1)])
    fulfilment.enter_dispatch(chosen, dispatch.id)
    journal.record("made", f"dispatch {dispatch.id}", at=at, by=by, after={"parcels": len(packed)})
    return dispatch


def find_submitted(submission: str | None, asked: object) -> Dispatch | None:
    """The dispatch that a form with this key has made. Refuses with `SubmittedOtherwise` if it said something else."""
    if not idempotency.is_submitted(submission, asked):
        return None
    return db.session.scalars(select(Dispatch).where(Dispatch.submission == submission)).one()


def may_be_dispatched(order: Order) -> bool:
    return order.status is OrderStatus.READY and order.delivery is Delivery.POST


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the parcels into which an order was split: the thickest publication lies in the first ones."""

    order: Order
    packed: PackedParcel
    place: int


def _packed(orders: Sequence[Order], tariff: Tariff) -> Iterator[_Part]:
    """Every order's parcels. Refuses with all orders that cannot be posted: too large, or a parcel to a PO box."""
    too_large, undeliverable = [], []
    for order in orders:
        items = [Item.of(line.publication, line.reserved) for line in order.lines if line.reserved]
        try:
            parcels = split(items, tariff.packagings)
        except TooLargeToPost as refusal:
            too_large.append((order.reference, refusal))
            continue
        if has_only_po_box(order.address) and any(each.kind is PostKind.PARCEL for each in parcels):
            undeliverable.append(order.reference)
        for place, packed in enumerate(parcels):
            yield _Part(order, packed, place)
    if too_large:
        raise TooLargeInOrders(too_large)
    if undeliverable:
        raise ParcelToPoBox(undeliverable)


def _packing_order(each: _Part, tariff: Tariff) -> tuple[object, ...]:
    """The urgent first, then equal parcels together, which are quicker to pack one after the other."""
    rate = step_of(each.packed.kind, each.packed.weight_mg, tariff.rates)
    step = rate.up_to_g if rate else ABOVE_EVERY_STEP
    contents = tuple(sorted(each.packed.contents.items()))
    order = each.order
    urgency = order.needed_by or NO_HURRY
    return (urgency, each.packed.kind.value, step, contents, order.placed_at, order.id, each.place)


def _write(dispatch: Dispatch, parcels: Sequence[Parcel]) -> None:
    number_parts(parcels)
    for parcel in parcels:
        parcel.dispatch_id = dispatch.id
    bulk_rows.write(parcels)
    contents = [content for parcel in parcels for content in parcel.contents]
    for content in contents:
        content.parcel_id, content.order_line_id = content.parcel.id, content.line.id
    bulk_rows.insert(contents)


def _parcel(sequence: int, each: _Part) -> Parcel:
    copies = each.packed.contents
    return Parcel(
        sequence=sequence,
        kind=each.packed.kind,
        packaging_code=each.packed.packaging.code,
        weight_mg=each.packed.weight_mg,
        thickness_um=each.packed.thickness_um,
        contents=[
            ParcelContent(line=line, copies=copies[line.publication.code])
            for line in each.order.lines
            if copies.get(line.publication.code)
        ],
    )


def number_parts(parcels: Iterable[Parcel]) -> None:
    """Say of each parcel which one it is of those that go together, in their sequence: 1/3, 2/3, 3/3.

    Together go the parcels of one order, and of orders that share a parcel.
    """
    groups = _Groups()
    first_orders = []
    for parcel in parcels:
        orders = sorted(_orders_in(parcel))
        for other in orders[1:]:
            groups.unite(orders[0], other)
        first_orders += [(parcel, first) for first in orders[:1]]
    together: defaultdict[int, list[Parcel]] = defaultdict(list)
    for parcel, order_id in first_orders:
        together[groups.find(order_id)].append(parcel)
    for group in together.values():
        for part, parcel in enumerate(sorted(group, key=lambda each: each.sequence), start=1):
            parcel.part, parcel.parts = part, len(group)


class _Groups:
    """Orders that go together (a disjoint-set forest): each group is known by one of its orders."""

    def __init__(self) -> None:
        self._parents: dict[int, int] = {}

    def find(self, order_id: int) -> int:
        while (parent := self._parents.setdefault(order_id, order_id)) != order_id:
            self._parents[order_id] = order_id = self._parents[parent]
        return order_id

    def unite(self, one: int, other: int) -> None:
        self._parents[self.find(other)] = self.find(one)


def _orders_in(parcel: Parcel) -> set[int]:
    return {content.line.order_id for content in parcel.contents}

"""Changing by hand what lies in which parcel of an open dispatch.

A number on paper never comes to mean another parcel: that of an emptied parcel is not used again, a new one gets the
next. Parcels that change are no longer packed. Every rule takes the `version` of the dispatch that the page showed.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from orders.addresses.po_boxes import has_only_po_box
from orders.database import db
from orders.ordering.models import Order, OrderLine
from orders.ordering.refusals import ParcelToPoBox
from orders.packing.models import Packaging, PostKind
from orders.packing.splitting import Item, PackedParcel, pack, smallest, split
from orders.packing.tariff import get_packaging, read_tariff
from orders.shipping.dispatches import lifecycle
from orders.shipping.dispatches.creation import number_parts
from orders.shipping.models import (
    ContentsChanged,
    Dispatch,
    NothingToShare,
    NotThatMany,
    OtherAddress,
    Parcel,
    ParcelContent,
    UnknownDispatch,
)
from orders.staff import journal
from orders.staff.journal import Actor

Copies = dict[OrderLine, int]


def move_copies(
    dispatch_id: int,
    sequence: int,
    line_id: int,
    copies: int | None,
    to: int | None,
    *,
    version: int | None,
    at: datetime,
    by: Actor,
) -> Parcel:
    """Take copies of a line out of a parcel and put them into another one of the same address, or into a new one.

    Both get the smallest packaging that closes then. Refuses with `NotThatMany`, `OtherAddress` or `DoesNotFit`.
    """
    dispatch, parcels = _lock(dispatch_id, version)
    source = _get(dispatch, parcels, sequence)
    line = next((content.line for content in source.contents if content.line.id == line_id), None)
    held = next((content.copies for content in source.contents if content.line.id == line_id), 0)
    if line is None or copies is None or not 0 < copies <= held or to == sequence:
        raise NotThatMany(copies, held)
    target = None if to is None else _get(dispatch, parcels, to)
    if target is not None and target.orders[0].address_key != line.order.address_key:
        raise OtherAddress
    rest, more = _contents(source), _contents(target) if target else {}
    rest[line] -= copies
    more[line] = more.get(line, 0) + copies
    _empty([source, *([target] if target else [])])
    target = target or _new(dispatch)
    _fill(dispatch, source, rest)
    _fill(dispatch, target, more)
    _changed(dispatch, at=at, by=by, parcel=sequence, to=target.sequence, copies=copies)
    return target


def change_packaging(
    dispatch_id: int, sequence: int, code: str, *, version: int | None, at: datetime, by: Actor
) -> Parcel:
    """Put what lies in a parcel into another envelope or box, or refuse with `DoesNotFit`."""
    dispatch, parcels = _lock(dispatch_id, version)
    parcel = _get(dispatch, parcels, sequence)
    if code != parcel.packaging_code:
        _measure(parcel, get_packaging(code))
        _changed(dispatch, at=at, by=by, parcel=sequence, packaging=code)
    return parcel


def share(dispatch_id: int, sequence: int, *, version: int | None, at: datetime, by: Actor) -> Parcel:
    """Put everything that goes to the address of this parcel together, in as few parcels as it takes.

    Each order keeps a slip of its own in every parcel that holds something of it. Refuses with `NothingToShare`.
    """
    dispatch, parcels = _lock(dispatch_id, version)
    parcel = _get(dispatch, parcels, sequence)
    mates = [each for each in parcels if each.orders[0].address_key == parcel.orders[0].address_key]
    orders = {order.id: order for each in mates for order in each.orders}
    if len(orders) < 2:
        raise NothingToShare
    copies = _all_contents(mates)
    packed = split(_items(copies), read_tariff().packagings, slips=len(orders))
    _refill(dispatch, mates, [(each.packaging, portion) for each, portion in _portions(packed, copies)])
    _changed(dispatch, at=at, by=by, shared=len(orders))
    return mates[0]


def separate(dispatch_id: int, sequence: int, *, version: int | None, at: datetime, by: Actor) -> None:
    """Split each order that has something in this parcel by itself again, as when the dispatch was made."""
    dispatch, parcels = _lock(dispatch_id, version)
    wanted = {order.id for order in _get(dispatch, parcels, sequence).orders}
    while (reached := _orders_beside(parcels, wanted)) != wanted:
        wanted = reached
    mates = [each for each in parcels if any(order.id in wanted for order in each.orders)]
    by_order: dict[Order, Copies] = defaultdict(dict)
    for line, copies in _all_contents(mates).items():
        by_order[line.order][line] = copies
    packagings = read_tariff().packagings
    portions = []
    for copies_of_order in by_order.values():
        packed = split(_items(copies_of_order), packagings)
        portions += [(each.packaging, portion) for each, portion in _portions(packed, copies_of_order)]
    _refill(dispatch, mates, portions)
    _changed(dispatch, at=at, by=by, separated=len(by_order))


def remove_order(dispatch: Dispatch, parcels: Sequence[Parcel], order: Order) -> None:
    """Take an order out of these parcels. What others have in them stays, in packaging that is chosen anew."""
    kept = [
        (parcel, {line: copies for line, copies in _contents(parcel).items() if line.order_id != order.id})
        for parcel in parcels
    ]
    _empty(parcels)
    for parcel, copies in kept:
        _fill(dispatch, parcel, copies)
    _renumber(dispatch)


def _orders_beside(parcels: Sequence[Parcel], wanted: set[int]) -> set[int]:
    beside = (parcel.orders for parcel in parcels if any(order.id in wanted for order in parcel.orders))
    return {order.id for orders in beside for order in orders}


def _lock(dispatch_id: int, version: int | None) -> tuple[Dispatch, list[Parcel]]:
    dispatch = lifecycle.lock_open_dispatch(dispatch_id)
    if version != dispatch.version:
        raise ContentsChanged
    return dispatch, list(lifecycle.parcels_of(dispatch))


def _get(dispatch: Dispatch, parcels: Sequence[Parcel], sequence: int) -> Parcel:
    parcel = next((parcel for parcel in parcels if parcel.sequence == sequence), None)
    if parcel is None:
        raise UnknownDispatch(dispatch.id, sequence)
    return parcel


def _contents(parcel: Parcel) -> Copies:
    return {content.line: content.copies for content in parcel.contents}


def _all_contents(parcels: Sequence[Parcel]) -> Copies:
    """Everything in these parcels, the older order first."""
    copies: Copies = defaultdict(int)
    contents = [content for parcel in parcels for content in parcel.contents]
    for content in sorted(contents, key=lambda each: (each.line.order_id, each.line.publication_id)):
        copies[content.line] += content.copies
    return copies


def _items(copies: Copies) -> list[Item]:
    return [Item.of(line.publication, number) for line, number in copies.items() if number]


def _portions(packed: Sequence[PackedParcel], copies: Copies) -> list[tuple[PackedParcel, Copies]]:
    """Whose copies lie in which of the parcels: those of the first order first."""
    left = dict(copies)
    portions = []
    for each in packed:
        portion: Copies = {}
        wanted = dict(each.contents)
        for line in left:
            if taken := min(left[line], wanted.get(line.publication.code, 0)):
                portion[line] = taken
                left[line] -= taken
                wanted[line.publication.code] -= taken
        portions.append((each, portion))
    return portions


def _lightest(copies: Copies) -> Packaging:
    """The smallest packaging that closes on them; where none does, the largest, which then refuses."""
    packagings = read_tariff().packagings
    slips = len({line.order_id for line in copies})
    return smallest(_items(copies), packagings, slips) or packagings[-1]


def _refill(dispatch: Dispatch, parcels: Sequence[Parcel], portions: Sequence[tuple[Packaging, Copies]]) -> None:
    """Put portions into these parcels, by their numbers, into new ones when there are too few."""
    _empty(parcels)
    spare = [*parcels]
    for packaging, copies in portions:
        _fill(dispatch, spare.pop(0) if spare else _new(dispatch), copies, packaging)
    for parcel in spare:
        _fill(dispatch, parcel, {})


def _empty(parcels: Sequence[Parcel]) -> None:
    """Take everything out, so that a line may go into any of them."""
    for parcel in parcels:
        for content in parcel.contents:
            db.session.delete(content)
    db.session.flush()
    for parcel in parcels:
        db.session.expire(parcel, ["contents"])


def _new(dispatch: Dispatch) -> Parcel:
    dispatch.last_sequence += 1
    return Parcel(dispatch_id=dispatch.id, sequence=dispatch.last_sequence)


def _fill(dispatch: Dispatch, parcel: Parcel, copies: Copies, packaging: Packaging | None = None) -> None:
    """Put these copies into an empty parcel, in the smallest packaging that closes, or in this one. Without copies the
    parcel is deleted, and its number is not used again."""
    kept = {line: number for line, number in copies.items() if number}
    if not kept:
        db.session.delete(parcel)
        return
    parcel.contents = [ParcelContent(line=line, copies=number) for line, number in kept.items()]
    _measure(parcel, packaging or _lightest(kept))
    db.session.add(parcel)


def _measure(parcel: Parcel, packaging: Packaging) -> None:
    items = [Item.of(content.line.publication, content.copies) for content in parcel.contents]
    packed = pack(items, packaging, slips=len(parcel.orders))
    if packed.kind is PostKind.PARCEL and has_only_po_box(parcel.orders[0].address):
        raise ParcelToPoBox([parcel.orders[0].reference])
    parcel.kind, parcel.packaging_code = packed.kind, packaging.code
    parcel.weight_mg, parcel.thickness_um = packed.weight_mg, packed.thickness_um
    parcel.packed_at = None


def _changed(dispatch: Dispatch, *, at: datetime, by: Actor, **what: object) -> None:
    _renumber(dispatch)
    journal.record("repacked", f"dispatch {dispatch.id}", at=at, by=by, after=dict(what))


def _renumber(dispatch: Dispatch) -> None:
    """Number the parts again, and count the change."""
    db.session.flush()
    db.session.expire(dispatch, ["parcels"])
    number_parts(lifecycle.parcels_of(dispatch))
    dispatch.version += 1
    db.session.flush()

"""What a slip in somebody's hand is, and its next step when its parcel lies on the packing table.

A scanner types into the page like a keyboard, so what arrives may be a reference in any layout, the link of a slip's
QR code with its signs garbled, or what a person types.
"""

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from orders.catalogue import edition_lookup
from orders.clock import local_day
from orders.database import db
from orders.ordering.models import Delivery, Order, OrderStatus
from orders.references import ALPHABET, MistypedReference, read_reference
from orders.shipping.dispatches import lifecycle
from orders.shipping.models import DispatchState, Parcel, ParcelContent
from orders.shipping.printing import print_log

LONGEST_SCAN = 500  # characters; the link of a slip has some 120
SAME_SLIP = timedelta(seconds=2)  # a second scan so soon is of the slip that was just read, not of the next one

# The link of an order's page, `…/o/KLNBRTVX.…`, as it was printed or with the signs that other layouts make of it.
_LINK = re.compile(rf"([^a-z0-9])o\1([{ALPHABET}]{{8}})[^a-z0-9]", re.IGNORECASE)
_WITH_PART = re.compile(r"(.*[A-Za-z])[^A-Za-z0-9]*([0-9]{1,3})(?:/[0-9]{1,3})?\s*")


@dataclass(frozen=True, slots=True)
class Scanned:
    """A reference as it was read, and which part of its order (`2/3`) somebody typed after it."""

    reference: str
    part: int | None = None


def read_scan(typed: str) -> Scanned:
    """Read what a scanner or a person typed. Raises `MistypedReference`, as for anything else that is typed."""
    text = typed[:LONGEST_SCAN]
    try:
        return Scanned(read_reference(text))
    except MistypedReference:
        if link := _LINK.search(text):
            return Scanned(read_reference(link[2]))
        if with_part := _WITH_PART.fullmatch(text):
            return Scanned(read_reference(with_part[1]), int(with_part[2]))
        raise


class Verdict(enum.Enum):
    """What a scan found. The first are steps that it did or may do next, the others are reasons to stop."""

    PACKED = "packed"
    ALREADY_PACKED = "already_packed"
    TO_PACK = "to_pack"
    WHICH_PARCEL = "which_parcel"
    TO_HAND_OVER = "to_hand_over"
    HANDED_OVER = "handed_over"
    CAME_BACK = "came_back"
    ALREADY_CAME_BACK = "already_came_back"
    ALREADY_HANDED_OVER = "already_handed_over"
    POSTED = "posted"
    STALE = "stale"
    NOT_IN_A_DISPATCH = "not_in_a_dispatch"
    WAITING = "waiting"
    PENDING = "pending"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    OTHER_EDITION = "other_edition"
    NOT_POSTED = "not_posted"
    NOT_FOR_PICKUP = "not_for_pickup"
    MISTYPED = "mistyped"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict, and what it is about: the order, and its parcel (or those among which somebody must choose)."""

    verdict: Verdict
    order: Order | None = None
    parcels: Sequence[Parcel] = ()


BY_STATUS = {
    OrderStatus.PENDING: Verdict.PENDING,
    OrderStatus.WAITING: Verdict.WAITING,
    OrderStatus.READY: Verdict.NOT_IN_A_DISPATCH,
    OrderStatus.SENT: Verdict.POSTED,
    OrderStatus.REJECTED: Verdict.REJECTED,
    OrderStatus.CANCELLED: Verdict.CANCELLED,
    OrderStatus.RETURNED: Verdict.RETURNED,
}


def find_scanned(reference: str) -> Order | None:
    return db.session.scalar(select(Order).where(Order.reference == reference))


def pack(typed: str, *, at: datetime, sequence: int | None = None) -> Outcome:
    """Note the parcel of a scanned slip as packed; a second scan of it says so and changes nothing.

    The slips of an order in several parcels carry one reference: each scan packs the next of them, unless somebody
    says which (`sequence`, its number in the dispatch). A parcel whose paper is not right any more is not packed.
    """
    found = look(typed, at=at, sequence=sequence)
    if found.verdict is Verdict.WHICH_PARCEL:
        found = _next_of(found, at)
    if found.verdict is not Verdict.TO_PACK:
        return found
    (parcel,) = found.parcels
    packed = lifecycle.pack(parcel.dispatch_id, parcel.sequence, packed=True, at=at)
    return Outcome(Verdict.PACKED, found.order, [packed])


def _next_of(found: Outcome, at: datetime) -> Outcome:
    """The first parcel that is not packed; still the question when one was packed a moment ago, or one is stale."""
    parcels = found.parcels
    left = [parcel for parcel in parcels if parcel.packed_at is None]
    if not left:
        return Outcome(Verdict.ALREADY_PACKED, found.order, parcels[-1:])
    stale = [parcel for parcel in left if print_log.is_stale(parcel)]
    if stale == left:
        return Outcome(Verdict.STALE, found.order, left[:1])
    last = max((parcel.packed_at for parcel in parcels if parcel.packed_at), default=None)
    if stale or (last and at - last < SAME_SLIP):
        return found
    return Outcome(Verdict.TO_PACK, found.order, left[:1])


def look(typed: str, *, at: datetime, sequence: int | None = None) -> Outcome:
    """What a scanned slip is and could do next, changing nothing."""
    try:
        scanned = read_scan(typed)
    except MistypedReference:
        return Outcome(Verdict.MISTYPED)
    order = find_scanned(scanned.reference)
    if order is None:
        return Outcome(Verdict.UNKNOWN)
    if order.status is OrderStatus.DISPATCHING:
        return _on_the_table(order, scanned.part, sequence)
    verdict = _standing(order, at)
    return Outcome(verdict, order, posted_parcels(order) if verdict is Verdict.POSTED else ())


def _on_the_table(order: Order, part: int | None, sequence: int | None) -> Outcome:
    parcels = [parcel for parcel in parcels_of(order) if parcel.dispatch_id == order.dispatch_id]
    chosen = [parcel for parcel in parcels if sequence in (None, parcel.sequence) and part in (None, parcel.part)]
    if len(chosen) != 1:
        return Outcome(Verdict.WHICH_PARCEL, order, chosen or parcels)
    (parcel,) = chosen
    if print_log.is_stale(parcel):
        return Outcome(Verdict.STALE, order, chosen)
    return Outcome(Verdict.ALREADY_PACKED if parcel.packed_at else Verdict.TO_PACK, order, chosen)


def _standing(order: Order, at: datetime) -> Verdict:
    """What an order is that lies in no open dispatch."""
    newest = edition_lookup.find_open_edition(local_day(at)) or next(iter(edition_lookup.editions()), order.edition)
    if order.edition.year < newest.year:
        return Verdict.OTHER_EDITION
    if order.delivery is Delivery.PICKUP and order.status is OrderStatus.READY:
        return Verdict.TO_HAND_OVER
    if order.delivery is Delivery.PICKUP and order.status is OrderStatus.SENT:
        return Verdict.ALREADY_HANDED_OVER
    if order.status in (OrderStatus.READY, OrderStatus.WAITING) and posted_parcels(order):
        return Verdict.POSTED
    return BY_STATUS[order.status]


def parcels_of(order: Order) -> Sequence[Parcel]:
    """Every parcel that an order ever had something in, of dispatches that were not undone, the oldest first."""
    parcels = db.session.scalars(
        select(Parcel)
        .join(ParcelContent)
        .where(ParcelContent.order_line_id.in_([line.id for line in order.lines]))
        .order_by(Parcel.dispatch_id, Parcel.sequence)
        .distinct()
    ).all()
    return [parcel for parcel in parcels if parcel.dispatch.state is not DispatchState.UNDONE]


def posted_parcels(order: Order) -> Sequence[Parcel]:
    """The parcels of an order that were posted, the oldest first."""
    return [parcel for parcel in parcels_of(order) if parcel.posted_at is not None]

"""Identifies a scanned slip, and does the next step of its parcel.

A scanner types into the page like a keyboard, so what arrives may be the code of a slip or a reference in any layout,
the link of a slip's QR code with its signs garbled, or what a person types. The code says what the slip was printed for
(`printing.slip_codes`): it names its parcel, and paper that is no longer right has another one.
"""

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from orders.catalogue import edition_lookup
from orders.clock import local_day
from orders.database import db
from orders.ordering.models import Delivery, Order, OrderStatus
from orders.references import ALPHABET, CODE_LENGTH, LENGTH, MistypedReference, bare_letters, read_code, read_reference
from orders.shipping.dispatches import lifecycle
from orders.shipping.models import DispatchState, Parcel, ParcelContent
from orders.shipping.printing.models import Paper
from orders.shipping.printing.print_log import is_stale, stale_papers
from orders.shipping.printing.slip_codes import order_code, parcel_code
from orders.staff.journal import Actor

LONGEST_SCAN = 500  # characters; the link of a slip has some 120

# The link of an order's page, `…/o/KLNBRTVX.…`, as it was printed or with the signs that other layouts make of it.
_LINK = re.compile(rf"([^a-z0-9])o\1([{ALPHABET}]{{8}})[^a-z0-9]", re.IGNORECASE)
_END_OF_LINK = re.compile(rf"[^a-z0-9]([{ALPHABET}]{{{CODE_LENGTH - LENGTH}}})\s*$", re.IGNORECASE)
_WITH_PART = re.compile(r"(.*[A-Za-z])[^A-Za-z0-9]*([0-9]{1,3})(?:/[0-9]{1,3})?\s*")


@dataclass(frozen=True, slots=True)
class Scanned:
    """A reference as it was read, and which part of its order (`2/3`) somebody typed after it.

    `code` is that of the slip, empty where only a reference was typed.
    """

    reference: str
    part: int | None = None
    code: str = ""


def read_scan(typed: str) -> Scanned:
    """Read what a scanner or a person typed. Raises `MistypedReference`, as for anything else that is typed."""
    text = typed[:LONGEST_SCAN]
    try:
        return _scanned(text)
    except MistypedReference:
        if link := _LINK.search(text):
            return _in_link(link[2], text[link.end(2) :])
        if with_part := _WITH_PART.fullmatch(text):
            return Scanned(read_reference(with_part[1]), int(with_part[2]))
        raise


def _scanned(text: str) -> Scanned:
    reference, mark = read_code(text)
    return Scanned(reference, code=bare_letters(text) if mark else "")


def _in_link(reference: str, rest: str) -> Scanned:
    """The reference in a link, with the end of its code where the link has one."""
    end = _END_OF_LINK.search(rest)
    try:
        return _scanned(reference + end[1]) if end else Scanned(read_reference(reference))
    except MistypedReference:
        return Scanned(read_reference(reference))


class Verdict(enum.Enum):
    """What a scan found. The first are steps that it did or may do next, the others are reasons to stop."""

    PACKED = "packed"
    TAKEN_BACK = "taken_back"
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
    OLD_SLIP = "old_slip"
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


def pack(typed: str, *, at: datetime, by: Actor, sequence: int | None = None) -> Outcome:
    """Note the parcel of a scanned slip as packed; a second scan of it says so and changes nothing.

    Where only the reference of an order in several parcels is typed, somebody must say which one (`sequence`, its
    number in the dispatch): a slip that is read twice never packs a second parcel. With paper that is not right any
    more nothing is packed.
    """
    found = identify(typed, at=at, sequence=sequence)
    if found.verdict is not Verdict.TO_PACK:
        return found
    (parcel,) = found.parcels
    packed = lifecycle.pack(parcel.dispatch_id, parcel.sequence, packed=True, at=at, by=by)
    return Outcome(Verdict.PACKED, found.order, [packed])


def identify(typed: str, *, at: datetime, sequence: int | None = None) -> Outcome:
    """What a scanned slip is and could do next, changing nothing."""
    try:
        scanned = read_scan(typed)
    except MistypedReference:
        return Outcome(Verdict.MISTYPED)
    order = find_scanned(scanned.reference)
    if order is None:
        return Outcome(Verdict.UNKNOWN)
    if order.status is OrderStatus.DISPATCHING:
        return _on_the_table(order, scanned, sequence)
    verdict = _standing(order, at)
    if verdict is Verdict.TO_HAND_OVER and scanned.code and scanned.code != order_code(order):
        return Outcome(Verdict.OLD_SLIP, order)
    return Outcome(verdict, order, posted_parcels(order) if verdict is Verdict.POSTED else ())


def _on_the_table(order: Order, scanned: Scanned, sequence: int | None) -> Outcome:
    parcels = [parcel for parcel in parcels_of(order) if parcel.dispatch_id == order.dispatch_id]
    own = [parcel for parcel in parcels if parcel_code(parcel, order) == scanned.code]
    if scanned.code and not own and scanned.code != order_code(order):
        return Outcome(Verdict.OLD_SLIP, order, parcels if len(parcels) == 1 else ())
    chosen = own or [
        parcel for parcel in parcels if sequence in (None, parcel.sequence) and scanned.part in (None, parcel.part)
    ]
    if len(chosen) != 1:
        return _which(order, parcels, chosen)
    (parcel,) = chosen
    stale = stale_papers(parcel.dispatch, chosen).get(parcel.sequence, frozenset())
    if stale - ({Paper.SLIPS} if own else set()):  # its code says that this slip is right
        return Outcome(Verdict.STALE, order, chosen)
    return Outcome(Verdict.ALREADY_PACKED if parcel.packed_at else Verdict.TO_PACK, order, chosen)


def _which(order: Order, parcels: Sequence[Parcel], chosen: Sequence[Parcel]) -> Outcome:
    """Several parcels could be meant: the question, unless the answer is the same for all of them."""
    meant = chosen or parcels
    if chosen and all(map(is_stale, chosen)):
        return Outcome(Verdict.STALE, order, chosen[:1])
    if chosen and all(parcel.packed_at for parcel in chosen):
        return Outcome(Verdict.ALREADY_PACKED, order, chosen[-1:])
    return Outcome(Verdict.WHICH_PARCEL, order, meant)


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


def scanned_parcel(typed: str) -> Parcel | None:
    """The posted parcel that a slip's code names; None where it names none, or only a reference was typed."""
    scanned = read_scan(typed)
    order = find_scanned(scanned.reference)
    if order is None or not scanned.code:
        return None
    return next((each for each in posted_parcels(order) if parcel_code(each, order) == scanned.code), None)


def posted_parcels(order: Order) -> Sequence[Parcel]:
    """The parcels of an order that were posted, the oldest first."""
    return [parcel for parcel in parcels_of(order) if parcel.posted_at is not None]

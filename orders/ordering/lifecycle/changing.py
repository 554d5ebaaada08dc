"""Changing an order that has not gone: the rules of placing apply again, without the order itself.

Copies that are no longer asked for go back to the queue. Additional copies queue from now, the others keep their place
(docs/decisions/0009). An order that a coordinator must look at again reserves nothing meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from orders.catalogue import edition_lookup
from orders.catalogue.models import Publication
from orders.clock import local_day
from orders.database import db
from orders.errors import Refused
from orders.ordering.allocation import reservations
from orders.ordering.allocation.reservations import move_line
from orders.ordering.lifecycle import accepted_postage
from orders.ordering.lifecycle.accepted_postage import BILLING
from orders.ordering.lifecycle.email_correction import set_email, tell_of_change
from orders.ordering.lifecycle.line_changes import change_lines
from orders.ordering.lifecycle.parcel_addresses import refuse_parcel_to_po_box
from orders.ordering.lifecycle.placing import set_address
from orders.ordering.models import Order, OrderLine, OrderStatus, WhenShort
from orders.ordering.refusals import AlreadyDispatched, AlreadyEnded, NotOrderable, OrderingClosed
from orders.ordering.repository import lock_orders
from orders.ordering.request.order_form_values import FIELDS, OFFICE_FIELDS, asked, changed_since, contents, differences
from orders.ordering.request.order_request import OrderRequest
from orders.ordering.review import duplicates
from orders.ordering.review.allowances import Orderer
from orders.ordering.review.duplicates import LooksRepeated
from orders.ordering.review.institutions import recognise
from orders.ordering.review.matching import address_key
from orders.ordering.review.review import ReviewReason, review
from orders.ordering.review.senders import Sender
from orders.packing.tariff import read_tariff
from orders.staff import journal
from orders.staff.journal import Actor
from orders.stock.models import Place, Reason, Shortage

CHANGEABLE = (OrderStatus.PENDING, OrderStatus.WAITING, OrderStatus.READY)
_OF_STAFF = tuple(name for name in OFFICE_FIELDS if name not in FIELDS)
COPIED = ("delivery", "when_short", "needed_by", "gathering_on", "people", "phone", "message", "institution")


class OrderChangedMeanwhile(Refused):
    """Another tab, or the office, changed these fields after the form was opened."""

    def __init__(self, order: Order, fields: Sequence[str]) -> None:
        super().__init__(order.reference, fields)
        self.order = order
        self.fields = fields


class FewerThanSent(Refused):
    """Copies that were sent cannot be taken off an order: `copies` wanted, `available` the least."""

    def __init__(self, shortages: Sequence[Shortage]) -> None:
        super().__init__(shortages)
        self.shortages = shortages


class MoreAfterSending(Refused):
    """More copies of a publication that was sent in part: this needs another order."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(codes)
        self.codes = codes


def may_be_changed(order: Order) -> bool:
    """Whether nothing of the order is being packed, it has not ended, and Pli itself sends it."""
    return order.status in CHANGEABLE


def change(
    reference: str,
    request: OrderRequest,
    *,
    version: str,
    at: datetime,
    by: Actor,
    fields: Sequence[str] = FIELDS,
    tells: bool = True,
) -> Order:
    """Make these fields of an order, and its copies, what the request says.

    `version` is that of the order as the form showed it (`order_as_form.version`). A change that changes nothing sends
    no mail, nor does one that staff keeps to itself (`tells`). Refuses with `AlreadyDispatched` and `AlreadyEnded`,
    `OrderChangedMeanwhile`, `FewerThanSent` and `MoreAfterSending`, and like `placing.place`.
    """
    (order,) = lock_orders([reference])
    _refuse_what_is_too_late(order)
    before = contents(order, fields)
    if not differences(before, asked(request, fields)):
        return order
    if meanwhile := changed_since(order, version, fields):
        raise OrderChangedMeanwhile(order, meanwhile)
    request = replace(request, **{name: getattr(order, name) for name in _OF_STAFF if name not in fields})
    request, is_unsure = recognise(request)
    order.institution_unsure = is_unsure and (order.institution_unsure or _is_elsewhere(order, request))
    publications = _publications(order, request, at)
    refuse_parcel_to_po_box(request, publications)
    reasons = _review(order, request, publications, is_public=by.is_public)
    was_written_to = order.email
    _apply(order, request, publications, reasons, at=at, by=by)
    if tells:
        tell_of_change(order, was_written_to, at=at)
    changed = differences(before, contents(order, fields))
    journal.record("changed", f"order {reference}", at=at, by=by, after={"fields": changed})
    return order


def _apply(
    order: Order,
    request: OrderRequest,
    publications: Mapping[str, Publication],
    reasons: Sequence[ReviewReason],
    *,
    at: datetime,
    by: Actor,
) -> None:
    decides_anew = bool(_grown(order, request)) or order.when_short is not request.when_short
    _write(order, request, at=at)
    freed = change_lines(order, request.copies, publications, at=at)
    if order.status is OrderStatus.PENDING or reasons:
        order.review_reasons = [reason.value for reason in reasons]
        order.accepted_at = None if reasons else at
    _give_back(order, freed, at=at, by=by)
    _serve(order, decides_anew=decides_anew, at=at)
    accepted_postage.accept(order, request.accepted_postage, read_tariff())


def _give_back(order: Order, freed: dict[OrderLine, int], *, at: datetime, by: Actor) -> None:
    """Put what its lines gave back onto the shelf; all that it holds, where a coordinator must decide first."""
    if order.accepted_at is None:
        freed = {line: copies + line.reserved for line, copies in freed.items()}
        for line in order.lines:
            line.reserved = 0
    order.update_status()
    db.session.flush()
    for line, copies in freed.items():
        if copies:
            move_line(line, copies, Place.RESERVED, Place.SHELF, reason=Reason.RELEASED, at=at, by=by.staff_id)


def _refuse_what_is_too_late(order: Order) -> None:
    if order.status in (OrderStatus.CANCELLED, OrderStatus.REJECTED):
        raise AlreadyEnded(order.reference)
    if not may_be_changed(order):
        raise AlreadyDispatched(order.reference)


def _grown(order: Order, request: OrderRequest) -> list[str]:
    """The codes of which more copies are asked than before."""
    had = {line.publication.code: line.wanted for line in order.lines}
    return [code for code, copies in request.copies.items() if copies > had.get(code, 0)]


def _publications(order: Order, request: OrderRequest, at: datetime) -> dict[str, Publication]:
    """By code, those that the order has and those that may be added to it; refuses what cannot be had."""
    own = {line.publication.code: line.publication for line in order.lines}
    on_offer = {each.code: each for each in edition_lookup.orderable(order.edition)}
    least = [
        Shortage(line.publication.code, request.copies.get(line.publication.code, 0), line.sent) for line in order.lines
    ]
    if wrong := [each for each in least if each.copies < each.available]:
        raise FewerThanSent(wrong)
    if grown := _grown(order, request):
        if any(line.sent for line in order.lines):
            raise MoreAfterSending(grown)
        if edition_lookup.find_open_edition(local_day(at)) is not order.edition:
            raise OrderingClosed(order.edition)
        if unknown := [code for code in grown if code not in on_offer]:
            raise NotOrderable(unknown)
    if unknown := [code for code in request.copies if code not in own and code not in on_offer]:
        raise NotOrderable(unknown)
    return {**on_offer, **own}


def _review(
    order: Order, request: OrderRequest, publications: Mapping[str, Publication], *, is_public: bool
) -> list[ReviewReason]:
    """Why a coordinator must decide about it now. What was accepted and only shrinks is not decided again."""
    if any(line.sent for line in order.lines):
        return []
    is_elsewhere = _is_elsewhere(order, request)
    if ReviewReason.REPEAT.value in order.review_reasons and not is_elsewhere:
        request = replace(request, confirmed=request.confirmed | {"repeat"})
    is_for_others = request.audience != order.audience  # who may have other copies
    if _grown(order, request) or is_for_others or order.status is OrderStatus.PENDING:
        return review(request, order.edition_id, publications, is_public=is_public, besides=order)
    return _repeats_elsewhere(order, request) if is_elsewhere else []


def _is_elsewhere(order: Order, request: OrderRequest) -> bool:
    here, there = order.address, request.address
    return order.institution != request.institution or any(
        getattr(here, name) != getattr(there, name) for name in ("organisation", "street", "number", "box", "postcode")
    )


def _repeats_elsewhere(order: Order, request: OrderRequest) -> list[ReviewReason]:
    """Whether the new address makes the order look like one that it did not look like before."""
    known, there = (_repeats_at(order, each) for each in (order, request))
    found = [each for each in there if each not in known]
    shown = duplicates.to_be_asked(request, found)
    if shown and "repeat" not in request.confirmed:
        raise LooksRepeated(shown)
    return [ReviewReason.REPEAT] if found else []


def _repeats_at(order: Order, where: Order | OrderRequest) -> list[Order]:
    orderer = Orderer(order.email_key, address_key(where.address), where.institution)
    own = orderer.order_ids(order.edition_id, besides=order)
    return duplicates.find_repeats(own, Sender.of(where), order.edition_id, besides=order)


def _write(order: Order, request: OrderRequest, *, at: datetime) -> None:
    set_address(order, request.address)
    if request.email != order.email:
        set_email(order, request.email, at=at)
    for name in (*COPIED, *BILLING, "audience", "language"):
        setattr(order, name, getattr(request, name))
    order.repeat_reason = request.reason or order.repeat_reason


def _serve(order: Order, *, decides_anew: bool, at: datetime) -> None:
    """Reserve what an accepted order may have now. Only what was decided anew is given up where `fewer` was chosen."""
    if order.accepted_at is None:
        return
    if order.when_short is WhenShort.FEWER and decides_anew:
        reservations.reserve(order, at=at)
    else:
        reservations.take_from_shelf(order, at=at)

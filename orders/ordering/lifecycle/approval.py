"""What a coordinator decides about an order that is pending: all of it, fewer copies, or none."""

from collections.abc import Mapping
from datetime import datetime

from orders.addresses.text_cleaning import is_control
from orders.errors import Refused
from orders.events import proposing
from orders.ordering.allocation import reservations
from orders.ordering.lifecycle import accepted_postage
from orders.ordering.models import Order, OrderStatus
from orders.ordering.notifications import notify
from orders.ordering.repository import lock_orders
from orders.ordering.review import allowances
from orders.ordering.review.allowances import Orderer, OverAllowance
from orders.packing.tariff import read_tariff
from orders.staff import journal
from orders.staff.journal import Actor

LONGEST_REASON = 500


class AlreadyDecided(Refused):
    """The order is no longer pending; `order` says what became of it."""

    def __init__(self, order: Order) -> None:
        super().__init__(order.reference)
        self.order = order


class ImpossibleDecision(Refused):
    """These copies, by code, are more than were asked for or fewer than none; with no codes: none of anything."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(codes)
        self.codes = codes


class ExplanationMissing(Refused):
    """An order is refused without saying why, in more than `LONGEST_REASON` letters, or with unwritable ones."""


def accept(reference: str, *, at: datetime, by: Actor, copies: Mapping[str, int] | None = None) -> Order:
    """Take a pending order, with fewer copies where `copies` (by code) says so; it keeps its place in the queue.

    Refuses with `AlreadyDecided`, `ImpossibleDecision`, with `OverAllowance` where the orderer's accepted orders of the
    edition leave less than that, and with `OutOfStock` when the orderer wants only what is there and nothing is.
    """
    order = _lock_pending(reference)
    asked = {line.publication.code: line.wanted for line in order.lines}
    wanted = asked | dict(copies or {})
    if wrong := [code for code, number in wanted.items() if not 0 <= number <= asked.get(code, -1)]:
        raise ImpossibleDecision(wrong)
    if not any(wanted.values()):
        raise ImpossibleDecision([])
    _refuse_over_allowance(order, wanted)
    for line in order.lines:
        line.given_up = line.copies - wanted[line.publication.code]
    order.accepted_at = at
    reservations.reserve(order, at=at)
    accepted_postage.accept(order, accepted_postage.accepted(order), read_tariff())
    notify(order, "order_accepted", at=at, granted_fewer=wanted != asked)
    journal.record("accepted", f"order {reference}", at=at, by=by, before={"copies": asked}, after={"copies": wanted})
    return order


def _refuse_over_allowance(order: Order, wanted: Mapping[str, int]) -> None:
    publications = {line.publication.code: line.publication for line in order.lines}
    orderer = Orderer.of_order(order)
    had = allowances.already(orderer, order.edition_id, besides=order, only_accepted=True)
    granted = {code: copies for code, copies in wanted.items() if copies}
    if over := allowances.excesses(order.audience, granted, had, publications):
        raise OverAllowance(over)


def reject(reference: str, reason: str, *, at: datetime, by: Actor) -> Order:
    """Refuse a pending order. The coordinator's reason goes into the mail; the journal does not repeat it."""
    order = _lock_pending(reference)
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON or any(is_control(each) for each in said if each not in "\r\n"):
        raise ExplanationMissing
    order.rejected_at = at
    order.decision_reason = said
    for line in order.lines:
        line.given_up = line.copies
    order.update_status()
    if order.gathering_on is not None:
        proposing.withdraw_gathering(order.id, at=at, by=by)
    notify(order, "order_rejected", at=at, reason=said)
    journal.record("rejected", f"order {reference}", at=at, by=by)
    return order


def _lock_pending(reference: str) -> Order:
    (order,) = lock_orders([reference])
    if order.status is not OrderStatus.PENDING:
        raise AlreadyDecided(order)
    return order

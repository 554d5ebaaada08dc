"""What the office decides of an afternoon: what is pending, who fetched, who changed their mind, what spoilt."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from orders.database import db
from orders.demo import names
from orders.demo.demand_plan import Day
from orders.demo.setup import A_DAY, BY, DOOR
from orders.ordering.allocation import reservations
from orders.ordering.followup import letter_counts, postage_invoicing, returned_orders
from orders.ordering.lifecycle import approval, cancellation, fulfilment
from orders.ordering.models import Delivery, Order, OrderStatus, WhenShort
from orders.stock import ledger
from orders.stock.models import Place, Reason

NOT_OVER = (OrderStatus.PENDING, OrderStatus.WAITING, OrderStatus.READY, OrderStatus.RETURNED)
MAY_BE_CALLED_OFF = (OrderStatus.READY, OrderStatus.WAITING)
DECIDED_AFTER = timedelta(days=2)
REFUSED, GIVEN_FEWER = 0.12, 0.15
CALLED_OFF = 0.02
FETCHED_AFTER, FETCHED = timedelta(days=1), 0.35
SPOILT = 0.08  # chance that copies leave the shelf on a day, for a reason of `SPOILT_FOR`
SPOILT_FOR = (Reason.DAMAGED, Reason.EVENT, Reason.GIFT)
TOLD, COUNTED = 0.35, 0.4


def open_orders(day: Day) -> Sequence[Order]:
    """The made-up orders of the day's edition of which something may still become, the oldest first."""
    here = (Order.door == DOOR) & (Order.edition_id == day.scene.edition.id)
    return db.session.scalars(select(Order).where(here, Order.status.in_(NOT_OVER)).order_by(Order.id)).all()


def decide(day: Day, orders: Sequence[Order], pick: random.Random, *, at: datetime, is_last: bool) -> None:
    """Everything except posting. On the last day of a past season nothing stays undecided or uncollected."""
    for order in orders:
        if order.status is OrderStatus.PENDING:
            if is_last or order.placed_at < at - DECIDED_AFTER:
                _decide_pending(order, pick, at=at)
        elif order.status is OrderStatus.READY and order.delivery is Delivery.PICKUP:
            if is_last or (order.placed_at < at - FETCHED_AFTER and pick.random() < FETCHED):
                fulfilment.hand_over(order.reference, at=at, by=BY)
        elif order.status in MAY_BE_CALLED_OFF and order.placed_at > at - A_DAY and pick.random() < CALLED_OFF:
            cancellation.cancel(order.reference, at=at, by=BY)
    _spoil(day, pick, at=at)


def _decide_pending(order: Order, pick: random.Random, *, at: datetime) -> None:
    chance = pick.random()
    if chance < REFUSED or _gets_nothing(order):
        approval.reject(order.reference, pick.choice(names.REFUSALS), at=at, by=BY)
        return
    share = 2 if chance < REFUSED + GIVEN_FEWER else 1
    copies = {line.publication.code: -(-line.copies // share) for line in order.lines}
    approval.accept(order.reference, at=at, by=BY, copies=copies)


def _gets_nothing(order: Order) -> bool:
    """Whether an order wants only what is there, and nothing is."""
    free = reservations.free_copies([line.publication_id for line in order.lines])
    return order.when_short is WhenShort.FEWER and not any(free.values())


def _spoil(day: Day, pick: random.Random, *, at: datetime) -> None:
    for publication in day.scene.edition.publications:
        copies = pick.randrange(2, 12)
        if pick.random() < SPOILT and ledger.copies_at(publication.id, Place.SHELF) > copies * 10:
            ledger.correct(publication, -copies, reason=pick.choice(SPOILT_FOR), at=at, by=BY)


def settle_season(day: Day, pick: random.Random, *, at: datetime) -> None:
    """Postage is invoiced; some orderers say how many letters they wrote, the office counts what came back;
    what never came is settled."""
    here = (Order.door == DOOR) & (Order.edition_id == day.scene.edition.id)
    orders = db.session.scalars(select(Order).where(here, Order.status == OrderStatus.SENT).order_by(Order.id)).all()
    if due := [order.reference for order in orders if order.postage_due]:
        postage_invoicing.mark(due, invoiced=True, at=at, by=BY)
    for order in orders:
        if order.reported_missing_at is not None:
            returned_orders.close_report(order.reference, at=at, by=BY)
        sent = sum(line.sent for line in order.lines)
        if sent and pick.random() < TOLD:
            letter_counts.report_letters(order.reference, _letters(sent, pick), at=at, by=BY)
        if sent and pick.random() < COUNTED:
            letter_counts.count_letters(order.reference, _letters(sent, pick), at=at, by=BY)


def _letters(copies: int, pick: random.Random) -> int:
    """How many letters an order's copies lead to: several people read one copy, and not everybody writes."""
    return max(1, round(copies * pick.uniform(0.5, 6)))

"""Telling those who wait, once, that the day which a mail named for their copies no longer holds.

The printer is late, or names another day, or prints less; whatever the reason, the day is looked at every morning. A
print run that did not come has one working day to be noted: often it has come, or the printer has named the new day.
"""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select

from orders.catalogue.models import Edition
from orders.clock import local_day
from orders.daily_jobs import Chore
from orders.database import db
from orders.ordering.allocation.estimates import promised_on
from orders.ordering.models import Order, OrderLine
from orders.ordering.notifications import notify
from orders.ordering.repository import lock_orders
from orders.workdays import days_after

MAIL = "order_delayed"
DAYS_TO_NOTE = 1  # working days in which a print run that has come is noted


def look(*, at: datetime) -> Iterator[str]:
    """The references of the orders whose orderers must be told."""
    for order in db.session.scalars(
        select(Order)
        .where(Order.queues, Order.email != "")
        .where(Order.lines.any(OrderLine.waits & OrderLine.announced_on.is_not(None)))
        .where(Order.edition.has(Edition.archived_at.is_(None)))
        .order_by(Order.id)
    ).all():
        if days_that_changed(order, local_day(at)):
            yield order.reference


def tell_once(reference: str, *, at: datetime) -> None:
    """Tell an orderer which of the days that were announced have changed, as it is now."""
    order = lock_orders([reference])[0]
    if changed := days_that_changed(order, local_day(at)):
        announced = {line.publication_id: line.announced_on for line in changed if line.announced_on}
        for line in changed:
            line.delay_told = True
        notify(order, MAIL, at=at, lines=changed, announced_on=announced)


def days_that_changed(order: Order, today: date) -> list[OrderLine]:
    """The lines that wait for another day than their orderer was told last, or for one that nobody knows now."""
    expected = promised_on(order, today) if order.email else {}
    return [
        line
        for line in order.lines
        if order.queues
        and line.waiting
        and line.publication.archived_at is None
        and _has_changed(line, expected, today)
    ]


def _has_changed(line: OrderLine, expected: dict[int, date], today: date) -> bool:
    announced, now_expected = line.announced_on, expected.get(line.publication_id)
    if announced is None or announced < today <= days_after(announced, DAYS_TO_NOTE):
        return False
    if now_expected is None:
        return not line.delay_told
    return line.delay_told or now_expected != announced


CHORE = Chore("announced days", look, tell_once)

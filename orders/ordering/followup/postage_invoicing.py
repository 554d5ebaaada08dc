"""Postage to invoice: the orders of a period whose parcels the orderer pays for, and which of them were invoiced."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select

from orders.clock import BRUSSELS
from orders.database import db
from orders.ordering.models import Order, OrderStatus
from orders.ordering.retrieval import lock_orders
from orders.staff import journal
from orders.staff.journal import Actor

CALLED_OFF = (OrderStatus.PENDING, OrderStatus.REJECTED, OrderStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class Period:
    """Days on which orders were placed, both included, either open; `invoiced`: only those that were, or were not."""

    since: date | None = None
    until: date | None = None
    invoiced: bool | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = [Order.postage_due.is_(True), Order.status.not_in(CALLED_OFF)]
        if self.since:
            found.append(Order.placed_at >= _midnight(self.since))
        if self.until:
            found.append(Order.placed_at < _midnight(self.until + timedelta(days=1)))
        if self.invoiced is not None:
            found.append(Order.invoiced_at.is_not(None) if self.invoiced else Order.invoiced_at.is_(None))
        return found


@dataclass(frozen=True, slots=True)
class Total:
    """How many orders, what their known postage comes to, and of how many it is not known."""

    orders: int
    cents: int
    unpriced: int


def find(period: Period, limit: int | None = None) -> Sequence[Order]:
    """The orders of a period, the oldest first."""
    return db.session.scalars(
        select(Order).where(*period.conditions()).order_by(Order.placed_at, Order.id).limit(limit)
    ).all()


def total(period: Period) -> Total:
    orders, cents, priced = db.session.execute(
        select(func.count(Order.id), func.sum(Order.postage_cents), func.count(Order.postage_cents)).where(
            *period.conditions()
        )
    ).one()
    return Total(orders, int(cents or 0), orders - priced)


def mark(references: Collection[str], *, invoiced: bool, at: datetime, by: Actor) -> int:
    """Note that the postage of these orders was invoiced, or that it was not after all. Returns how many changed."""
    changed = [
        order
        for order in lock_orders(references)
        if order.postage_due and order.status not in CALLED_OFF and (order.invoiced_at is not None) != invoiced
    ]
    for order in changed:
        order.invoiced_at = at if invoiced else None
        journal.record("invoiced" if invoiced else "not invoiced", f"order {order.reference}", at=at, by=by)
    return len(changed)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BRUSSELS)

"""Copies move for an order: taken from the shelf, given back to it, or sent."""

from datetime import datetime

from sqlalchemy import Select, exists, func, select

from orders.database import db
from orders.ordering.models import Order, OrderLine, WhenShort
from orders.stock import ledger
from orders.stock.models import OutOfStock, Place, Reason, Shortage


def reserve(order: Order, *, at: datetime) -> None:
    """Take from the shelf all that an accepted order may have now; the rest waits, or is given up for `fewer`.

    While an older accepted order waits for a publication, a newer one gets nothing of it. Expects the gate of
    `ledger.lock_stock` to be held. Refuses with all shortages when `fewer` would leave nothing at all.
    """
    order.settle()
    db.session.flush()
    shortages = take_from_shelf(order, at=at)
    if order.when_short is WhenShort.FEWER:
        if not any(line.reserved for line in order.lines):
            raise OutOfStock(shortages)
        for line in order.lines:
            line.given_up += line.waiting
    order.settle()
    db.session.flush()


def take_from_shelf(order: Order, *, at: datetime) -> list[Shortage]:
    """Reserve what an order waits for and may have now; what it lacks goes on waiting and is returned.

    An order that does not queue (`Order.queues`) gets nothing. Expects the gate of `ledger.lock_stock` to be held.
    """
    shortages = []
    for line in order.lines if order.queues else ():
        available = 0 if _is_behind(order, line) else ledger.copies_at(line.publication_id, Place.SHELF)
        copies = min(line.waiting, available)
        if copies < line.waiting:
            shortages.append(Shortage(line.publication.code, line.waiting, available))
        if copies:
            move_line(line, copies, Place.SHELF, Place.RESERVED, reason=Reason.ORDERED, at=at)
            line.reserved += copies
    order.settle()
    db.session.flush()
    return shortages


def move_line(
    line: OrderLine,
    copies: int,
    origin: Place,
    destination: Place,
    *,
    reason: Reason,
    at: datetime,
    by: int | None = None,
) -> None:
    """Move copies of a line's publication in its order's name; the line itself is the caller's to change."""
    ledger.move(line.publication_id, copies, origin, destination, reason=reason, at=at, order_id=line.order_id, by=by)


def _is_behind(order: Order, line: OrderLine) -> bool:
    """Whether an older accepted order still waits for this line's publication."""
    return bool(db.session.scalar(select(exists(_older_that_wait(order, line)))))


def orders_ahead(line: OrderLine) -> int:
    """How many older accepted orders wait for this line's publication: they are served first."""
    return db.session.scalar(select(func.count()).select_from(_older_that_wait(line.order, line).subquery())) or 0


def _older_that_wait(order: Order, line: OrderLine) -> Select[int]:
    return (
        select(OrderLine.id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.publication_id == line.publication_id, OrderLine.waiting > 0)
        .where(Order.id != order.id, Order.queues)
        .where((Order.placed_at < order.placed_at) | ((Order.placed_at == order.placed_at) & (Order.id < order.id)))
    )

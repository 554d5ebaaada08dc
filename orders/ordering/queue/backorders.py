"""The waiting list: copies that reach the shelf go to the oldest orders that wait for them, at once.

However copies arrive (a delivery, a correction, a cancelled order), the ledger sends `copies_arrived` and `fill` runs
in the same transaction. No other code has to serve the queue.
"""

from datetime import datetime

from sqlalchemy import select, union_all
from sqlalchemy.orm import contains_eager

from orders.database import db
from orders.ordering.allocation.reservations import move_line
from orders.ordering.models import Delivery, Order, OrderLine, OrderStatus
from orders.ordering.notifications import notify
from orders.stock import ledger
from orders.stock.models import Place, Reason

BATCH = 200


def fill(_sender: object, *, publication_id: int, at: datetime) -> None:
    """Reserve what lies on the shelf for the orders that wait for it, oldest first, each as much as there is."""
    while (shelf := ledger.copies_at(publication_id, Place.SHELF)) > 0:
        turns = _oldest_waiting(publication_id, limit=min(shelf, BATCH))
        for line, since in turns:
            copies = min(line.waiting_since(since), shelf)
            if copies == 0:
                return
            _serve(line, copies, at=at)
            shelf -= copies
        db.session.flush()
        if not turns:
            return


def _serve(line: OrderLine, copies: int, *, at: datetime) -> None:
    """Reserve copies for a line that waited; its orderer is told when that makes the order ready."""
    waited = line.order.status is OrderStatus.WAITING
    move_line(line, copies, Place.SHELF, Place.RESERVED, reason=Reason.ORDERED, at=at)
    line.reserved += copies
    line.order.update_status()
    if waited and line.order.status is OrderStatus.READY:
        is_fetched = line.order.delivery is Delivery.PICKUP
        notify(line.order, "order_to_fetch" if is_fetched else "order_arrived", at=at)


def _oldest_waiting(publication_id: int, *, limit: int) -> list[tuple[OrderLine, datetime]]:
    """Who waits for a publication and since when, the oldest first, their orders locked.

    A line stands there twice where copies were added to it later. Whoever locks more than one order holds the gate
    of `ledger.lock_stock`, so this never waits in a circle.
    """
    waits = (OrderLine.publication_id == publication_id) & OrderLine.waits & Order.queues
    line_id, order_id = OrderLine.id.label("line_id"), Order.id.label("order_id")
    first = select(line_id, order_id, Order.placed_at.label("since")).join(OrderLine.order).where(waits)
    later = select(line_id, order_id, OrderLine.later_since.label("since")).join(OrderLine.order).where(waits)
    queue = union_all(first.where(OrderLine.waiting > OrderLine.later), later.where(OrderLine.later > 0)).subquery()
    turns = db.session.execute(
        select(queue.c.line_id, queue.c.since).order_by(queue.c.since, queue.c.order_id).limit(limit)
    ).all()
    lines = db.session.scalars(
        select(OrderLine)
        .join(OrderLine.order)
        .options(contains_eager(OrderLine.order))
        .where(OrderLine.id.in_({line for line, _ in turns}))
        .order_by(Order.id)
        .with_for_update(of=[OrderLine, Order])
        .execution_options(populate_existing=True)
    )
    by_id = {line.id: line for line in lines}
    return [(by_id[line], since) for line, since in turns]


def listen() -> None:
    """Connect `fill` to the ledger's signal. Called once, when the application is made."""
    ledger.copies_arrived.connect(fill)

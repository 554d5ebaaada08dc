"""Cancelling an order that has not gone: what it held returns to the shelf."""

from datetime import datetime

from orders.database import db
from orders.events import proposing
from orders.ordering.allocation.reservations import move_line
from orders.ordering.models import Order, OrderStatus
from orders.ordering.notifications import notify
from orders.ordering.refusals import AlreadyDispatched, AlreadyEnded
from orders.ordering.repository import lock_orders
from orders.staff import journal
from orders.staff.journal import Actor
from orders.stock.models import Place, Reason

CANCELLABLE = (OrderStatus.PENDING, OrderStatus.WAITING, OrderStatus.READY, OrderStatus.RETURNED)


def cancel(reference: str, *, at: datetime, by: Actor) -> Order:
    """End an order that has not gone: what it held returns to the shelf, and so to the queue."""
    (order,) = lock_orders([reference])
    if order.status in (OrderStatus.DISPATCHING, OrderStatus.SENT):
        raise AlreadyDispatched(reference)
    if order.status in (OrderStatus.CANCELLED, OrderStatus.REJECTED):
        raise AlreadyEnded(reference)
    order.cancelled_at = at
    for line in order.lines:
        line.given_up += line.waiting + line.reserved
    give_back(order, at=at, by=by)
    if order.gathering_on is not None:
        proposing.withdraw_gathering(order.id, at=at, by=by)
    notify(order, "order_cancelled", at=at)
    journal.record("cancelled", f"order {reference}", at=at, by=by)
    return order


def give_back(order: Order, *, at: datetime, by: Actor) -> None:
    """Put all that an order holds back onto the shelf, and so into the queue. Expects the gate to be held."""
    held = [(line, line.reserved) for line in order.lines if line.reserved]
    for line in order.lines:
        line.reserved = 0
    order.update_status()
    db.session.flush()
    for line, copies in held:
        move_line(line, copies, Place.RESERVED, Place.SHELF, reason=Reason.RELEASED, at=at, by=by.staff_id)


def may_be_cancelled(order: Order) -> bool:
    """Whether nothing of the order is being packed or is on its way, and it has not ended."""
    return order.status in CANCELLABLE

"""Copies leave the office: an order enters a dispatch and leaves it, is sent, or is handed over."""

from collections.abc import Mapping
from datetime import datetime

from orders.ordering.allocation.reservations import move_lines
from orders.ordering.models import Delivery, Order, OrderStatus
from orders.ordering.refusals import NothingToHandOver
from orders.ordering.repository import lock_orders
from orders.staff import journal
from orders.staff.journal import Actor
from orders.stock.models import Place, Reason


def hand_over(reference: str, *, at: datetime, by: Actor) -> Order:
    """Hand over the reserved copies of a pickup order: they count as sent, the rest goes on waiting."""
    (order,) = lock_orders([reference])
    if order.delivery is not Delivery.PICKUP or order.status is not OrderStatus.READY:
        raise NothingToHandOver(reference)
    send({order: {line.publication_id: line.reserved for line in order.lines}}, at=at, by=by)
    journal.record("handed over", f"order {reference}", at=at, by=by)
    return order


def enter_dispatch(order: Order, dispatch_id: int) -> None:
    """The order is being packed; its copies stay reserved for it."""
    order.dispatch_id = dispatch_id
    order.update_status()


def leave_dispatch(order: Order) -> None:
    """The order is no longer being packed: it is ready again if nothing was sent."""
    order.dispatch_id = None
    order.update_status()


def send(copies: Mapping[Order, Mapping[int, int]], *, at: datetime, by: Actor) -> None:
    """Send these copies, by publication id, of each order. Copies reserved since then stay reserved."""
    gone = [
        (line, sent)
        for order, of_order in copies.items()
        for line in order.lines
        if (sent := of_order.get(line.publication_id, 0))
    ]
    for line, sent in gone:
        line.reserved -= sent
        line.sent += sent
    move_lines(gone, Place.RESERVED, Place.SENT, reason=Reason.POSTED, at=at, by=by.staff_id)
    for order in copies:
        leave_dispatch(order)

"""Copies leave the office: an order enters a dispatch and leaves it, is sent, or is handed over."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from orders.ordering.allocation.reservations import move_lines
from orders.ordering.models import Delivery, Order, OrderStatus
from orders.ordering.refusals import NothingToHandOver
from orders.ordering.repository import lock_orders
from orders.rows import bulk_rows
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


def enter_dispatch(orders: Sequence[Order], dispatch_id: int) -> None:
    """The orders are being packed; their copies stay reserved for them."""
    _set_dispatch(orders, dispatch_id)


def leave_dispatch(orders: Sequence[Order]) -> None:
    """The orders are no longer being packed: each is ready again if nothing of it was sent."""
    _set_dispatch(orders, None)


def _set_dispatch(orders: Sequence[Order], dispatch_id: int | None) -> None:
    for order in orders:
        bulk_rows.assign(order, dispatch_id=dispatch_id)
        bulk_rows.assign(order, status=order.derived_status(), is_served=any(line.sent for line in order.lines))
    bulk_rows.change(orders, "dispatch_id", "status", "is_served")


def send(copies: Mapping[Order, Mapping[int, int]], *, at: datetime, by: Actor) -> None:
    """Send these copies, by publication id, of each order. Copies reserved since then stay reserved."""
    gone = [
        (line, sent)
        for order, of_order in copies.items()
        for line in order.lines
        if (sent := of_order.get(line.publication_id, 0))
    ]
    for line, sent in gone:
        bulk_rows.assign(line, reserved=line.reserved - sent, sent=line.sent + sent)
    bulk_rows.change([line for line, _ in gone], "reserved", "sent")
    move_lines(gone, Place.RESERVED, Place.SENT, reason=Reason.POSTED, at=at, by=by.staff_id)
    leave_dispatch(list(copies))

"""Pickup orders: which are ready and since when, and which still wait for copies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, select

from orders.clock import local_day
from orders.database import db
from orders.ordering.lookup.order_pages import AS_IT_SHOULD_GO
from orders.ordering.models import Delivery, Order, OrderStatus
from orders.stock.models import Movement, Reason

PATIENCE = timedelta(days=14)  # then somebody asks whether the copies will still be fetched


@dataclass(frozen=True, slots=True)
class Pickup:
    """An order that lies ready, since the moment when the last of its copies was set aside."""

    order: Order
    ready_since: datetime

    def days_ready(self, today: date) -> int:
        return (today - local_day(self.ready_since)).days

    def is_left(self, today: date) -> bool:
        """Whether it has lain here so long that somebody should ask."""
        return self.days_ready(today) > PATIENCE.days


def ready() -> list[Pickup]:
    """What can be fetched: first what is needed soonest, then the oldest."""
    orders = db.session.scalars(_pickups(OrderStatus.READY)).all()
    moments = _set_aside([order.id for order in orders])
    return [Pickup(order, moments.get(order.id, order.placed_at)) for order in orders]


def expected() -> Sequence[Order]:
    """What will be fetched once there are copies, in the order in which it is served."""
    return db.session.scalars(_pickups(OrderStatus.WAITING)).all()


def _pickups(status: OrderStatus) -> Select[Order]:
    return (
        select(Order)
        .where(Order.status == status, Order.delivery == Delivery.PICKUP, Order.restricted_at.is_(None))
        .order_by(*AS_IT_SHOULD_GO)
    )


def _set_aside(order_ids: Sequence[int]) -> dict[int, datetime]:
    """When copies were last set aside for each order."""
    rows = db.session.execute(
        select(Movement.order_id, func.max(Movement.at))
        .where(Movement.order_id.in_(order_ids), Movement.reason == Reason.ORDERED)
        .group_by(Movement.order_id)
    )
    return {order_id: at for order_id, at in rows if order_id is not None and at is not None}

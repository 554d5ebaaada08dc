"""Pickup orders: which are ready and since when, and which still wait for copies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from orders.clock import local_day
from orders.database import db
from orders.ordering.lookup import search
from orders.ordering.lookup.filters import READY_FOR_PICKUP, Filter
from orders.ordering.lookup.matching_orders import Found, matching
from orders.ordering.lookup.order_pages import BY_NEED, PER_PAGE, walk
from orders.ordering.models import Delivery, Order, OrderStatus
from orders.stock.models import Movement, Reason

EXPECTED = Filter(status=OrderStatus.WAITING, delivery=Delivery.PICKUP)
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


def ready(page: int = 1, found: Found | None = None, after: str = "") -> list[Pickup]:
    """A page of what can be fetched: first what is needed soonest, then the oldest. `after`: see `search.find`."""
    orders = search.find(READY_FOR_PICKUP, page, found=found, after=after)
    moments = _set_aside([order.id for order in orders])
    return [Pickup(order, moments.get(order.id, order.placed_at)) for order in orders]


def all_ready() -> Sequence[Order]:
    """All that can be fetched, in the same sequence."""
    return walk(matching(READY_FOR_PICKUP), BY_NEED, None)


def expected() -> Sequence[Order]:
    """The first that will be fetched once there are copies, in the order in which they should go."""
    return walk(matching(EXPECTED), BY_NEED, PER_PAGE)


def _set_aside(order_ids: Sequence[int]) -> dict[int, datetime]:
    """When copies were last set aside for each order."""
    rows = db.session.execute(
        select(Movement.order_id, func.max(Movement.at))
        .where(Movement.order_id.in_(order_ids), Movement.reason == Reason.ORDERED)
        .group_by(Movement.order_id)
    )
    return {order_id: at for order_id, at in rows if order_id is not None and at is not None}

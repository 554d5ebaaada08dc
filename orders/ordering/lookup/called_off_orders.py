"""Which of some orders were called off."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from orders.database import db
from orders.ordering.models import Order
from orders.ordering.review.earlier_orders import CALLED_OFF
from orders.rows.bulk_rows import among


def called_off(order_ids: Iterable[int]) -> dict[int, Order]:
    """Of these orders those that were cancelled or rejected, by id."""
    wanted = select(Order).where(among(Order.id, list(order_ids)), Order.status.in_(CALLED_OFF))
    return {order.id: order for order in db.session.scalars(wanted.options(lazyload(Order.lines)))}

"""How many orders there are, from the numbers that are kept of them."""

from collections import Counter

from sqlalchemy import func, select

from orders.catalogue.models import Edition
from orders.counts.tables import order_count
from orders.database import db
from orders.ordering.models import Delivery, OrderStatus


def orders_by_status(edition: Edition | None = None) -> dict[OrderStatus, int]:
    """How many orders of an edition, or of all, are in each state; 0 included."""
    counts = dict.fromkeys(OrderStatus, 0)
    for (status, _), orders in orders_by_kind(edition=edition).items():
        counts[status] += orders
    return counts


def orders_by_kind(*, edition: Edition | None = None, audience: str = "") -> Counter[tuple[OrderStatus, Delivery]]:
    """How many orders are in each state and to be delivered in each way."""
    kind = (order_count.c.status, order_count.c.delivery)
    query = select(*kind, func.sum(order_count.c.orders)).group_by(*kind)
    if edition is not None:
        query = query.where(order_count.c.edition_id == edition.id)
    if audience:
        query = query.where(order_count.c.audience == audience)
    rows = db.session.execute(query)
    return Counter({(OrderStatus(status), Delivery(delivery)): int(n) for status, delivery, n in rows if n})


def orders_by_audience() -> Counter[str]:
    """How many orders each audience ever placed, by its code; those without orders count 0."""
    orders = func.sum(order_count.c.orders)
    rows = db.session.execute(select(order_count.c.audience, orders).group_by(order_count.c.audience))
    return Counter({audience: int(number) for audience, number in rows if number})

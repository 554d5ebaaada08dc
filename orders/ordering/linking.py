"""The link of an order's page, made anew when somebody has it who should not."""

import secrets
from datetime import datetime

from orders.ordering.models import Order
from orders.ordering.notifications import tell
from orders.ordering.retrieval import lock_orders
from orders.staff import journal
from orders.staff.journal import Actor


def renew_link(reference: str, *, at: datetime, by: Actor) -> Order:
    """From now on the old link opens nothing; the new one is mailed to the orderer."""
    (order,) = lock_orders([reference])
    order.link_nonce = secrets.token_urlsafe(12)
    tell(order, "order_link_changed", at=at)
    journal.record("link renewed", f"order {reference}", at=at, by=by)
    return order

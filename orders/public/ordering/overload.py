"""Overload: when more orders arrive than people could send, the site asks to wait, and coordinators are told."""

from flask import current_app

from orders.clock import now
from orders.database import transact
from orders.ordering.lookup import order_rate


def is_full() -> bool:
    """Whether the site has taken as many orders as it takes in ten minutes."""
    return _counts() and order_rate.orders_lately(at=now()) >= current_app.config["MOST_ORDERS"]


def watch() -> None:
    """Notify coordinators when unusually many orders came lately."""
    unusual = min(current_app.config["UNUSUAL_ORDERS"], current_app.config["MOST_ORDERS"])
    if _counts() and order_rate.is_surge(unusual=unusual, at=now()):
        transact(order_rate.notify_coordinators, unusual=unusual, most=current_app.config["MOST_ORDERS"], at=now())


def _counts() -> bool:
    return bool(current_app.config["RATELIMIT_ENABLED"])

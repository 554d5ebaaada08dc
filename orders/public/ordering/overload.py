"""Overload: when more orders arrive than people could send, the site asks to wait, and coordinators are told."""

from datetime import datetime

from flask import current_app

from orders import idempotency
from orders.database import transact
from orders.ordering.lookup import order_rate


class TooManyOrders(Exception):
    """The site has taken as many orders as it takes in ten minutes."""


def refuse_too_many(submission: str | None, *, at: datetime) -> int:
    """How many orders came lately. Refuses with `TooManyOrders`, but not a form that has made its order already."""
    if not _counts():
        return 0
    lately = order_rate.orders_lately(at=at)
    if lately >= current_app.config["MOST_ORDERS"] and not idempotency.is_known(submission):
        raise TooManyOrders
    return lately


def watch(lately: int, *, at: datetime) -> None:
    """Notify coordinators when unusually many orders came `lately`."""
    most = current_app.config["MOST_ORDERS"]
    unusual = min(current_app.config["UNUSUAL_ORDERS"], most)
    if _counts() and lately >= unusual and order_rate.is_surge(unusual=unusual, at=at):
        transact(order_rate.notify_coordinators, unusual=unusual, most=most, at=at)


def _counts() -> bool:
    return bool(current_app.config["RATELIMIT_ENABLED"])

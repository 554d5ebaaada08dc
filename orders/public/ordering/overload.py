"""Overload: when more orders arrive than people could send, the site asks to wait, and coordinators are told."""

from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from flask import current_app

from orders import idempotency
from orders.database import transact
from orders.ordering.lookup import order_rate

_EXTENSION = "orders_lately"


@dataclass(slots=True)
class _Kept:
    counted_at: float
    orders: int


class TooManyOrders(Exception):
    """The site has taken as many orders as it takes in ten minutes."""


def refuse_too_many(submission: str | None, *, at: datetime) -> int:
    """How many orders came lately. Refuses with `TooManyOrders`, but not a form that has made its order already."""
    if not _counts():
        return 0
    lately = _orders_lately(at)
    if lately >= current_app.config["MOST_ORDERS"] and not idempotency.is_known(submission):
        raise TooManyOrders
    return lately


def watch(lately: int, *, at: datetime) -> None:
    """Notify coordinators when unusually many orders came `lately`."""
    most = current_app.config["MOST_ORDERS"]
    unusual = min(current_app.config["UNUSUAL_ORDERS"], most)
    if _counts() and lately >= unusual and order_rate.is_surge(unusual=unusual, at=at):
        transact(order_rate.notify_coordinators, unusual=unusual, most=most, at=at)


def _orders_lately(at: datetime) -> int:
    """As many as there were at most `FORM_KEPT_SECONDS` ago, and those that were sent to this process since: when
    orders come fast, not each of them counts all the others."""
    kept: _Kept | None = current_app.extensions.get(_EXTENSION)
    if kept is None or monotonic() - kept.counted_at >= current_app.config["FORM_KEPT_SECONDS"]:
        kept = current_app.extensions[_EXTENSION] = _Kept(monotonic(), order_rate.orders_lately(at=at))
    kept.orders += 1
    return kept.orders - 1


def _counts() -> bool:
    return bool(current_app.config["RATELIMIT_ENABLED"])

"""Finding orders: what a filter finds, to be listed, counted or acted on."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select, tuple_

from orders.database import db
from orders.ordering.lookup.filters import Filter
from orders.ordering.lookup.matching_orders import Found, is_counted, matching
from orders.ordering.lookup.matching_orders import count as count_up_to_a_limit
from orders.ordering.lookup.order_pages import BY_NEED, read_page, walk
from orders.ordering.models import Order, OrderLine, OrderStatus


def find(wanted: Filter, page: int = 1, *, found: Found | None = None, after: str = "") -> Sequence[Order]:
    """One page of the orders that match; pages count from 1.

    The newest first; but what is ready, or asked for by the day it is needed on, in the order in which it should go.
    `after`: the reference of the last order on the page before.
    """
    last = db.session.scalar(select(Order).where(Order.reference == after)) if after else None
    return read_page(wanted, found or count_up_to_a_limit(wanted), page, last)


def count(wanted: Filter) -> int:
    """How many orders match, however many they are."""
    if is_counted(wanted):
        return count_up_to_a_limit(wanted).total
    return db.session.scalar(select(func.count()).select_from(matching(wanted, few=True).subquery())) or 0


def chosen(references: Collection[str]) -> Sequence[Order]:
    """The orders with these references, the oldest first."""
    return db.session.scalars(
        select(Order).where(Order.reference.in_(references)).order_by(Order.placed_at, Order.id)
    ).all()


def copies_held(wanted: Filter) -> int:
    """Copies that are set aside for the orders that match."""
    found = matching(wanted).with_only_columns(Order.id)
    return db.session.scalar(select(func.sum(OrderLine.reserved)).where(OrderLine.order_id.in_(found))) or 0


def references(wanted: Filter, limit: int | None = None) -> Sequence[str]:
    """The references of the orders that match: first those needed soonest, then the oldest."""
    return walk(matching(wanted).with_only_columns(Order.reference), BY_NEED, limit)


def next_to_decide(after: Order | None = None) -> Order | None:
    """The oldest pending order, or the next one behind that `after` which somebody leaves for later."""
    pending = select(Order).where(Order.status == OrderStatus.PENDING, Order.restricted_at.is_(None))
    if after is not None:
        pending = pending.where(tuple_(Order.placed_at, Order.id) > tuple_(after.placed_at, after.id))
    return db.session.scalar(pending.order_by(Order.placed_at, Order.id).limit(1))

"""One order by its reference or its link, and several of them locked."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from orders.database import db
from orders.mail import signed_links
from orders.ordering.models import Order
from orders.ordering.refusals import OrderErased, OrderRestricted, UnknownOrder
from orders.stock import ledger


def get_order(reference: str) -> Order:
    order = db.session.scalar(select(Order).where(Order.reference == reference))
    if order is None:
        raise UnknownOrder(reference)
    return order


def get_order_by_link(token: str) -> Order:
    """The order whose page this link opens. Raises `UnknownOrder` for a wrong, changed or revoked link alike, and for
    an order that is erased."""
    read = signed_links.read_token(token)
    if read is None:
        raise UnknownOrder
    order = db.session.scalar(select(Order).where(Order.reference == read[0], Order.link_nonce == read[1]))
    if order is None or order.erased_at is not None:
        raise UnknownOrder
    return order


def lock_orders(references: Collection[str]) -> Sequence[Order]:
    """The orders with these references, locked by id behind the gate of their editions, and read afresh.

    Refuses with `OrderErased` and `OrderRestricted`: no rule changes such orders.
    """
    wanted = select(Order).where(Order.reference.in_(references))
    editions = db.session.scalars(select(Order.edition_id).where(Order.reference.in_(references)).distinct()).all()
    ledger.lock_stock(editions)
    orders = db.session.scalars(
        wanted.order_by(Order.id).with_for_update(of=Order).execution_options(populate_existing=True)
    ).all()
    if missing := set(references) - {order.reference for order in orders}:
        raise UnknownOrder(min(missing))
    for order in orders:
        if order.erased_at is not None:
            raise OrderErased(order.reference)
        if order.restricted_at is not None:
            raise OrderRestricted(order.reference)
    return orders

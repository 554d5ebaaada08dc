"""One order by its reference or its link, and several of them locked."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, lazyload
from sqlalchemy.orm.attributes import set_committed_value

from orders.catalogue.models import Publication
from orders.database import db
from orders.mail import signed_links
from orders.ordering.models import Order, OrderLine
from orders.ordering.refusals import OrderErased, OrderRestricted, UnknownOrder
from orders.rows.bulk_rows import among
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
    orders = _lock(among(Order.reference, references))
    if missing := set(references) - {order.reference for order in orders}:
        raise UnknownOrder(min(missing))
    return orders


def lock_orders_in(dispatch_id: int) -> Sequence[Order]:
    """The same for the orders in a dispatch."""
    return _lock(Order.dispatch_id == dispatch_id)


def _lock(condition: ColumnElement[bool]) -> Sequence[Order]:
    ledger.lock_stock_of(select(Order.edition_id).where(condition))
    wanted = select(Order).where(condition).order_by(Order.id).options(lazyload(Order.lines))
    orders = db.session.scalars(wanted.with_for_update(of=Order).execution_options(populate_existing=True)).all()
    for order in orders:
        if order.erased_at is not None:
            raise OrderErased(order.reference)
        if order.restricted_at is not None:
            raise OrderRestricted(order.reference)
    _read_lines(orders)
    return orders


def _read_lines(orders: Sequence[Order]) -> None:
    """Read the lines of any number of orders afresh, by one statement."""
    wanted = select(OrderLine).where(among(OrderLine.order_id, [order.id for order in orders]))
    wanted = wanted.options(joinedload(OrderLine.publication).lazyload(Publication.allowances))
    lines = defaultdict(list)
    for line in db.session.scalars(wanted.order_by(OrderLine.publication_id).execution_options(populate_existing=True)):
        lines[line.order_id].append(line)
    for order in orders:
        set_committed_value(order, "lines", lines[order.id])

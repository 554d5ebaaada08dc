"""Finds earlier orders of the same orderer, so that staff need not type an address again."""

from collections.abc import Sequence

from sqlalchemy import select

from orders.database import db
from orders.ordering.lookup.filters import Filter
from orders.ordering.lookup.matching_orders import matching
from orders.ordering.models import Order
from orders.ordering.review.matching import email_key
from orders.ordering.search_text import fold

MOST_OFFERED = 5
LOOKED_AT = 50


def ordered_before(like: str) -> Sequence[Order]:
    """The latest order of each orderer who is found as orders are: by words, an e-mail address, a telephone number.

    Of those without an e-mail address, people of other names are other orderers.
    """
    found = matching(Filter(q=like), few=True)
    latest = found.order_by(Order.placed_at.desc(), Order.id.desc()).limit(LOOKED_AT)
    each: dict[tuple[str, str, str], Order] = {}
    for order in db.session.scalars(latest):
        each.setdefault((order.email_key or fold(order.name), order.address_key, order.organisation_key), order)
    return list(each.values())[:MOST_OFFERED]


def others_with(email: str, order: Order) -> Sequence[Order]:
    """Orders with this e-mail address by somebody of another name, the latest first."""
    if not email:
        return []
    same = select(Order).where(Order.email_key == email_key(email), Order.name != order.name, Order.id != order.id)
    return db.session.scalars(same.order_by(Order.placed_at.desc()).limit(MOST_OFFERED)).all()

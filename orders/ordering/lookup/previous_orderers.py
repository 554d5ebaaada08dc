"""Finds earlier orders of the same orderer, so that staff need not type an address again."""

from collections.abc import Sequence

from sqlalchemy import select

from orders.database import db
from orders.ordering.models import Order
from orders.ordering.review.matching import email_key
from orders.ordering.search_text import found_by

MOST_OFFERED = 5
LOOKED_AT = 50


def ordered_before(like: str) -> Sequence[Order]:
    """The latest order of each orderer with this e-mail address, or who is found by all of these words."""
    like_it = [Order.email_key == email_key(like)] if "@" in like else found_by(like)
    latest = (
        select(Order)
        .where(*like_it, Order.restricted_at.is_(None))
        .order_by(Order.placed_at.desc(), Order.id.desc())
        .limit(LOOKED_AT)
    )
    each: dict[tuple[str, str, str], Order] = {}
    for order in db.session.scalars(latest):
        each.setdefault((order.email_key, order.address_key, order.organisation_key), order)
    return list(each.values())[:MOST_OFFERED]


def others_with(email: str, order: Order) -> Sequence[Order]:
    """Orders with this e-mail address by somebody of another name, the latest first."""
    if not email:
        return []
    same = select(Order).where(Order.email_key == email_key(email), Order.name != order.name, Order.id != order.id)
    return db.session.scalars(same.order_by(Order.placed_at.desc()).limit(MOST_OFFERED)).all()

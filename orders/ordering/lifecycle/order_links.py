"""The link of an order's page: mailed again on request, and replaced when the wrong person has it."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from orders.database import db
from orders.mail import outbox, signed_links
from orders.ordering import email_confirmation
from orders.ordering.models import Order
from orders.ordering.notifications import notify
from orders.ordering.repository import lock_orders
from orders.ordering.review.matching import email_key
from orders.staff import journal
from orders.staff.journal import Actor

MOST_LINKS = 50
LINKS_AGAIN = timedelta(minutes=5)


def mail_links(email: str, *, at: datetime, language: str) -> None:
    """Send the links of all orders of an e-mail address to that address; to nobody where there are none.

    Asked again soon after, it sends nothing, so that nobody can flood an address with mails.
    """
    orders = db.session.scalars(
        select(Order)
        .where(Order.email_key == email_key(email), func.lower(Order.email) == email.lower())
        .order_by(Order.placed_at.desc())
        .limit(MOST_LINKS)
    ).all()
    if orders and not outbox.was_posted(
        orders[0].email, "order_links", since=max(at - LINKS_AGAIN, orders[0].placed_at)
    ):
        is_too_much = email_confirmation.has_enough_mail(orders[0].email, orders[0].email_key, at=at)
        facts = [_facts(order) for order in orders]
        mail = outbox.post(orders[0].email, "order_links", language=language, at=at, orders=facts)
        if is_too_much:
            outbox.hold_back(mail, at=at)


def _facts(order: Order) -> dict[str, Any]:
    page = signed_links.mailed_order_page(order.reference, order.link_nonce)
    return {"shown_reference": order.shown_reference, "placed_at": order.placed_at, "page": page}


def renew_link(reference: str, *, at: datetime, by: Actor) -> Order:
    """Revoke the link and mail a new one to the orderer."""
    (order,) = lock_orders([reference])
    order.link_nonce = secrets.token_urlsafe(12)
    notify(order, "order_link_changed", at=at)
    journal.record("link renewed", f"order {reference}", at=at, by=by)
    return order

"""Another e-mail address for an order: who has the old one neither reads on nor opens its page."""

import secrets
from datetime import datetime

from orders.mail import outbox
from orders.ordering import email_confirmation
from orders.ordering.models import Order, OrderStatus
from orders.ordering.notifications import CHANGED, notify
from orders.ordering.review.matching import email_key
from orders.ordering.search_text import searchable

# What says where an order stands, by its status; of any other, the link of its page does.
_STANDING = {
    OrderStatus.PENDING: "order_pending",
    OrderStatus.WAITING: "order_confirmed",
    OrderStatus.READY: "order_confirmed",
    OrderStatus.DISPATCHING: "order_confirmed",
}


def set_email(order: Order, email: str, *, at: datetime) -> None:
    """Write to another address from now on. What did not leave for the old one never does.

    The link of the order's page is replaced if a mail took it to the old address. If none did, the link on paper that
    is printed goes on working.
    """
    outbox.withdraw(order.id, at=at)
    if outbox.has_left(order.id, order.email):
        order.link_nonce = secrets.token_urlsafe(12)
    email_confirmation.forget(order.id)
    order.email, order.email_key = email, email_key(email)
    order.search = searchable(order.address, email)


def tell_of_change(order: Order, was_written_to: str, *, at: datetime) -> None:
    """One mail: what changed, or to a new address where the order stands."""
    if order.email == was_written_to:
        notify(order, CHANGED, at=at)
    else:
        tell_where_it_stands(order, at=at)


def tell_where_it_stands(order: Order, *, at: datetime) -> None:
    """Write anew what an orderer who has read nothing so far needs."""
    notify(order, _STANDING.get(order.status, "order_link_changed"), at=at)

"""What an orderer asks about their own data, confirmed by mail: whoever only has the link of an order is not enough.

The link in the mail is signed, names one act, and lives for a day.
"""

import enum
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from orders.database import db
from orders.mail import outbox, signed_links
from orders.ordering import email_confirmation
from orders.ordering.models import Order
from orders.ordering.refusals import UnknownOrder
from orders.ordering.repository import get_order
from orders.web import signing

MAIL = "own_data"
PURPOSE = "own-data"
LIVES = timedelta(hours=24)
ONCE_IN = timedelta(minutes=5)


class Act(enum.Enum):
    """What may be asked."""

    RECEIVE = "receive"
    CORRECT = "correct"
    RESTRICT = "restrict"
    LIFT = "lift"
    ERASE = "erase"


def ask(reference: str, act: Act, *, at: datetime) -> bool:
    """Mail the link that confirms it to the orderer. Asked again within minutes it mails nothing, and returns False."""
    order = get_order(reference)
    if outbox.was_posted(order.email, MAIL, since=at - ONCE_IN):
        return False
    page = signed_links.page("public.confirm_own_data", confirmation=token(order, act, at=at))
    is_too_much = email_confirmation.has_enough_mail(order.email, order.email_key, at=at)
    mail = outbox.post(
        order.email,
        MAIL,
        language=order.language,
        at=at,
        order_id=order.id,
        reference=order.shown_reference,
        act=act,
        page=page,
    )
    if is_too_much:
        outbox.hold_back(mail, at=at)
    return True


def token(order: Order, act: Act, *, at: datetime) -> str:
    """The signed part of the link."""
    return signing.sign(f"{order.reference}.{order.link_nonce}.{act.value}.{int(at.timestamp())}", PURPOSE)


def read(text: str, *, at: datetime) -> tuple[Order, Act]:
    """The order and the act that a link confirms.

    Raises `UnknownOrder` for a link that is wrong, too old, revoked with the order's own, or of an erased order.
    """
    parts = (signing.read(text, PURPOSE) or "").split(".")
    if len(parts) != 4 or not timedelta() <= at - datetime.fromtimestamp(int(parts[3]), UTC) <= LIVES:
        raise UnknownOrder
    reference, nonce, act, _ = parts
    wanted = (Order.reference == reference, Order.link_nonce == nonce, Order.erased_at.is_(None))
    order = db.session.scalar(select(Order).where(*wanted))
    if order is None:
        raise UnknownOrder
    return order, Act(act)

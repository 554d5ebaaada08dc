"""Another e-mail address for one's own order, confirmed by a link that is sent to the new one.

Nothing but the mail that asks is kept of it: the new address is that of the last such mail about the order. Until its
link is followed, everything goes to the old address. Whoever only has the order's page cannot confirm.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, select

from orders.database import db
from orders.mail import outbox, signed_links
from orders.mail.models import OutgoingMail
from orders.ordering import email_confirmation
from orders.ordering.lifecycle.email_correction import set_email, tell_where_it_stands
from orders.ordering.models import Order, OrderStatus
from orders.ordering.refusals import AlreadyDispatched, AlreadyEnded, OrderRefused, UnknownOrder
from orders.ordering.repository import get_order, lock_orders
from orders.ordering.review.matching import email_key
from orders.staff import journal
from orders.staff.journal import Actor
from orders.web import signing

MAIL = "order_email_new"
LEFT = "order_email_left"
PURPOSE = "order-email"
LIVES = timedelta(days=3)  # over a weekend
ONCE_IN = timedelta(minutes=5)
MOST_A_DAY = 3
"""How many such mails are written about one order in 24 hours, and how many go to one address."""


class SameEmail(OrderRefused):
    """It is the address that the order has."""


class TooManyEmailChanges(OrderRefused):
    """Another address was asked for too often today."""


class LinkReplaced(OrderRefused):
    """Another address was asked for after this link was sent."""


class AlreadyConfirmed(OrderRefused):
    """The order has this address already."""


class LinkExpired(OrderRefused):
    """The link that confirms an address is too old."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A change of the address that waits for its link to be followed."""

    email: str
    until: datetime


def may_be_changed(order: Order) -> bool:
    """Whether mails about the order go to another address on request."""
    if order.restricted_at is not None or order.status in (OrderStatus.CANCELLED, OrderStatus.REJECTED):
        return False
    return bool(order.email) or order.dispatch_id is None  # a slip that is being packed promises no mail without one


def asked(order: Order, *, at: datetime) -> Asked | None:
    """The change that waits, if any does."""
    mail = _last_asking(order, at - LIVES)
    if mail is None or not mail.told or mail.told["state"] != _state(order) or not may_be_changed(order):
        return None
    return Asked(mail.address, mail.posted_at + LIVES)


def ask(reference: str, email: str, *, at: datetime) -> None:
    """Mail the link that confirms it to the new address, which must be well-formed.

    Asked again for the same within minutes, it mails nothing. To an address that has had its number of them, and to one
    that nobody has confirmed and that has had its number of mails, the office must let it go. Refuses with
    `AlreadyDispatched`, `AlreadyEnded`, `SameEmail` and `TooManyEmailChanges`.
    """
    (order,) = lock_orders([reference])
    _refuse_what_may_not(order)
    if order.email.lower() == email.lower():
        raise SameEmail(reference)
    today = db.session.scalars(_asking(order, at - outbox.A_DAY)).all()
    if today and today[0].address == email and today[0].posted_at > at - ONCE_IN:
        return
    if len(today) >= MOST_A_DAY:
        raise TooManyEmailChanges(reference)
    is_too_much = _has_enough(email, at=at)
    mail = outbox.post(
        email,
        MAIL,
        language=order.language,
        at=at,
        order_id=order.id,
        reference=order.shown_reference,
        page=signed_links.page("public.confirm_email", confirmation=token(order, email, at=at)),
        state=_state(order),
    )
    if is_too_much:
        outbox.hold_back(mail, at=at)


def _refuse_what_may_not(order: Order) -> None:
    if order.status in (OrderStatus.CANCELLED, OrderStatus.REJECTED):
        raise AlreadyEnded(order.reference)
    if not may_be_changed(order):
        raise AlreadyDispatched(order.reference)


def _has_enough(email: str, *, at: datetime) -> bool:
    key = email_key(email)
    lately = select(OutgoingMail.address).where(OutgoingMail.kind == MAIL, OutgoingMail.posted_at > at - outbox.A_DAY)
    asking = sum(email_key(address) == key for address in db.session.scalars(lately))
    return asking >= MOST_A_DAY or email_confirmation.has_enough_mail(email, key, at=at)


def _asking(order: Order, since: datetime) -> Select[OutgoingMail]:
    """The mails that asked to confirm another address of this order since then, the last first."""
    of_order = select(OutgoingMail).where(OutgoingMail.order_id == order.id, OutgoingMail.kind == MAIL)
    return of_order.where(OutgoingMail.posted_at > since).order_by(OutgoingMail.id.desc())


def _last_asking(order: Order, since: datetime) -> OutgoingMail | None:
    return db.session.scalars(_asking(order, since).limit(1)).first()


def token(order: Order, email: str, *, at: datetime) -> str:
    """The signed part of the link. It names the address by a digest, because links stand in logs.

    It holds only while the order has the address and the link of its page that it has now.
    """
    return signing.sign(f"{order.reference}.{_digest(email)}.{_state(order)}.{int(at.timestamp())}", PURPOSE)


def _state(order: Order) -> str:
    return _digest(f"{order.link_nonce} {order.email}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class _Link:
    reference: str
    email: str  # its digest
    state: str
    asked_at: datetime


def _read_link(text: str) -> _Link:
    parts = (signing.read(text, PURPOSE) or "").split(".")
    if len(parts) != 4:
        raise UnknownOrder
    return _Link(parts[0], parts[1], parts[2], datetime.fromtimestamp(int(parts[3]), UTC))


def read(text: str, *, at: datetime) -> tuple[Order, str]:
    """The order and the new address that a link confirms.

    Raises `UnknownOrder` for a link that we did not sign so, or of an order that is erased, and refuses with
    `AlreadyConfirmed`, `LinkExpired` and `LinkReplaced`.
    """
    link = _read_link(text)
    order = get_order(link.reference)
    if order.erased_at is not None:
        raise UnknownOrder(link.reference)
    if _digest(order.email) == link.email:
        raise AlreadyConfirmed(link.reference)
    if not timedelta() <= at - link.asked_at <= LIVES:
        raise LinkExpired(link.reference)
    mail = _last_asking(order, link.asked_at - ONCE_IN)
    if mail is None or _digest(mail.address) != link.email or _state(order) != link.state:
        raise LinkReplaced(link.reference)
    return order, mail.address


def confirm(text: str, *, at: datetime, by: Actor) -> Order:
    """Write to the new address from now on; a link that a mail took to the old one opens nothing any more.

    The old address is told so if its owner ever followed a link in a mail: else it is nobody's, or a stranger's.
    Refuses like `read` and `ask`.
    """
    (order,) = lock_orders([_read_link(text).reference])
    _, email = read(text, at=at)
    _refuse_what_may_not(order)
    old, was_confirmed = order.email, email_confirmation.is_noted(order.id)
    set_email(order, email, at=at)
    email_confirmation.confirm(order.id, at=at)
    db.session.flush()
    tell_where_it_stands(order, at=at)
    if was_confirmed:
        outbox.post(old, LEFT, language=order.language, at=at, order_id=order.id, reference=order.shown_reference)
    journal.record("changed", f"order {order.reference}", at=at, by=by, after={"fields": ["email"]})
    return order

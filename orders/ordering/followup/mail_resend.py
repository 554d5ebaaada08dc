"""Sending a mail again, because somebody asks for it or because it was given up."""

import re
from datetime import datetime

from sqlalchemy import select

from orders.database import db
from orders.errors import Refused
from orders.mail import claims, outbox, signed_links
from orders.mail.models import MailErased, MailState, OutgoingMail, StillWaiting, UnknownMail
from orders.ordering.models import Order
from orders.staff import journal
from orders.staff.journal import Actor

TOKEN = re.compile(r"/o/([\w.=-]+)")


class OldLink(Refused):
    """The mail holds a link that was revoked: it would open nothing."""


def send_again(mail_id: int, *, at: datetime, by: Actor) -> OutgoingMail:
    """One that was given up is tried again, the same; one that was sent goes once more as a mail of its own.

    Refuses with `StillWaiting`, `MailErased` and `OldLink`.
    """
    mail = db.session.get(OutgoingMail, mail_id, with_for_update=True, populate_existing=True)
    if mail is None:
        raise UnknownMail(mail_id)
    if mail.state is MailState.WAITING:
        raise StillWaiting
    if mail.is_erased:
        raise MailErased
    if not all(map(_opens, TOKEN.findall(mail.text))):
        raise OldLink
    if mail.state is MailState.GIVEN_UP:
        claims.try_again(mail, at=at)
    else:
        mail = outbox.post_again(mail, at=at)
    journal.record("sent again", f"mail {mail_id}", at=at, by=by, after={"kind": mail.kind, "mail": mail.id})
    return mail


def _opens(token: str) -> bool:
    read = signed_links.read_token(token)
    if read is None:
        return False
    return (
        db.session.scalar(select(Order.id).where(Order.reference == read[0], Order.link_nonce == read[1])) is not None
    )

"""The mail that a decision would send, read before it is made."""

from collections.abc import Callable
from typing import NoReturn

from sqlalchemy import select

from orders.database import db
from orders.mail.models import OutgoingMail
from orders.ordering.models import Order


class Rehearsed(Exception):
    """A decision was tried and undone: `subject` and `text` are what its mail would say; empty where none goes."""

    def __init__(self, subject: str, text: str) -> None:
        super().__init__()
        self.subject = subject
        self.text = text


def rehearse(decide: Callable[[], Order]) -> NoReturn:
    """Decide, read the mail, and raise `Rehearsed`, so that the transaction around it keeps nothing.

    Refuses like the decision itself.
    """
    order = decide()
    db.session.flush()
    mails = select(OutgoingMail).where(OutgoingMail.order_id == order.id).order_by(OutgoingMail.id.desc()).limit(1)
    mail = db.session.scalar(mails) if order.email else None
    raise Rehearsed(mail.subject if mail else "", mail.text if mail else "")

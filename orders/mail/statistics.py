"""How many mails wait, how many were given up."""

from dataclasses import dataclass

from sqlalchemy import func, select

from orders.database import db
from orders.mail.models import OutgoingMail


@dataclass(frozen=True, slots=True)
class MailFigures:
    waiting: int
    given_up: int


def mails_by_state() -> MailFigures:
    waiting, given_up = db.session.execute(
        select(
            func.count().filter(OutgoingMail.sent_at.is_(None), OutgoingMail.given_up_at.is_(None)),
            func.count().filter(OutgoingMail.given_up_at.is_not(None)),
        ).select_from(OutgoingMail)
    ).one()
    return MailFigures(waiting, given_up)

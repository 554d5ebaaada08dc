"""How many mails wait and since when, how many were given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from orders.database import db
from orders.mail.claims import is_waiting
from orders.mail.mail_search import count
from orders.mail.models import MailState, OutgoingMail

TOO_LONG = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class MailFigures:
    """`since`: when the mail was written that waits longest; `is_stuck`: that is too long ago."""

    waiting: int
    given_up: int
    since: datetime | None
    is_stuck: bool


def mails_by_state(*, at: datetime) -> MailFigures:
    waiting, since = db.session.execute(
        select(func.count(), func.min(OutgoingMail.posted_at)).where(is_waiting())
    ).one()
    given_up = count(MailState.GIVEN_UP)
    since = since and min(since, at)  # one that lies ahead was written by a clock that was ahead
    return MailFigures(waiting, given_up, since, is_stuck=since is not None and at - since >= TOO_LONG)

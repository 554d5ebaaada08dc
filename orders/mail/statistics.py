"""How many mails wait and since when, how many were given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from orders.database import db
from orders.mail.claims import is_waiting
from orders.mail.models import OutgoingMail

TOO_LONG = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class MailFigures:
    """`since`: when the mail was written that waits longest; `is_stuck`: that is too long ago."""

    waiting: int
    given_up: int
    since: datetime | None
    is_stuck: bool


def mails_by_state(*, at: datetime) -> MailFigures:
    waiting, since, given_up = db.session.execute(
        select(
            func.count().filter(is_waiting()),
            func.min(OutgoingMail.posted_at).filter(is_waiting()),
            func.count().filter(OutgoingMail.given_up_at.is_not(None)),
        ).where(OutgoingMail.sent_at.is_(None))  # those few that are not sent: the index finds them
    ).one()
    since = since and min(since, at)  # one that lies ahead was written by a clock that was ahead
    return MailFigures(waiting, given_up, since, is_stuck=since is not None and at - since >= TOO_LONG)

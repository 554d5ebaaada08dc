"""Claims: a worker takes mails for a short while, sends them, and notes the outcome.

Three things keep a mail from going twice. A claim is short and renewed with every mail, so that what a killed worker
had taken is free again within a minute. Right before the last line of a mail leaves, the worker writes down that it
does (`begin_handing_over`), and only one can. A mail whose worker died after that counts as sent: the server had all
of it, and only its answer was not heard.

A moment in the future was written by a clock that was ahead, and is ignored.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select, update

from orders.database import db
from orders.mail.models import OutgoingMail

CLAIM = timedelta(seconds=45)
FIRST_PAUSE = timedelta(minutes=1)
MOST_ATTEMPTS = 12  # pauses double from one minute: the last attempt comes some 34 hours after the first
NOT_HEARD = "the sender ended before it heard the server's answer"


class TakenOver(Exception):
    """Somebody else hands this mail over, or did: whoever still holds it must not finish."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attempt: `error` is empty when it was sent; `for_good` when trying again is useless."""

    mail_id: int
    error: str = ""
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """Mails that one worker sends; `holder` is its name for this batch."""

    holder: str
    mail_ids: Sequence[int]


def is_due(at: datetime) -> ColumnElement[bool]:
    """A mail that waits and may go at that moment."""
    return and_(
        is_waiting(),
        or_(OutgoingMail.due_at <= at, OutgoingMail.posted_at > at, OutgoingMail.tried_at > at),
    )


def is_waiting() -> ColumnElement[bool]:
    return OutgoingMail.sent_at.is_(None) & OutgoingMail.given_up_at.is_(None)


def claim(limit: int, *, at: datetime) -> Claim:
    """Take up to `limit` due mails until `CLAIM` has passed; other workers skip them."""
    holder = secrets.token_hex(8)
    taken = db.session.scalars(
        select(OutgoingMail)
        .where(is_due(at), _is_free(at))
        .order_by(OutgoingMail.due_at, OutgoingMail.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for mail in taken:
        if mail.handed_at is not None:
            mail.sent_at, mail.last_error = min(mail.handed_at, at), NOT_HEARD
        else:
            mail.claimed_until, mail.claimed_by = at + CLAIM, holder
    return Claim(holder, [mail.id for mail in taken if mail.handed_at is None])


def _is_free(at: datetime) -> ColumnElement[bool]:
    until = OutgoingMail.claimed_until
    return or_(until.is_(None), until <= at, until > at + CLAIM)


def begin_handing_over(mail_id: int, holder: str, attempts: int, *, at: datetime) -> None:
    """The last line of the mail leaves now. Renews the claim of all that `holder` still has.

    Refuses with `TakenOver` when another worker was first, or tried the mail since it had `attempts`.
    """
    begun = db.session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.id == mail_id, OutgoingMail.attempts == attempts)
        .where(is_waiting(), OutgoingMail.handed_at.is_(None))
        .values(handed_at=at, claimed_by=holder)
        .execution_options(synchronize_session=False)
    )
    if begun.rowcount == 0:  # type: ignore[attr-defined]
        raise TakenOver(mail_id)
    renew(holder, at=at)


def renew(holder: str, *, at: datetime) -> None:
    """Keep what `holder` has for another `CLAIM`."""
    db.session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.claimed_by == holder, is_waiting())
        .values(claimed_until=at + CLAIM)
        .execution_options(synchronize_session=False)
    )


def release(holder: str) -> None:
    """Give back what was claimed and not tried."""
    db.session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.claimed_by == holder, is_waiting())
        .values(claimed_until=None, claimed_by="")
        .execution_options(synchronize_session=False)
    )


def record_outcome(outcome: Outcome, holder: str, *, at: datetime) -> None:
    """Note the outcome of one attempt, unless another worker has the mail by now."""
    mail = db.session.get_one(OutgoingMail, outcome.mail_id, with_for_update=True, populate_existing=True)
    if mail.claimed_by != holder:
        return
    mail.attempts += 1
    mail.claimed_until, mail.claimed_by = None, ""
    mail.tried_at, mail.handed_at = at, None
    mail.sent_at = None if outcome.error else at
    mail.last_error = outcome.error[:300]
    if outcome.error and (outcome.for_good or mail.attempts >= MOST_ATTEMPTS):
        mail.given_up_at = at
    elif outcome.error:
        mail.due_at = at + FIRST_PAUSE * 2 ** (mail.attempts - 1)


def try_again(mail: OutgoingMail, *, at: datetime) -> None:
    """Make a mail that was given up due once more, with as many attempts as a new one."""
    mail.given_up_at, mail.last_error = None, ""
    mail.attempts = 0
    mail.due_at = at

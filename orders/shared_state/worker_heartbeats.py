"""When each worker was last seen: from it others know whether mails and chores are looked after."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from orders.database import Model, UtcDateTime, db

EVERY = timedelta(seconds=30)
SILENT = timedelta(minutes=6)  # longer than a worker rests when the mail server does not answer
FORGOTTEN = timedelta(days=7)


class WorkerHeartbeat(Model):
    """`worker`: the machine and the process. `mail_silent_since`: the mail server has not answered it since then."""

    worker: Mapped[str] = mapped_column(String(80), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    mail_silent_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mail_error: Mapped[str] = mapped_column(String(200), default="")


@dataclass(frozen=True, slots=True)
class MailSilence:
    """Since when the mail server does not answer, and what was said when it was last tried."""

    since: datetime
    error: str


def beat(worker: str, *, at: datetime) -> None:
    """The worker is there. Workers that nobody has seen for a week are forgotten."""
    db.session.merge(WorkerHeartbeat(worker=worker, seen_at=at))
    db.session.execute(delete(WorkerHeartbeat).where(WorkerHeartbeat.seen_at < at - FORGOTTEN))


def note_mail_server(worker: str, error: str, *, at: datetime) -> None:
    """The mail server did not answer the worker, and why; or it did, where `error` is empty."""
    row = db.session.get(WorkerHeartbeat, worker)
    if row is not None:
        row.mail_silent_since = (row.mail_silent_since or at) if error else None
        row.mail_error = error[:200]


def mail_silence(*, at: datetime) -> MailSilence | None:
    """The longest silence of the mail server that a worker who is there knows of."""
    silent = select(WorkerHeartbeat).where(
        WorkerHeartbeat.mail_silent_since.is_not(None), WorkerHeartbeat.seen_at > at - SILENT
    )
    row = db.session.scalar(silent.order_by(WorkerHeartbeat.mail_silent_since).limit(1))
    return MailSilence(row.mail_silent_since, row.mail_error) if row and row.mail_silent_since else None


def end(worker: str) -> None:
    """The worker was stopped: nobody waits for it."""
    db.session.execute(delete(WorkerHeartbeat).where(WorkerHeartbeat.worker == worker))


def last_seen() -> datetime | None:
    """When any worker was last seen."""
    return db.session.scalar(select(func.max(WorkerHeartbeat.seen_at)))


def alive(*, at: datetime) -> int:
    """How many workers were seen lately."""
    seen = select(func.count()).select_from(WorkerHeartbeat).where(WorkerHeartbeat.seen_at > at - SILENT)
    return db.session.execute(seen).scalar_one()

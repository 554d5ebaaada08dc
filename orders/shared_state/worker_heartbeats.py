"""When each worker was last seen: from it others know whether mails and chores are looked after."""

from datetime import datetime, timedelta

from sqlalchemy import String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from orders.database import Model, UtcDateTime, db

EVERY = timedelta(seconds=30)
SILENT = timedelta(minutes=6)  # longer than a worker rests when the mail server does not answer
FORGOTTEN = timedelta(days=7)


class WorkerHeartbeat(Model):
    """`worker`: the machine and the process."""

    worker: Mapped[str] = mapped_column(String(80), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


def beat(worker: str, *, at: datetime) -> None:
    """The worker is there. Workers that nobody has seen for a week are forgotten."""
    db.session.merge(WorkerHeartbeat(worker=worker, seen_at=at))
    db.session.execute(delete(WorkerHeartbeat).where(WorkerHeartbeat.seen_at < at - FORGOTTEN))


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

"""When the last backup was made, and whether that is too long ago."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from orders.backups.models import BackupRun
from orders.database import db
from orders.staff import journal
from orders.staff.journal import Actor
from orders.staff.models import StaffMember

TOO_OLD = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class LastBackup:
    """`at`: when the last one was made; None: never. `error`: why the attempt after it failed, if one did."""

    at: datetime | None
    is_too_old: bool
    error: str


def last_backup(*, at: datetime) -> LastBackup:
    """Of a backup that a clock noted as made later than now, nothing is known.

    Without any it is too old when the first account is: a new installation has two days.
    """
    known = select(BackupRun).where(BackupRun.at <= at).order_by(BackupRun.at.desc(), BackupRun.id.desc()).limit(1)
    latest = db.session.scalar(known)
    made = db.session.scalar(known.where(BackupRun.error == ""))
    since = made.at if made else db.session.scalar(select(func.min(StaffMember.created_at)))
    return LastBackup(
        at=made.at if made else None,
        is_too_old=since is not None and at - since > TOO_OLD,
        error=latest.error if latest else "",
    )


def note_made(size: int, *, is_encrypted: bool, at: datetime, by: Actor) -> None:
    db.session.add(BackupRun(at=at, door=by.door, size=size, is_encrypted=is_encrypted))
    journal.record("backed up", "backup", at=at, by=by, after={"bytes": size, "encrypted": is_encrypted})


def note_failed(error: str, *, at: datetime, by: Actor) -> None:
    db.session.add(BackupRun(at=at, door=by.door, error=error[:300]))


def note_restored(made_at: str, *, at: datetime, by: Actor) -> None:
    journal.record("restored", "backup", at=at, by=by, after={"made at": made_at})

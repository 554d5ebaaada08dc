"""The backup that a worker makes every day, and the older ones that make room for it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app

from orders.backups import backup, backup_runs, encryption
from orders.backups.refusals import NotEncrypted, NotWritten
from orders.clock import local_day
from orders.daily_jobs import Chore
from orders.staff.journal import Actor

FOLDER = "backups"  # in the application's own folder, where no setting names another
NAME = re.compile(r"pli-\d{4}-\d{2}-\d{2}\.pli(\.age|\.gpg)?")
LEFT_OVER = re.compile(r"\.pli-\d{4}-\d{2}-\d{2}\.pli(\.age|\.gpg)?\.\d+\.partial")
BY = Actor("worker")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the day's backup: `error` is empty where there is one."""

    size: int = 0
    is_encrypted: bool = False
    error: str = ""


def folder() -> Path:
    """Where the daily backups are. Only our own is made where it lacks: another one may be a disk that is away."""
    if given := current_app.config["BACKUP_FOLDER"]:
        return Path(given)
    own = Path(current_app.instance_path) / FOLDER
    own.mkdir(mode=0o700, exist_ok=True)
    return own


def look(*, at: datetime) -> list[Outcome]:
    """Make the day's backup, the one part of the chore, from the snapshot that the worker holds."""
    keep: int = current_app.config["BACKUP_KEEP"]
    if not keep:
        return []
    recipients = current_app.config["BACKUP_RECIPIENTS"]
    try:
        file = folder() / f"pli-{local_day(at).isoformat()}.pli{encryption.suffix(recipients)}"
        made = backup.make(file, at=at, recipients=recipients, replace=True)
        _make_room(file.parent, keep, at=at)
    except NotWritten as refusal:
        return [Outcome(error=refusal.why)]
    except NotEncrypted as refusal:
        return [Outcome(error=f"PLI_BACKUP_RECIPIENTS: {refusal.about}")]
    except OSError as error:
        return [Outcome(error=error.strerror or str(error))]
    except Exception as error:  # mails and other chores go on, and the first page says that there is no backup
        current_app.logger.exception("the daily backup failed by an error of its own")
        return [Outcome(error=repr(error))]
    return [Outcome(made.size, made.is_encrypted)]


def note(outcome: Outcome, *, at: datetime) -> None:
    if outcome.error:
        backup_runs.note_failed(outcome.error, at=at, by=BY)
        current_app.logger.error("the daily backup failed: %s", outcome.error)
    else:
        backup_runs.note_made(outcome.size, is_encrypted=outcome.is_encrypted, at=at, by=BY)


CHORE = Chore("backup", look, note)


def _make_room(place: Path, keep: int, *, at: datetime) -> None:
    """Delete the oldest of the daily backups, by the day in their names, and what a killed worker left over."""
    ours = sorted(each for each in place.iterdir() if NAME.fullmatch(each.name))
    long_ago = (at - timedelta(days=1)).timestamp()
    left_over = [each for each in place.iterdir() if LEFT_OVER.fullmatch(each.name) and each.stat().st_mtime < long_ago]
    for each in [*ours[:-keep], *left_over]:
        each.unlink(missing_ok=True)

"""A migration, a backup or a restore that is killed half way: nothing of it is there, and the next one is whole."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from flask import Flask

from orders.backups import backup, restoring
from orders.clock import now
from orders.database import db, snapshot
from orders.schema.migrating import upgrade
from orders.schema.revisions import revision_of
from tests.backups.places import Place, everything, fill_up_to, flask, latest
from tests.conftest import DATABASES
from tests.faults import LONG
from tests.races.processes import Process, Sender, die_before
from tests.timeouts import PATIENCE

pytestmark = pytest.mark.races

BEFORE = "0018"  # a migration from which several batches rebuild tables
EVERY = 5 if LONG else 180  # statements between two moments at which a process is killed


def migrate(_app: Flask, _sender: Sender, *, statement: int) -> None:
    die_before(statement)
    upgrade()


def back_up(_app: Flask, _sender: Sender, *, file: Path, statement: int) -> None:
    die_before(statement)
    with snapshot():
        backup.make(file, at=now())


def restore(_app: Flask, _sender: Sender, *, file: Path, statement: int) -> None:
    die_before(statement)
    with restoring.opened(file) as archive:
        restoring.restore(archive)


def was_killed(app: Flask, job: Callable[..., None], **arguments: object) -> bool:
    process = Process(app, partial(job, **arguments))
    assert process.everything_left() == []
    process.process.join(PATIENCE)
    ended = process.process.exitcode
    process.end()
    return ended != 0


def revision(app: Flask) -> str | None:
    with app.app_context(), db.engine.connect() as connection:
        return revision_of(connection)


def killed_everywhere(
    app: Flask, job: Callable[..., None], check: Callable[[], None], *, every: int = EVERY, **arguments: object
) -> int:
    """Kill the job before one statement after another until it comes to its end; how often it was killed."""
    statement, kills = 3, 0
    while was_killed(app, job, statement=statement, **arguments):
        check()
        statement, kills = statement + every, kills + 1
    return kills


@pytest.mark.parametrize("kind", DATABASES)
def test_a_migration_that_is_killed_leaves_the_database_as_it_was(new_place: Place, kind: str) -> None:
    app = new_place(kind, name="here", like="nothing")
    fill_up_to(app, BEFORE)
    before = everything(app)

    def unchanged() -> None:
        assert (revision(app), everything(app)) == (BEFORE, before)

    assert killed_everywhere(app, migrate, unchanged) >= 3
    assert revision(app) == latest(app)
    flask(app, "stock", "verify", said="all sums hold")


@pytest.mark.parametrize("kind", DATABASES)
def test_a_restore_that_is_killed_leaves_the_place_empty(new_place: Place, tmp_path: Path, kind: str) -> None:
    full = new_place("sqlite", name="here", like="full")
    file = tmp_path / "backup.pli"
    flask(full, "backup", file)
    empty = new_place(kind)
    before = everything(empty)

    def unchanged() -> None:
        assert everything(empty) == before

    assert killed_everywhere(empty, restore, unchanged, file=file) >= 2
    assert everything(empty) == everything(full)


def test_a_backup_that_is_killed_is_whole_or_not_there(new_place: Place, tmp_path: Path) -> None:
    full = new_place("sqlite", name="here", like="full")
    file = tmp_path / "backup.pli"
    was_there = []

    def whole_or_not_there() -> None:
        was_there.append(file.exists())
        if file.exists():
            with full.app_context(), restoring.opened(file):
                file.unlink()

    assert killed_everywhere(full, back_up, whole_or_not_there, file=file, every=10 if LONG else 60) >= 3
    assert False in was_there
    flask(new_place("sqlite"), "restore", file, said="all sums hold")

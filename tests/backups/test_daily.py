"""The daily backup: a worker makes it, the oldest make room, and the office sees when the last one was made."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pyrage
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from orders.backups import backup_runs, daily
from orders.backups.backup_runs import last_backup
from orders.clock import now
from orders.commands.worker import do_chore
from orders.database import db, transact
from orders.staff.journal import Actor
from orders.staff.models import StaffRole
from tests.backups.places import Place, everything, flask
from tests.factories import NOW, make_edition, make_member, make_order
from tests.faults.small_disk import fill, small_disk
from tests.page import Page

BY = Actor("command")


def on_days(*days: int) -> None:
    """The worker's chore on the n-th days from the moment of the tests."""
    for day in days:
        with time_machine.travel(NOW + timedelta(days=day), tick=False):
            assert do_chore(daily.CHORE)
            assert not do_chore(daily.CHORE)


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_each_day_has_one_and_the_newest_are_kept(app_context: Flask, instance_folder: Path) -> None:
    app_context.config["BACKUP_KEEP"] = 2
    make_edition()
    make_order()
    folder = instance_folder / "backups"
    on_days(0)
    strange = [folder / "pli-today.pli", folder / "notes.txt"]
    for each in strange:
        each.write_text("not ours to delete")
    on_days(1, 2, 3)
    assert names(folder) == ["notes.txt", "pli-2026-11-22.pli", "pli-2026-11-23.pli", "pli-today.pli"]
    assert folder.stat().st_mode & 0o777 == 0o700


def test_it_is_a_backup_as_the_command_makes_one(app: Flask, instance_folder: Path, new_place: Place) -> None:
    key = pyrage.x25519.Identity.generate()
    app.config["BACKUP_RECIPIENTS"] = [str(key.to_public())]
    with app.app_context():
        make_edition()
        make_order()
        on_days(0)
    before = everything(app)
    (file,) = (instance_folder / "backups").iterdir()
    assert file.name == "pli-2026-11-20.pli.age"
    (instance_folder / "key.txt").write_text(str(key))
    there = new_place("sqlite")
    flask(there, "restore", file, "-i", instance_folder / "key.txt", said="all sums hold")
    for table in ("order", "movement", "outgoing_mail"):
        assert everything(there)[table] == before[table]


def test_none_is_made_where_none_is_to_be_kept(app_context: Flask, instance_folder: Path) -> None:
    app_context.config["BACKUP_KEEP"] = 0
    on_days(0)
    assert not (instance_folder / "backups").exists()
    assert last_backup(at=NOW) == backup_runs.LastBackup(None, False, "")


def test_what_stops_it_is_noted_and_the_older_ones_stay(app_context: Flask, tmp_path: Path) -> None:
    """Where the disk is full, and where it is away: its folder must not be made on another disk instead."""
    make_edition()
    with small_disk(tmp_path / "disk", 64) as disk:
        app_context.config.update(BACKUP_FOLDER=str(disk), BACKUP_KEEP=1)
        on_days(0)
        fill(disk)
        on_days(1)
        assert names(disk) == ["filler", "pli-2026-11-20.pli"]
        assert last_backup(at=NOW + timedelta(days=1)).error == "No space left on device"
    app_context.config["BACKUP_FOLDER"] = str(tmp_path / "away")
    on_days(2)
    assert not (tmp_path / "away").exists()
    last = last_backup(at=NOW + timedelta(days=2, hours=1))
    assert last == backup_runs.LastBackup(NOW, True, "No such file or directory")


def test_what_a_killed_worker_left_over_goes_when_it_is_a_day_old(app_context: Flask, instance_folder: Path) -> None:
    folder = daily.folder()
    for name in (".pli-2026-11-18.pli.17.partial", ".somebody-elses.pli.17.partial"):
        (folder / name).touch()
    with time_machine.travel(now() + timedelta(days=2)):
        assert do_chore(daily.CHORE)
    assert [name for name in names(folder) if name.endswith("partial")] == [".somebody-elses.pli.17.partial"]


def made(at: datetime) -> None:
    transact(backup_runs.note_made, 9_000, is_encrypted=False, at=at, by=BY)


@pytest.mark.parametrize(
    ("ages", "is_too_old"),
    [([47], False), ([49], True), ([49, 1], False), ([100, -30], True), ([-30], True)],
)
def test_it_is_too_old_after_two_days_whatever_a_clock_noted_that_was_ahead(
    app_context: Flask, ages: list[int], is_too_old: bool
) -> None:
    make_member(created_at=NOW - timedelta(days=30))
    for hours in ages:
        made(NOW - timedelta(hours=hours))
    assert last_backup(at=NOW).is_too_old is is_too_old


def test_a_new_installation_has_two_days_for_its_first(app_context: Flask) -> None:
    assert not last_backup(at=NOW).is_too_old
    make_member(created_at=NOW)
    assert not last_backup(at=NOW + timedelta(hours=47)).is_too_old
    assert last_backup(at=NOW + timedelta(hours=49)).is_too_old


def test_the_first_page_says_when_the_last_one_was_made_and_is_alarmed_after_two_days(
    app: Flask, office: Callable[[StaffRole], FlaskClient]
) -> None:
    def said(role: StaffRole = StaffRole.OFFICE) -> str:
        return Page.open(office(role), "/office/").words()

    with time_machine.travel(NOW + timedelta(days=1)) as clock:
        assert "Dernière sauvegarde : jamais." in said()
        clock.move_to(NOW + timedelta(days=3))
        with app.app_context():
            transact(backup_runs.note_failed, "No space left on device", at=now(), by=BY)
        assert "Il n’y a encore aucune sauvegarde." in said()
        assert "La suivante a échoué : No space left on device." in said()
        assert "sauvegarde" not in said(StaffRole.VOLUNTEER).lower()
        with app.app_context():
            made(now())
        assert "Dernière sauvegarde : 23/11/2026 10:00." in said()
        assert "Prévenez" not in said()
        clock.move_to(NOW + timedelta(days=6))
        assert "Plus de sauvegarde depuis le 23/11/2026 10:00." in said()


def test_a_backup_by_the_command_counts_and_stands_in_the_journal(app: Flask, tmp_path: Path) -> None:
    flask(app, "backup", tmp_path / "backup.pli")
    with app.app_context():
        assert last_backup(at=now()).at is not None
        entry = db.session.execute(db.text("SELECT action, thing, door FROM audit_entry")).one()
    assert tuple(entry) == ("backed up", "backup", "command")

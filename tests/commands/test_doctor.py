"""`flask doctor` says in words what is wrong with an installation, and ends with 1 while something is."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text

from orders.backups import backup_runs
from orders.clock import now
from orders.commands.doctor import surroundings_checks
from orders.commands.doctor.command import examine
from orders.commands.doctor.findings import State
from orders.database import db, transact
from orders.packing import first_prices
from orders.shared_state import worker_heartbeats
from orders.staff.journal import Actor
from tests.conftest import make_app
from tests.factories import make_edition, make_member, make_order
from tests.races.mail_server import Postbox, serving

GOOD_KEY = "bR7x-Qz0vT_5mLw9aUe3"
IN_EARNEST = {
    "SECRET_KEY": GOOD_KEY,
    "PUBLIC_URL": "https://commandes.pli.be",
    "TRUSTED_PROXIES": 1,
    "RATELIMIT_ENABLED": True,
    "MAIL_DEFAULT_SENDER": "Pli <pli@pli.be>",
}
Look = Callable[..., dict[str, str]]


@pytest.fixture
def look(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Look]:
    """Looks at an installation in earnest that has these settings instead: what was said of all that is not well."""
    for name in [name for name in os.environ if name.startswith("PLI_")]:
        monkeypatch.delenv(name)

    def examined(url: str = database_url, **settings: Any) -> dict[str, str]:
        app = make_app(url, tmp_path, **IN_EARNEST | mail_server | settings)
        with app.app_context():
            if url == database_url:
                transact(worker_heartbeats.beat, "here:1", at=now())
            found = list(examine())
            db.session.remove()
            db.engine.dispose()
        return {f"{each.about}: {each.said}": each.state.value for each in found if each.state is not State.OK}

    with serving(Postbox()) as mail_server:
        yield examined


def test_an_installation_in_order_has_nothing_wrong(look: Look) -> None:
    assert look() == {}


def test_prices_that_nobody_has_checked_are_said(app_context: Flask, look: Look) -> None:
    transact(first_prices.fill_in, at=now(), by=Actor("command"))
    assert look() == {"prices: those of parcels are of the starter catalogue, and nobody has checked them": "warning"}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"SECRET_KEY": "changemechangeme"}, "PLI_SECRET_KEY can be guessed"),
        ({"SECRET_KEY": "aaaaaaaaaaaaaaaaaaaaaaaa"}, "PLI_SECRET_KEY can be guessed"),
        ({"METRICS_TOKEN": GOOD_KEY}, "the monitor could sign in"),
        ({"PUBLIC_URL": "http://commandes.pli.be"}, "passwords and addresses cross the network"),
        ({"TRUSTED_PROXIES": 0}, "but PLI_TRUSTED_PROXIES is 0"),
        ({"MAIL_SERVER": ""}, "mails become files"),
        ({"MAIL_USERNAME": "pli"}, "of PLI_MAIL_USERNAME and PLI_MAIL_PASSWORD one is set"),
        ({"MAIL_DEFAULT_SENDER": "nobody"}, "the sender of mails is no address"),
        ({"MAIL_DEFAULT_SENDER": "pli@example.org"}, "which exists nowhere"),
        ({"RATELIMIT_ENABLED": False}, "passwords can be tried without end"),
        ({"MAIL_PORT": 1}, "does not let us in (ConnectionRefusedError)"),
    ],
)
def test_what_is_wrong_in_the_settings_is_said(look: Look, settings: dict[str, Any], said: str) -> None:
    found = look(**settings)
    assert [said in each for each in found] == [True], found
    assert set(found.values()) == {"wrong"}


def test_a_name_that_is_no_setting_is_said_with_the_one_that_was_meant(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLI_MAIL_SERVEUR", "mail.pli.be")
    assert look() == {"settings: PLI_MAIL_SERVEUR is no setting of Pli and does nothing": "warning"}


def test_a_database_that_is_away_is_said_without_its_password(look: Look) -> None:
    (said,) = look(url="postgresql+psycopg://pli:very-secret@127.0.0.1:1/orders")
    assert said.startswith("database: does not let us in")
    assert "127.0.0.1, database orders" in said
    assert "secret" not in said


def test_migrations_that_are_behind_or_ahead_are_said(app_context: Flask, look: Look) -> None:
    for revision, said in (("0027", "have not run"), ("9999", "a newer version (9999)")):
        db.session.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
        db.session.commit()
        found = look()
        assert [each for each in found if said in each], found
        assert "the rest: was not looked at: it lies in the database" in found


def test_a_clock_a_worker_mails_and_sums_that_are_wrong_are_said(app_context: Flask, look: Look) -> None:
    make_edition()
    make_order()
    with time_machine.travel(now() + timedelta(hours=3)):
        db.session.execute(text("UPDATE outgoing_mail SET posted_at = :then"), {"then": now() - timedelta(hours=2)})
        db.session.execute(text("UPDATE balance SET copies = copies + 1 WHERE place = 'SHELF'"))
        db.session.commit()
        found = " / ".join(look())
        db.session.execute(text("UPDATE balance SET copies = copies - 1 WHERE place = 'SHELF'"))
        db.session.commit()
    assert "mails: 1 wait, the oldest since" in found
    assert "sums: " in found
    if db.engine.dialect.name == "postgresql":
        assert "clock: this machine and the database are 10800 seconds apart" in found


def test_a_worker_that_fell_silent_is_said(app_context: Flask) -> None:
    assert [each.said for each in surroundings_checks.worker()] == ["none ever ran, or it was stopped"]
    transact(worker_heartbeats.beat, "here:1", at=now() - timedelta(hours=1))
    assert [each.said[:19] for each in surroundings_checks.worker()] == ["none was seen since"]


def test_a_disk_without_room_and_a_folder_that_is_closed_are_said(
    app_context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surroundings_checks, "VERY_LITTLE", 10**18)
    monkeypatch.setattr(surroundings_checks, "LITTLE", 10**18)
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "/proc/nowhere")
    assert [each.state for each in surroundings_checks.disk()] == [State.WRONG]
    assert [each.said for each in surroundings_checks.folders()] == ["nothing can be written to /proc/nowhere"]


def test_the_command_speaks_to_people_and_to_programs_and_ends_with_1(app: Flask) -> None:
    people, programs = (app.test_cli_runner().invoke(args=["doctor", *more]) for more in ([], ["--json"]))
    assert (people.exit_code, programs.exit_code) == (1, 1)
    assert "WRONG    worker        none ever ran" in people.stdout
    assert "-> start it" in people.stdout
    said = json.loads(programs.stdout)
    assert said["ok"] is False
    states = {each["about"]: each["state"] for each in said["findings"]}
    assert (states["database"], states["worker"]) == ("ok", "wrong")


def test_backups_that_are_missing_too_old_or_failing_are_said(app_context: Flask) -> None:
    def said() -> list[tuple[str, str]]:
        return [(each.state.value, each.said) for each in surroundings_checks.last_backup()]

    assert said() == [("ok", "none was made yet")]
    make_member(created_at=now() - timedelta(days=3))
    assert said() == [("wrong", "none was made yet")]
    by, made = Actor("command"), now() - timedelta(hours=30)
    transact(backup_runs.note_made, 9_000, is_encrypted=False, at=made, by=by)
    when = f"the last one was made on {made:%Y-%m-%d at %H:%M} UTC"
    assert said() == [("ok", when)]
    transact(backup_runs.note_failed, "No space left on device", at=now(), by=by)
    assert said() == [("warning", f"{when}; then it failed: No space left on device")]

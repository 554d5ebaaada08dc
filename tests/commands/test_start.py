"""`make run`'s command: an empty folder becomes a served application, and one Ctrl-C ends it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from orders.catalogue import edition_lookup
from orders.commands.serve import prepare
from orders.database import db
from orders.staff.models import StaffMember, StaffRole
from orders.stock import ledger
from orders.stock.models import Movement, Place
from tests import ROOT
from tests.timeouts import PATIENCE


def test_an_empty_database_gets_a_catalogue_with_its_stock_and_one_administrator(
    app_context: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare()
    (edition,) = edition_lookup.editions()
    stock = [ledger.copies_at(each.id, Place.SHELF) for each in edition.publications]
    assert stock == [3_000, 4_000]
    member = db.session.scalars(select(StaffMember)).one()
    assert (member.role, member.must_change_password) == (StaffRole.ADMINISTRATOR, True)
    said = capsys.readouterr().out
    assert member.email in said
    assert re.search(r"one-time password: +\S{20,}", said)


def test_run_again_it_adds_nothing(app_context: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    prepare()
    movements = db.session.scalar(select(func.count()).select_from(Movement))
    capsys.readouterr()
    prepare()
    assert capsys.readouterr().out == ""
    assert db.session.scalar(select(func.count()).select_from(Movement)) == movements


@pytest.mark.races
def test_it_serves_until_it_is_stopped_and_leaves_nothing_running(tmp_path: Path, database_url: str) -> None:
    stop = signal.SIGINT if "sqlite" in database_url else signal.SIGTERM  # a signal does not know the database
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "PLI_DATABASE_URL": database_url,
        "PLI_SECRET_KEY": "a key for tests, long enough",
        "PLI_INSTANCE": str(tmp_path / "instance"),
        "PORT": str(port),
    }
    command = [sys.executable, "-m", "flask", "start"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as started:
        try:
            assert answers(f"http://127.0.0.1:{port}/readyz")
            children = Path(f"/proc/{started.pid}/task/{started.pid}/children").read_text().split()
            started.send_signal(stop)
            said, _ = started.communicate(timeout=PATIENCE)
        finally:
            started.terminate()
    assert started.returncode == 0
    made = [each for each in (tmp_path / "instance").glob("*.sqlite")]
    assert [each for each in made if each.stat().st_mode & 0o077] == []
    assert "one-time password" in said
    assert len(children) == 2
    assert not [each for each in children if Path(f"/proc/{each}").exists()]


def answers(url: str) -> bool:
    """Whether the server answers, as soon as it is there."""
    patient_until = time.monotonic() + PATIENCE
    while time.monotonic() < patient_until:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
                return bool(answer.status == 200)
        except OSError:  # nobody listens yet
            time.sleep(0.1)
    return False

"""The drill: orders come in, a backup is made among them, the machine is lost, another one takes its place.

The commands are those of docs/backup.md. `make faults` runs it with two hundred orders.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.database import db
from orders.mail.models import OutgoingMail
from orders.ordering.models import Order
from orders.staff.models import StaffRole
from orders.staff.passwords import hashed
from tests import ROOT, postgres
from tests.backups.places import Place, flask
from tests.conftest import DATABASES
from tests.factories import make_edition, make_member, make_order
from tests.faults import LONG
from tests.page import Page
from tests.races.threads import start

pytestmark = pytest.mark.races

GUIDE = (ROOT / "docs/backup.md").read_text()
ORDERS = 200 if LONG else 20  # before the backup; more come in while it is made
EMAIL = "marie@example.org"
PASSWORD = "une phrase assez longue pour entrer"
NEW_KEY = "the key that the new machine begins with"
BOTH_WAYS = [
    pytest.param("postgresql", "sqlite", ["Make one"], ["Restore it"], id="a machine is lost"),
    pytest.param("sqlite", "postgresql", ["From SQLite to PostgreSQL, or back"], [], id="a move"),
]
ON_THE_MACHINE = "PLI_DATABASE_URL"  # begins the commands of a section that are for the other database


def commands(heading: str) -> list[str]:
    """The lines of the blocks of commands below a heading of the guide, up to the next heading."""
    section = GUIDE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def follow(app: Flask, line: str, backups: Path) -> None:
    """Do what a line of the guide says, in this installation."""
    words = shlex.split(line.replace("/mnt/backups", str(backups)), comments=True)
    while words and re.match(r"PLI_\w+=", words[0]):
        words.pop(0)
    if words[0] == "make":
        assert words[1:] == ["key"]
        (Path(app.instance_path) / "secret_key").write_text(NEW_KEY + "\n")
        return
    assert words[0] == ".venv/bin/flask", line
    flask(app, *words[1:], said="all sums hold")


class Season:
    """Orders that come in from two people at once, and what was confirmed to them."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.confirmed: list[str] = []
        self.is_over = threading.Event()
        self.has_begun = threading.Event()

    def __enter__(self) -> "Season":
        self.jobs = [start(self.app, self._place) for _ in range(2)]
        assert self.has_begun.wait(60)
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over.set()
        for job in self.jobs:
            job.result()

    def _place(self) -> None:
        while not self.is_over.is_set():
            self.confirmed.append(make_order(lines={"MAN26": 2, "LIV26": 1}).reference)
            if len(self.confirmed) >= ORDERS:
                self.has_begun.set()


def prepare(app: Flask) -> None:
    with app.app_context():
        make_edition(shelf=100_000)
        make_member(role=StaffRole.COORDINATOR, email=EMAIL, password=hashed(PASSWORD, EMAIL))


def links(app: Flask) -> list[str]:
    """The links to their own pages that orderers have in their mails."""
    with app.app_context():
        texts = [mail.text for mail in db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))]
    return [match[0] for text in texts if (match := re.search(r"/o/[\w.-]+", text))]


def references(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Order.reference)))


def sign_in(client: FlaskClient) -> str:
    fields = Page.open(client, "/staff/login").fields("/staff/login")
    client.post("/staff/login", data={**fields, "email": EMAIL, "password": PASSWORD})
    return Page.open(client, "/office/").words()


@pytest.mark.skipif(len(DATABASES) < 2, reason="takes both databases")
@pytest.mark.parametrize(("here", "there", "backing_up", "restoring"), BOTH_WAYS)
def test_another_machine_takes_the_place_of_one_that_is_lost(
    here: str,
    there: str,
    backing_up: list[str],
    restoring: list[str],
    new_place: Place,
    postgres_template: str,
    tmp_path: Path,
) -> None:
    backups = tmp_path / "backups"
    backups.mkdir()
    old = new_place(here, name="here")
    prepare(old)
    lines = [line for heading in [*backing_up, *restoring] for line in commands(heading)]
    makes = [line for line in lines if " backup " in line]
    with Season(old) as season:
        before = list(season.confirmed)
        for line in makes:
            follow(old, line, backups)
    given_out = links(old)[:5]
    lose(old, postgres_template)

    new = new_place(there, name="there", SECRET_KEY=NEW_KEY)
    for line in lines:
        if line not in makes and "rehearsal" not in line:
            follow(new, line, backups)
    restored = references(new)
    assert set(before) <= set(restored) <= set(season.confirmed)
    assert len(restored) < len(season.confirmed), "no order came in after the backup"

    key = (Path(new.instance_path) / "secret_key").read_text().strip()
    new.config["SECRET_KEY"] = key
    assert "Aujourd’hui" in sign_in(new.test_client())
    for link in given_out:
        Page.open(new.test_client(), link)
    with Season(new) as afterwards:
        pass
    assert not set(afterwards.confirmed) & set(restored)
    assert len(set(references(new))) == len(restored) + len(afterwards.confirmed)
    flask(new, "stock", "verify", said="all sums hold")


def lose(app: Flask, server: str) -> None:
    """The machine is gone, with all that was on it."""
    with app.app_context():
        is_postgres = db.engine.dialect.name == "postgresql"
        db.engine.dispose()
    shutil.rmtree(app.instance_path)
    if is_postgres:
        postgres.administer(server, "DROP DATABASE here WITH (FORCE)")


def test_the_rehearsal_of_the_guide_restores_into_a_folder_of_its_own(new_place: Place, tmp_path: Path) -> None:
    folder, line = [line for line in commands("Restore it") if "rehearsal" in line]
    assert folder == "mkdir -m 700 ~/rehearsal"  # names and addresses, for nobody else to read
    backup = tmp_path / "pli-today.pli"
    flask(new_place("sqlite", name="here", like="full"), "backup", backup)
    typed = line.replace("/mnt/backups/pli-today.pli", str(backup))
    typed = typed.replace(".venv/bin/flask", f"{sys.executable} -m flask")
    bare = {name: value for name, value in os.environ.items() if not name.startswith("PLI_")}
    told = {"cwd": ROOT, "env": {**bare, "HOME": str(tmp_path)}, "capture_output": True, "text": True}
    done = subprocess.run(["sh", "-ec", f"{folder}\n{typed}"], check=False, **told)  # type: ignore[call-overload]
    assert (done.returncode, "all sums hold" in done.stdout) == (0, True), done.stderr
    assert (tmp_path / "rehearsal/pli.sqlite").stat().st_mode & 0o077 == 0

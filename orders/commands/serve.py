"""`flask start`: what `make run` runs, from an empty folder to a served application."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from orders.catalogue import edition_lookup
from orders.clock import local_day, now
from orders.commands import web_server
from orders.database import transact
from orders.staff import accounts
from orders.staff.journal import Actor
from orders.staff.models import StaffRole
from orders.stock import ledger, ledger_accounts
from orders.stock.models import Reason
from orders.web import request_times

ADMINISTRATOR = "admin@example.org"
OPENING_STOCK = {"manual": 3_000, "booklet": 4_000}
WEB = [sys.executable, "-m", "gunicorn", "--config", "python:orders.commands.web_server", "wsgi:app"]
WORKER = [sys.executable, "-m", "flask", "worker"]
GRACE = 10.0  # seconds that a stopped part has to end by itself


@click.command("start")
@with_appcontext
def start() -> None:
    """Bring the database up to date, fill an empty one with a starter catalogue, then serve until Ctrl-C."""
    upgrade()
    prepare()
    click.echo(f"Pli answers at http://{web_server.bind}  (Ctrl-C ends it)")
    raise SystemExit(_supervise([WEB, WORKER]))


def prepare() -> None:
    """Make what an empty database lacks: this season's edition with its stock, and a first administrator."""
    if not edition_lookup.editions():
        transact(_publish_starter)
    if not accounts.has_administrator():
        password = accounts.one_time_password()
        transact(
            accounts.add_member,
            ADMINISTRATOR,
            StaffRole.ADMINISTRATOR,
            password,
            at=now(),
            by=Actor("command"),
            must_change_password=True,
        )
        click.echo(f"first administrator: {ADMINISTRATOR}\none-time password:   {password}")


def _publish_starter() -> None:
    moment = now()
    edition = edition_lookup.publish_starter_edition(local_day(moment))
    for publication in edition.publications:
        ledger_accounts.open_accounts(publication)
        ledger.receive(
            publication,
            OPENING_STOCK[publication.kind.value],
            at=moment,
            by=Actor("command"),
            reason=Reason.OPENING,
        )


def _environment() -> dict[str, str]:
    """What the parts are told: where the web server's processes put the numbers that each counts."""
    folder = Path(current_app.instance_path) / "metrics"
    return {request_times.FOLDER: str(folder), **os.environ} if current_app.config["METRICS_TOKEN"] else {**os.environ}


def _supervise(commands: list[list[str]]) -> int:
    """Run all of them until one ends or somebody stops us; then stop the others. Returns the exit code."""
    root = Path(current_app.root_path).parent
    told = _environment()
    parts = [
        subprocess.Popen(command, cwd=root, env=told, start_new_session=True)  # noqa: S603 -- our own commands
        for command in commands
    ]
    stopped: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _frame: stopped.append(received))
    while not stopped and all(part.poll() is None for part in parts):
        time.sleep(0.2)
    for part in parts:
        if part.poll() is None:
            part.terminate()
    for part in parts:
        try:
            part.wait(GRACE)
        except subprocess.TimeoutExpired:
            part.kill()
    return 0 if stopped else 1

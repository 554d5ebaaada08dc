"""`flask start`: what `make run` runs, from an empty folder to a served application."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable

import click
from flask import current_app
from flask.cli import with_appcontext

from orders.catalogue import edition_lookup
from orders.clock import local_day, now
from orders.commands import web_server, worker
from orders.commands.console import private_files
from orders.database import db, transact
from orders.packing import first_prices
from orders.schema.migrating import upgrade
from orders.staff import accounts, journal
from orders.staff.journal import Actor
from orders.staff.models import StaffRole
from orders.stock import ledger, publication_accounts
from orders.stock.models import Reason

ADMINISTRATOR = "admin@example.org"
OPENING_STOCK = {"manual": 3_000, "booklet": 4_000}
_FORK = multiprocessing.get_context("fork")
GRACE = 10.0  # seconds that a stopped part has to end by itself


@click.command("start")
@with_appcontext
def start() -> None:
    """Bring the database up to date, fill an empty one with a starter catalogue, then serve until Ctrl-C."""
    with private_files():
        upgrade()
        prepare()
        click.echo(f"Pli answers at http://{web_server.bind}  (Ctrl-C ends it)")
        raise SystemExit(_supervise([_serve_pages, worker.work_until_stopped]))


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
    journal.record("added", f"edition {edition.year}", at=moment, by=Actor("command"))
    first_prices.fill_in(at=moment, by=Actor("command"))
    for publication in edition.publications:
        publication_accounts.open_accounts(publication)
        ledger.receive(
            publication,
            OPENING_STOCK[publication.kind.value],
            at=moment,
            by=Actor("command"),
            reason=Reason.OPENING,
        )


def _supervise(jobs: list[Callable[[], None]]) -> int:
    """Run all of them until one ends or somebody stops us; then stop the others. Returns the exit code.

    They are forked from this process, which has read the application already: that takes longest of a start.
    """
    db.session.remove()
    db.engine.dispose()  # no two processes share a connection
    parts = [_FORK.Process(target=_alone, args=(job,)) for job in jobs]
    for part in parts:
        part.start()
    stopped: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _frame: stopped.append(received))
    while not stopped and all(part.is_alive() for part in parts):
        time.sleep(0.2)
    for part in parts:
        part.terminate()
    for part in parts:
        part.join(GRACE)
        if part.is_alive():
            part.kill()
    return 0 if stopped else 1


def _alone(job: Callable[[], None]) -> None:
    os.setsid()  # Ctrl-C reaches the supervisor only, which tells the others
    job()


def _serve_pages() -> None:
    web_server.Server(current_app._get_current_object()).run()  # type: ignore[attr-defined]

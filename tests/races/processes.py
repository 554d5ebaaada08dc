"""Runs jobs in several processes at once, each with an application of its own on the same database.

They are forked from a server that has imported the application and done nothing else, so that they start quickly
and share no connection.
"""

import multiprocessing
import multiprocessing.connection
import os
import signal
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import time_machine
from flask import Flask
from sqlalchemy import event

from orders.clock import now
from orders.commands import mail_batches
from orders.database import db, transact
from orders.shipping.dispatches import creation, lifecycle
from tests.conftest import make_app
from tests.factories import BY, NOW, make_order, number_from
from tests.races.actions import place_often, receive_often
from tests.races.prepared_apps import application_on
from tests.races.threads import complaints
from tests.timeouts import PATIENCE

Sender = multiprocessing.connection.Connection

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.races.processes", "tests.races.fork_preload"])


class Process:
    """A process that runs `job(app, sender)`; what it sends can be received here."""

    def __init__(self, app: Flask, job: Callable[[Flask, Sender], None], **settings: Any) -> None:
        self.receiver, sender = _CONTEXT.Pipe(duplex=False)
        url, instance = app.config["SQLALCHEMY_DATABASE_URI"], Path(app.instance_path)
        self.process: ForkServerProcess = _CONTEXT.Process(
            target=_work, args=(url, instance, settings, job, sender), daemon=True
        )
        self.process.start()
        sender.close()

    def receive(self) -> Any:
        assert self.receiver.poll(PATIENCE), "a process hangs"
        return self.receiver.recv()

    def everything_left(self) -> list[Any]:
        """What it had sent before it ended."""
        found = []
        try:
            while self.receiver.poll(PATIENCE):
                found.append(self.receiver.recv())
        except EOFError:
            return found
        raise AssertionError("a process hangs")

    def end(self) -> None:
        self.process.join(PATIENCE)
        self.receiver.close()
        self.process.close()

    def kill(self) -> None:
        """As `kill -9` does: nothing is tidied up."""
        self.process.kill()


def in_processes(app: Flask, jobs: list[Callable[[Flask, Sender], None]], **settings: Any) -> list[Any]:
    """Run each job in a process of its own, all at once; what each sent. All end without an error."""
    processes = [Process(app, job, **settings) for job in jobs]
    sent = [process.receive() for process in processes]
    for process in processes:
        process.end()
    return sent


def _work(
    url: str, instance: Path, settings: dict[str, Any], job: Callable[[Flask, Sender], None], sender: Sender
) -> None:
    app = make_app(url, instance, **settings) if settings else application_on(url)
    number_from(os.getpid() % 1_000 * 1_000 + 1)
    try:
        with app.app_context():
            job(app, sender)
            db.session.remove()
            db.engine.dispose()
    except BaseException as error:
        sender.send(f"failed: {error!r}")
        raise
    finally:
        sender.close()


def place_and_receive(app: Flask, sender: Sender) -> None:
    """Place orders with deliveries between them. Sends what the rules said and what the database complained of."""
    with complaints(app) as heard:
        said = [
            *place_often(6, {"MAN26": 3}),
            *receive_often(2, 5),
            *place_often(6, {"MAN26": 2, "LIV26": 1}),
        ]
    sender.send((said, heard))


def place_and_close_for_ever(_app: Flask, sender: Sender) -> None:
    """Place two orders, dispatch and close them, and again; sends each reference when it is confirmed."""
    while True:
        references = []
        for _ in range(2):
            references.append(make_order(lines={"MAN26": 2}).reference)
            sender.send(("placed", references[-1]))
        dispatch_id = transact(creation.make, references, at=NOW, by=BY).id
        transact(lifecycle.close, dispatch_id, at=NOW, by=BY, everything=True)
        sender.send(("closed", dispatch_id))


def place_and_close_until(app: Flask, sender: Sender, *, statement: int, bit_by_bit: bool = False) -> None:
    """Place an order, dispatch it and close; killed right before the given statement. Sends nothing.

    With `bit_by_bit` every step is kept at once instead of all of them together.
    """
    if bit_by_bit:
        event.listen(db.engine, "before_cursor_execute", _keep)
    die_before(statement)
    reference = make_order(lines={"MAN26": 2}).reference
    dispatch_id = transact(creation.make, [reference], at=NOW, by=BY).id
    transact(lifecycle.close, dispatch_id, at=NOW, by=BY, everything=True)


def close_until(_app: Flask, _sender: Sender, *, dispatch_id: int, statement: int) -> None:
    """Close a dispatch; killed right before the given statement, the commit counting as one. Sends nothing."""
    die_before(statement)
    transact(lifecycle.close, dispatch_id, at=NOW, by=BY, everything=True)


def die_before(statement: int) -> None:
    """Be killed right before the given statement, the commit counting as one."""
    left = statement

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(db.engine, "before_cursor_execute", count)
    event.listen(db.engine, "commit", count)


def _keep(_connection: object, cursor: Any, *_: object) -> None:
    """Commit behind everybody's back before each statement."""
    driver = cursor.connection
    if not isinstance(driver, sqlite3.Connection):
        driver.commit()
    elif driver.in_transaction:
        driver.commit()
        driver.execute("BEGIN IMMEDIATE")


def send_mails_later(_app: Flask, _sender: Sender, *, minutes: int) -> None:
    """Send what is due so many minutes from now. Sends nothing."""
    with time_machine.travel(now() + timedelta(minutes=minutes)):
        while mail_batches.send_batch():
            pass


def send_all_mails(app: Flask, sender: Sender) -> None:
    """Send what is due until there is nothing left. Sends what the database complained of."""
    with complaints(app) as heard:
        while mail_batches.send_batch():
            pass
    sender.send(heard)

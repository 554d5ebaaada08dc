"""SQLite's single writer: no transaction fails half-way, and every writer gets a turn."""

import fcntl
import os
import threading
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from orders.database import db, transact
from orders.sqlite_write_queue import FairLock
from orders.stock.models import Place
from tests.conftest import make_app
from tests.factories import make_edition
from tests.races import only
from tests.races.actions import copies_at, deliver, order
from tests.races.threads import GLANCE, Job, start
from tests.timeouts import PATIENCE

pytestmark = pytest.mark.races


def a_delivery_between_the_look_and_the_write(app: Flask, url: str) -> None:
    """One process has looked at the shelf when another receives, or knocks to do so; then the first one writes.

    The second knows nothing of our queue, as a program of somebody else.
    """
    with app.app_context():
        make_edition(shelf=5)
    other = without_our_queue(url, Path(app.instance_path))
    knocked = knocks(other)
    deliveries: list[Job[Any]] = []

    def look_then_order() -> None:
        assert db.session.connection().exec_driver_sql("SELECT copies FROM balance").all()
        deliveries.append(start(other, partial(transact, deliver, 10)))
        while deliveries[0].is_alive() and not knocked.is_set():
            deliveries[0].join(GLANCE)
        order({"MAN26": 3})

    try:
        with app.app_context():
            transact(look_then_order)
    finally:
        deliveries[0].result()
        with other.app_context():
            db.engine.dispose()


def without_our_queue(url: str, instance: Path) -> Flask:
    app = make_app(url, instance)
    app.extensions["pli_writers"] = FairLock()
    return app


def knocks(app: Flask) -> threading.Event:
    """Set when an application asks to be the one that writes."""
    knocked = threading.Event()
    with app.app_context():
        engine = db.engine

    @event.listens_for(engine, "before_cursor_execute")
    def listen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement == "BEGIN IMMEDIATE":
            knocked.set()

    return knocked


@only("sqlite")
def test_who_looks_and_then_writes_is_not_told_that_the_database_is_locked(app: Flask, database_url: str) -> None:
    a_delivery_between_the_look_and_the_write(app, database_url)
    with app.app_context():
        assert copies_at(Place.SHELF) == 12


@only("sqlite")
def test_without_beginning_immediate_that_writer_would_fail(
    unchecked_app: Flask, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Session.connection
    monkeypatch.setattr(Session, "connection", lambda self, **_: real(self))
    with pytest.raises(OperationalError, match="database is locked"):
        a_delivery_between_the_look_and_the_write(unchecked_app, database_url)


def write_after_a_look_that_is_out_of_date(app: Flask, url: str) -> None:
    """A page has read who is signed in, as the guard does; then another process writes, and then the page does."""
    with app.app_context():
        make_edition(shelf=5)
    other = without_our_queue(url, Path(app.instance_path))
    with app.app_context():
        assert db.session.connection().exec_driver_sql("SELECT copies FROM balance").all()
        try:
            start(other, partial(transact, deliver, 10)).result()
        finally:
            with other.app_context():
                db.engine.dispose()
        transact(order, {"MAN26": 3})


@only("sqlite")
def test_who_has_read_something_else_before_may_still_write(app: Flask, database_url: str) -> None:
    write_after_a_look_that_is_out_of_date(app, database_url)


@only("sqlite")
@pytest.mark.filterwarnings("ignore:Connection is already established")
def test_without_ending_the_older_look_that_writer_would_fail(
    unchecked_app: Flask, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "rollback", lambda _: None)
    with pytest.raises(OperationalError, match="database is locked"):
        write_after_a_look_that_is_out_of_date(unchecked_app, database_url)
    monkeypatch.undo()


def test_writers_take_their_turns_in_the_order_in_which_they_came() -> None:
    lock, turns = FairLock(), []

    def take(number: int) -> None:
        with lock.turn():
            turns.append(number)

    threads = [threading.Thread(target=take, args=(number,), daemon=True) for number in range(20)]
    with lock.turn():
        for came, thread in enumerate(threads, start=2):
            thread.start()
            while len(lock._waiting) < came:
                thread.join(GLANCE)
    for thread in threads:
        thread.join(PATIENCE)
    assert turns == list(range(20))


def test_a_writer_that_fails_lets_the_next_one_in() -> None:
    lock = FairLock()
    with pytest.raises(ZeroDivisionError), lock.turn():
        1 / 0  # noqa: B018 -- any fault
    with lock.turn():
        assert len(lock._waiting) == 1


def test_a_process_does_not_take_two_turns_while_another_one_waits(tmp_path: Path) -> None:
    """Two locks on one file, as two processes have."""
    mine, other = FairLock(str(tmp_path / "pli.sqlite")), FairLock(str(tmp_path / "pli.sqlite"))
    for _ in range(20):
        turns: list[str] = []
        with mine.turn():
            waiting = [take_a_turn(other, "other", turns)]
            while not is_locked(tmp_path / "pli.sqlite-next"):
                waiting[0].join(GLANCE)
            waiting.append(take_a_turn(mine, "mine again", turns))
            while len(mine._waiting) < 2:
                waiting[1].join(GLANCE)
        for thread in waiting:
            thread.join(PATIENCE)
        assert turns == ["other", "mine again"]


def take_a_turn(lock: FairLock, name: str, turns: list[str]) -> threading.Thread:
    def take() -> None:
        with lock.turn():
            turns.append(name)

    thread = threading.Thread(target=take, daemon=True)
    thread.start()
    return thread


def is_locked(file: Path) -> bool:
    with file.open("a") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_the_turn_of_a_process_that_dies_is_free(tmp_path: Path) -> None:
    database = str(tmp_path / "pli.sqlite")
    child = os.fork()
    if child == 0:
        with FairLock(database).turn():
            os._exit(1)
    os.waitpid(child, 0)
    with FairLock(database).turn():
        pass

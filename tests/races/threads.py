"""Runs jobs in several threads at once, and holds a transaction open while something else happens."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from flask import Flask
from sqlalchemy import event, text

from orders.database import db, transact, transaction
from orders.errors import Refused
from tests.timeouts import PATIENCE

T = TypeVar("T")

GLANCE = 0.005  # seconds between two looks at whether a thread is held up


class Job(threading.Thread, Generic[T]):
    """A piece of work in a thread and an application context of its own; `result` gives or raises what came of it."""

    def __init__(self, app: Flask, work: Callable[[], T]) -> None:
        super().__init__(daemon=True)
        self._app, self._work = app, work
        self._value: list[T] = []
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            with self._app.app_context():
                self._value.append(self._work())
        except BaseException as error:
            self._error = error

    def result(self) -> T:
        self.join(PATIENCE)
        assert not self.is_alive(), "a thread hangs"
        if self._error is not None:
            raise self._error
        return self._value[0]


def start(app: Flask, work: Callable[[], T]) -> Job[T]:
    job = Job(app, work)
    job.start()
    return job


def run_at_once(app: Flask, works: Sequence[Callable[[], T]]) -> list[T]:
    """Do all of it at the same moment, each in its own thread; what each gave, in the same order."""
    line = threading.Barrier(len(works))

    def after_the_others(work: Callable[[], T]) -> T:
        line.wait(PATIENCE)
        return work()

    jobs = [start(app, lambda work=work: after_the_others(work)) for work in works]  # type: ignore[misc]
    return [job.result() for job in jobs]


def attempt(rule: Callable[..., object], *args: Any, **kwargs: Any) -> str:
    """What a rule says through a door: `done`, or the name of its refusal. Anything else is raised."""
    try:
        transact(rule, *args, **kwargs)
    except Refused as refusal:
        return type(refusal).__name__
    return "done"


@contextmanager
def held_open(app: Flask, rule: Callable[[], object]) -> Iterator[None]:
    """Inside, another thread's transaction has run this rule and not yet committed; it does when the block ends."""
    done, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction():
                rule()
                done.set()
                assert go_on.wait(PATIENCE)
        finally:
            done.set()

    job = start(app, hold)
    try:
        assert done.wait(PATIENCE)
        yield
    finally:
        go_on.set()
        job.result()


def is_over_or_held_up(app: Flask, job: Job[Any]) -> bool:
    """Wait until a job has ended, or cannot go on because of another's transaction. Says whether it has ended."""
    while job.is_alive() and not _somebody_waits(app):
        job.join(GLANCE)
    return not job.is_alive()


def _somebody_waits(app: Flask) -> bool:
    """Whether a transaction waits for another: in the queue before SQLite's writers, or at a lock of PostgreSQL."""
    if queue := app.extensions.get("pli_writers"):
        return len(queue._waiting) > 1
    with app.app_context(), db.engine.connect() as connection:
        return bool(connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))


@contextmanager
def complaints(app: Flask) -> Iterator[list[str]]:
    """A list that grows with every error of the database, also those after which a door tries again."""
    heard: list[str] = []
    with app.app_context():
        engine = db.engine

    def hear(context: Any) -> None:
        heard.append(str(context.original_exception))

    event.listen(engine, "handle_error", hear)
    try:
        yield heard
    finally:
        event.remove(engine, "handle_error", hear)

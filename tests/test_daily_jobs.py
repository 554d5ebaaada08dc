"""Daily jobs run once a day, with several workers and after a wrong clock."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import inspect

from orders import daily_jobs
from orders.commands.worker import do_chore
from orders.daily_jobs import Chore
from orders.database import db, transact
from tests.factories import NOW, make_edition, make_order

A_DAY = timedelta(days=1)


class Done:
    """When a chore without any effect was done: every day it has two parts."""

    def __init__(self) -> None:
        self.parts: list[tuple[int, datetime]] = []
        self.chore = Chore("alerts", lambda *, at: [1, 2], self._do)

    def _do(self, part: int, *, at: datetime) -> None:
        self.parts.append((part, at))

    @property
    def moments(self) -> list[datetime]:
        return [at for part, at in self.parts if part == 1]


def test_a_chore_is_done_once_a_day_with_all_its_parts_and_again_on_the_next(app_context: Flask) -> None:
    done = Done()
    for at in (NOW, NOW + timedelta(hours=3), NOW + A_DAY):
        do_chore(done.chore, lambda at=at: at)  # type: ignore[misc]
    assert done.parts == [(part, at) for at in (NOW, NOW + A_DAY) for part in (1, 2)]


@pytest.mark.parametrize("ahead", [1, 30, 400])
def test_after_a_clock_that_was_days_ahead_every_day_has_its_chore(app_context: Flask, ahead: int) -> None:
    done = Done()
    for day in (ahead, 0, 1, 2):
        do_chore(done.chore, lambda day=day: NOW + day * A_DAY)  # type: ignore[misc]
    assert done.moments[1:] == [NOW, NOW + A_DAY, NOW + 2 * A_DAY]


def test_a_worker_that_looked_before_another_one_was_done_does_not_do_it_again(app_context: Flask) -> None:
    done = Done()
    assert transact(daily_jobs.do, done.chore, 1, at=NOW)
    transact(daily_jobs.finish, done.chore, at=NOW)
    assert not transact(daily_jobs.do, done.chore, 2, at=NOW)
    assert done.parts == [(1, NOW)]


def test_nobody_waits_while_a_chore_looks(app: Flask) -> None:
    def look(*, at: datetime) -> list[str]:
        with app.app_context():  # another connection, as of another process
            return [make_order().reference]

    found: list[str] = []
    with app.app_context():
        make_edition()
        do_chore(Chore("alerts", look, lambda part, *, at: found.append(part)))
    assert len(found) == 1


def test_a_chore_that_no_database_has_heard_of_is_done_too(app_context: Flask) -> None:
    done = Done()
    new = Chore("new one", done.chore.look, done.chore.do)
    do_chore(new, lambda: NOW)
    do_chore(new, lambda: NOW)
    assert done.moments == [NOW]


def test_sqlite_is_told_once_a_day_how_its_tables_are_filled(app_context: Flask) -> None:
    do_chore(daily_jobs.STATISTICS)
    db.session.remove()
    known = inspect(db.engine).get_table_names() if db.engine.dialect.name == "postgresql" else _sqlite_tables()
    assert ("sqlite_stat1" in known) is (db.engine.dialect.name == "sqlite")


def _sqlite_tables() -> list[str]:
    return [name for (name,) in db.session.execute(db.text("SELECT name FROM sqlite_schema"))]

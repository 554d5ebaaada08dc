"""`flask worker`."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from orders import daily_jobs
from orders.commands.worker import CHORES, do_chores
from tests.factories import make_edition, make_order


def test_once_sends_everything_that_is_due_and_ends(app: Flask, instance_folder: Path) -> None:
    with app.app_context():
        make_edition()
        for _ in range(25):
            make_order()
    done = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert done.exit_code == 0, done.output
    assert len(list((instance_folder / "mail").glob("*.eml"))) == 25


def test_once_says_when_the_server_does_not_answer(own_app: Flask) -> None:
    app = own_app
    app.config["MAIL_SERVER"], app.config["MAIL_PORT"] = "127.0.0.1", 1
    app.extensions["mail"].server, app.extensions["mail"].port = "127.0.0.1", 1
    with app.app_context():
        make_edition()
        make_order()
    done = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert (done.exit_code, "does not answer" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("moment", "is_due"),
    [
        (datetime(2026, 11, 20, 5, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 20, 6, 0, tzinfo=UTC), True),  # seven in Brussels in winter
        (datetime(2026, 7, 1, 4, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 7, 1, 5, 0, tzinfo=UTC), True),  # and in summer
        (datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), False),  # the next day has begun
    ],
)
def test_chores_are_done_from_seven_in_the_morning_in_brussels(
    app_context: Flask, moment: datetime, is_due: bool
) -> None:
    with time_machine.travel(moment, tick=False):
        assert do_chores() is is_due
        assert [daily_jobs.is_done(chore, at=moment) for chore in CHORES] == [is_due] * len(CHORES)
        assert do_chores() is False

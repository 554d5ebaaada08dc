"""`flask demo`: made-up orders, clear refusals, exit codes."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from orders.clock import local_day, now
from orders.database import db
from orders.ordering.models import Order
from tests.factories import make_edition, make_order


def test_so_many_orders_are_made_up_with_the_progress_on_stderr(app: Flask) -> None:
    with app.app_context():
        make_edition(year=local_day(now()).year - 1, closes_on=date(2020, 1, 1))
        make_edition(shelf=0, year=local_day(now()).year, opens_on=local_day(now()))
    done = app.test_cli_runner().invoke(args=["demo", "--orders", "7"])
    assert (done.exit_code, done.stdout) == (0, "7 orders made up\n")
    assert "orders: 7 of 7" in done.stderr
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Order)) == 7
    assert app.test_cli_runner().invoke(args=["stock", "verify"]).exit_code == 0


def test_beside_real_orders_it_refuses_and_changes_nothing(app: Flask) -> None:
    with app.app_context():
        make_edition()
        reference = make_order().shown_reference
    done = app.test_cli_runner().invoke(args=["demo", "--orders", "7"])
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"1 real order is here (the first: {reference}" in done.stderr
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Order)) == 1


@pytest.mark.parametrize("count", ["-3", "0", "3.5", "1000000000000", "many", ""])
def test_a_number_that_cannot_be_is_a_wrong_use(app: Flask, count: str) -> None:
    done = app.test_cli_runner().invoke(args=["demo", "--orders", count])
    assert done.exit_code == 2
    assert "--orders" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_number_or_with_a_wrong_seed_it_is_a_wrong_use(app: Flask) -> None:
    for arguments in (["demo"], ["demo", "--orders", "1", "--seed", "x"], ["demo", "--orders", "1", "--seed", "-1"]):
        assert app.test_cli_runner().invoke(args=arguments).exit_code == 2

"""Many orders at once for few copies: nothing is promised twice, nobody is lost, nobody is told to come back."""

from functools import partial

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from orders.database import db, transact
from orders.stock import balances, ledger
from orders.stock.models import OutOfStock, Place, Reason
from tests.factories import NOW, make_edition
from tests.races import only, open_the_gate
from tests.races.actions import copies_at, count_orders, order, place_often, waiting_copies, what_is_wrong
from tests.races.processes import in_processes, place_and_receive
from tests.races.threads import held_open, is_over_or_held_up, run_at_once, start

pytestmark = pytest.mark.races


def test_many_threads_never_promise_a_copy_twice_and_lose_no_order(strict_app: Flask) -> None:
    with strict_app.app_context():
        make_edition(shelf=40)
    said = run_at_once(
        strict_app, [partial(place_often, 5, {"MAN26": 1 + number % 3, "LIV26": 1}) for number in range(8)]
    )
    with strict_app.app_context():
        assert said == [["done"] * 5] * 8
        assert count_orders() == 40
        assert (copies_at(Place.SHELF), copies_at(Place.RESERVED), waiting_copies()) == (0, 40, 35)


def test_several_processes_never_promise_a_copy_twice_and_lose_no_order(strict_app: Flask) -> None:
    with strict_app.app_context():
        make_edition(shelf=20)
        db.session.remove()
    sent = in_processes(strict_app, [place_and_receive] * 3)
    with strict_app.app_context():
        assert sent == [(["done"] * 14, [])] * 3
        assert count_orders() == 36
        assert (copies_at(Place.SHELF), copies_at(Place.RESERVED), waiting_copies()) == (0, 50, 40)


def take_the_last_five_at_once(app: Flask) -> None:
    """One order takes the shelf and is not committed yet while another asks for the same copies."""
    with app.app_context():
        make_edition(shelf=5)
    with held_open(app, partial(order, {"MAN26": 5})):
        second = start(app, partial(transact, order, {"MAN26": 5}))
        is_over_or_held_up(app, second)
    second.result()


def test_who_comes_beside_the_order_that_takes_the_last_copies_waits_for_the_next(strict_app: Flask) -> None:
    take_the_last_five_at_once(strict_app)
    with strict_app.app_context():
        assert (copies_at(Place.RESERVED), waiting_copies()) == (5, 5)


@only("postgresql")
def test_without_the_gate_that_order_would_be_refused(unchecked_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    open_the_gate(monkeypatch)
    with pytest.raises(OutOfStock):
        take_the_last_five_at_once(unchecked_app)


@only("postgresql")
def test_without_the_condition_in_the_update_too_it_would_run_into_the_check(
    unchecked_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_the_gate(monkeypatch)
    monkeypatch.setattr(balances, "HAS_ENOUGH", "TRUE")
    with pytest.raises(IntegrityError, match="only_the_printer_owes"):
        take_the_last_five_at_once(unchecked_app)


@only("postgresql")
def test_without_all_three_the_same_copies_would_be_promised_twice(
    unchecked_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_the_gate(monkeypatch)
    monkeypatch.setattr(balances, "HAS_ENOUGH", "TRUE")
    with unchecked_app.app_context():
        db.session.execute(text("ALTER TABLE balance DROP CONSTRAINT ck_balance_only_the_printer_owes"))
        db.session.commit()
    take_the_last_five_at_once(unchecked_app)
    with unchecked_app.app_context():
        assert copies_at(Place.SHELF) == -5
        assert "MAN26 at SHELF, which may not be below 0: the movements say 0 or more, found -5" in what_is_wrong()


def test_without_the_condition_in_the_update_a_refusal_would_be_a_fault(
    unchecked_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unchecked_app.app_context():
        manual = make_edition(shelf=3).publications[0].id
        too_many = partial(ledger.move, manual, 4, Place.SHELF, Place.LOST, reason=Reason.DAMAGED, at=NOW)
        with pytest.raises(OutOfStock):
            transact(too_many)
        monkeypatch.setattr(balances, "HAS_ENOUGH", "TRUE")
        with pytest.raises(IntegrityError):
            transact(too_many)

"""No order waits while copies are free, and none overtakes another, whatever happens at the same time."""

from functools import partial

import pytest
from flask import Flask

from orders.database import transact
from orders.ordering.allocation import reservations
from orders.stock import ledger
from orders.stock.models import Place
from tests.factories import make_edition
from tests.races import only, open_the_gate
from tests.races.actions import copies_at, deliver, order, waiting_copies, what_is_wrong
from tests.races.threads import held_open, is_over_or_held_up, start

pytestmark = pytest.mark.races


def order_beside_a_delivery(app: Flask) -> bool:
    """An order comes while a delivery is not yet committed. Says whether it was placed without waiting for that."""
    with app.app_context():
        make_edition(shelf=0)
    with held_open(app, partial(deliver, 10)):
        placed = start(app, partial(transact, order, {"MAN26": 4}))
        did_not_wait = is_over_or_held_up(app, placed)
    placed.result()
    return did_not_wait


def test_an_order_placed_beside_a_delivery_has_its_copies(strict_app: Flask) -> None:
    assert not order_beside_a_delivery(strict_app)
    with strict_app.app_context():
        assert what_is_wrong() == []
        assert (copies_at(Place.SHELF), copies_at(Place.RESERVED)) == (6, 4)


@only("postgresql")
def test_without_the_gate_that_order_would_be_forgotten(unchecked_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    open_the_gate(monkeypatch)
    assert order_beside_a_delivery(unchecked_app)
    with unchecked_app.app_context():
        assert (copies_at(Place.SHELF), waiting_copies()) == (10, 4)
        (wrong,) = what_is_wrong()
        assert wrong.endswith("waits for MAN26: the movements say an empty shelf, found 10")


def delivery_beside_an_order(app: Flask) -> None:
    """A delivery comes while an order that found nothing is not yet committed."""
    with app.app_context():
        make_edition(shelf=0)
    with held_open(app, partial(order, {"MAN26": 4})):
        received = start(app, partial(transact, deliver, 10))
        is_over_or_held_up(app, received)
    received.result()


def test_a_delivery_beside_an_order_fills_it(strict_app: Flask) -> None:
    delivery_beside_an_order(strict_app)
    with strict_app.app_context():
        assert (copies_at(Place.SHELF), copies_at(Place.RESERVED)) == (6, 4)


@only("postgresql")
def test_without_the_gate_that_delivery_would_pass_it_by(unchecked_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    open_the_gate(monkeypatch)
    delivery_beside_an_order(unchecked_app)
    with unchecked_app.app_context():
        assert (copies_at(Place.SHELF), waiting_copies()) == (10, 4)


def newer_order_after_a_forgotten_one(app: Flask) -> None:
    """Copies lie on the shelf although an older order waits: the filler did not run."""
    with app.app_context():
        make_edition(shelf=0)
        transact(order, {"MAN26": 8})
        with ledger.copies_arrived.muted():
            transact(deliver, 5)
        transact(order, {"MAN26": 3})


def test_even_then_a_newer_order_takes_nothing_and_the_next_delivery_mends_it(app: Flask) -> None:
    newer_order_after_a_forgotten_one(app)
    with app.app_context():
        assert (copies_at(Place.SHELF), copies_at(Place.RESERVED)) == (5, 0)
        transact(deliver, 4)
        assert (copies_at(Place.SHELF), copies_at(Place.RESERVED), waiting_copies()) == (0, 9, 2)


def test_without_the_look_for_older_ones_the_newer_would_overtake(
    unchecked_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reservations, "_is_behind", lambda *_: False)
    newer_order_after_a_forgotten_one(unchecked_app)
    with unchecked_app.app_context():
        assert (copies_at(Place.SHELF), copies_at(Place.RESERVED)) == (2, 3)

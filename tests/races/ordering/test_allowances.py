"""Two orders of one orderer at the same moment: together they get no more than one after the other."""

from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from orders.database import db
from orders.ordering.lifecycle import placing
from orders.ordering.models import OrderLine
from tests.factories import BY, NOW, allow, make_edition, make_request
from tests.races import only, open_the_gate
from tests.races.actions import count_orders
from tests.races.threads import attempt, held_open, is_over_or_held_up, run_at_once, start

pytestmark = pytest.mark.races


def six_for_marie() -> str:
    request = make_request(lines={"MAN26": 6}, email="marie@example.org")
    return attempt(placing.place, request, at=NOW, by=BY)


def limit(app: Flask) -> None:
    with app.app_context():
        make_edition(shelf=100)
        allow("family", review_above=10, maximum=10)


def test_two_orders_at_once_do_not_slip_under_one_maximum(strict_app: Flask) -> None:
    limit(strict_app)
    assert sorted(run_at_once(strict_app, [six_for_marie] * 4)) == ["OverAllowance"] * 3 + ["done"]
    with strict_app.app_context():
        assert count_orders() == 1


def one_beside_another(app: Flask) -> str:
    """The second is placed while the first is not committed yet."""
    limit(app)
    first = partial(placing.place, make_request(lines={"MAN26": 6}, email="marie@example.org"), at=NOW, by=BY)
    with held_open(app, first):
        second = start(app, six_for_marie)
        is_over_or_held_up(app, second)
    return second.result()


def test_the_second_waits_for_the_first_and_then_sees_it(strict_app: Flask) -> None:
    assert one_beside_another(strict_app) == "OverAllowance"


@only("postgresql")
def test_without_the_gate_it_would_not_see_it(unchecked_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    open_the_gate(monkeypatch)
    assert one_beside_another(unchecked_app) == "done"
    with unchecked_app.app_context():
        assert sorted(db.session.scalars(select(OrderLine.copies))) == [6, 6]

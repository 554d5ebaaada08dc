"""A parcel comes back once, whoever scans it at the same moment."""

from functools import partial

import pytest
from flask import Flask

from orders.database import db, transact
from orders.ordering import repository
from orders.shipping import returns
from orders.shipping.dispatches import lifecycle
from orders.shipping.return_models import ReturnReason
from orders.stock.models import Place
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order
from tests.races.actions import copies_at, what_is_wrong
from tests.races.threads import attempt, run_at_once

pytestmark = pytest.mark.races


def a_posted_order(app: Flask) -> str:
    with app.app_context():
        make_edition(shelf=100)
        order = make_order(lines={"MAN26": 3})
        transact(lifecycle.close, make_dispatch(order).id, at=NOW, by=BY, everything=True)
        return order.reference


def scan_back(reference: str) -> str:
    return attempt(returns.take_back, reference, reason=ReturnReason.REFUSED, at=NOW, by=BY)


def test_a_parcel_that_four_scan_at_once_comes_back_once(strict_app: Flask) -> None:
    reference = a_posted_order(strict_app)
    assert run_at_once(strict_app, [partial(scan_back, reference)] * 4) == ["done"] * 4
    with strict_app.app_context():
        assert (copies_at(Place.SHELF), copies_at(Place.SENT)) == (100, 0)
        assert what_is_wrong() == []


def test_a_parcel_comes_back_or_never_left_but_not_both(strict_app: Flask) -> None:
    reference = a_posted_order(strict_app)
    recall = partial(attempt, returns.recall, 1, at=NOW, by=BY)
    back, recalled = run_at_once(strict_app, [partial(scan_back, reference), recall])
    assert (back, recalled) in [("done", "NothingToRecall"), ("done", "done")]
    with strict_app.app_context():
        db.session.rollback()
        (line,) = repository.get_order(reference).lines
        assert (line.sent, copies_at(Place.SENT)) == (0, 0)
        assert copies_at(Place.SHELF) + copies_at(Place.RESERVED) == 100
        assert what_is_wrong() == []

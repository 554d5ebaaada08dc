"""Sharing scarce copies while others order, deliver and share: once, and against a picture that is still true."""

from functools import partial

import pytest
from flask import Flask

from orders.catalogue import edition_lookup
from orders.ordering.allocation.sharing_rules import SharingRule
from orders.ordering.queue import rationing
from orders.stock.models import Place
from tests.factories import BY, NOW, make_edition, make_order
from tests.races.actions import copies_at, deliver, place_often, what_is_wrong
from tests.races.threads import attempt, held_open, is_over_or_held_up, run_at_once, start

pytestmark = pytest.mark.races


def scarce(app: Flask) -> str:
    """Two orders of 20 for 30 copies; the mark of that picture."""
    with app.app_context():
        make_edition(shelf=30)
        for minutes in range(2):
            make_order(lines={"MAN26": 20}, minutes=minutes)
        return rationing.read_demand(edition_lookup.get_publication("MAN26")).mark


def apply(seen: str) -> str:
    manual = edition_lookup.get_publication("MAN26")
    return attempt(rationing.apply, manual, SharingRule.PROPORTIONAL, minimum=5, seen=seen, at=NOW, by=BY)


def test_two_coordinators_share_at_once_and_it_is_done_once(strict_app: Flask) -> None:
    seen = scarce(strict_app)
    assert sorted(run_at_once(strict_app, [partial(apply, seen)] * 4)) == ["DemandChanged"] * 3 + ["done"]


def test_a_delivery_not_yet_committed_changes_the_picture(strict_app: Flask) -> None:
    seen = scarce(strict_app)
    with held_open(strict_app, partial(deliver, 5)):
        sharing = start(strict_app, partial(apply, seen))
        is_over_or_held_up(strict_app, sharing)
    assert sharing.result() == "DemandChanged"
    with strict_app.app_context():
        assert copies_at(Place.RESERVED) == 35


def test_orders_and_a_sharing_at_the_same_moment_leave_every_sum_right(strict_app: Flask) -> None:
    seen = scarce(strict_app)
    run_at_once(strict_app, [partial(place_often, 5, {"MAN26": 3}), partial(lambda: [apply(seen)])])
    with strict_app.app_context():
        assert what_is_wrong() == []
        assert copies_at(Place.SHELF) == 0

"""A stock count while copies move: the shelf is what was counted, whatever was committed a moment before."""

from functools import partial

import pytest
from flask import Flask

from orders.catalogue import edition_lookup
from orders.database import transact
from orders.shipping.packed_copies import packed_copies
from orders.stock import count_lines, stock_counts
from orders.stock.models import Place
from orders.stock.stock_counts import Decision
from tests.factories import BY, NOW, make_edition
from tests.races.actions import copies_at, deliver, order, place_often, what_is_wrong
from tests.races.threads import attempt, held_open, is_over_or_held_up, run_at_once, start

pytestmark = pytest.mark.races


def enter(found: int) -> int:
    manual = edition_lookup.get_publication("MAN26")
    return stock_counts.enter(manual, found, packed=packed_copies, at=NOW, by=BY).id


def as_shown() -> Decision:
    return Decision(count_lines.mark_of(count_lines.lines(stock_counts.open_counts()[0], packed_copies)), {})


def approve(decision: Decision) -> str:
    return attempt(stock_counts.approve, 1, decision, packed=packed_copies, at=NOW, by=BY)


def test_two_coordinators_approve_at_once_and_it_counts_once(strict_app: Flask) -> None:
    with strict_app.app_context():
        make_edition(shelf=20)
        transact(enter, 17)
        decision = as_shown()
    said = run_at_once(strict_app, [partial(approve, decision)] * 4)
    assert sorted(said) == ["CountEnded"] * 3 + ["done"]
    with strict_app.app_context():
        assert copies_at(Place.SHELF) == 17


def test_a_delivery_not_yet_committed_is_taken_into_account(strict_app: Flask) -> None:
    with strict_app.app_context():
        make_edition(shelf=20)
        transact(enter, 17)
        decision = as_shown()
    with held_open(strict_app, partial(deliver, 5)):
        approval = start(strict_app, partial(approve, decision))
        is_over_or_held_up(strict_app, approval)
    assert approval.result() == "done"
    with strict_app.app_context():
        assert copies_at(Place.SHELF) == 22


def test_an_entry_not_yet_committed_is_seen_before_anything_is_approved(strict_app: Flask) -> None:
    with strict_app.app_context():
        make_edition(shelf=20)
        transact(enter, 12)
        decision = as_shown()
    with held_open(strict_app, partial(enter, 8)):
        approval = start(strict_app, partial(approve, decision))
        is_over_or_held_up(strict_app, approval)
    assert approval.result() == "CountChanged"
    with strict_app.app_context():
        assert copies_at(Place.SHELF) == 20


def test_the_last_copies_are_promised_while_a_count_takes_them_away(strict_app: Flask) -> None:
    with strict_app.app_context():
        make_edition(shelf=10)
        transact(enter, 7)
        decision = as_shown()
    with held_open(strict_app, partial(order, {"MAN26": 9})):
        approval = start(strict_app, partial(approve, decision))
        is_over_or_held_up(strict_app, approval)
    assert approval.result() == "TooFewFree"
    with strict_app.app_context():
        assert (copies_at(Place.SHELF), copies_at(Place.RESERVED)) == (1, 9)


def test_orders_and_an_approval_at_the_same_moment_leave_every_sum_right(strict_app: Flask) -> None:
    with strict_app.app_context():
        make_edition(shelf=40)
        transact(enter, 45)
        decision = as_shown()
    run_at_once(strict_app, [partial(place_often, 5, {"MAN26": 3}), partial(lambda: [approve(decision)])])
    with strict_app.app_context():
        assert what_is_wrong() == []
        assert copies_at(Place.SHELF) + copies_at(Place.RESERVED) == 45

"""How long an order takes, and until when to order."""

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from orders.catalogue.models import Edition
from orders.clock import local_day
from orders.database import transact
from orders.ordering.models import Delivery, Order, WhenShort
from orders.reports.delivery_time import Delay, kept_days, measured_days, percentile, read_delay
from orders.shipping.dispatches import lifecycle
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order, receive

A_DAY = timedelta(days=1)
TODAY = local_day(NOW)


def post(*orders: Order, days: int) -> None:
    """Post these orders so many days after `NOW`, a Friday."""
    dispatch = make_dispatch(*orders)
    transact(lifecycle.close, dispatch.id, at=NOW + days * A_DAY, by=BY, everything=True)


def delay(edition: Edition, today: date = TODAY) -> Delay:
    return read_delay(edition, today, office_days=3, post_days=2)


def test_while_nothing_was_posted_the_setting_is_said_and_said_to_be_one(app_context: Flask) -> None:
    edition = make_edition()
    make_order()
    assert delay(edition) == Delay(office_days=3, post_days=2, orders=0)
    assert not delay(edition).is_measured


def test_what_was_posted_is_measured_in_working_days(app_context: Flask) -> None:
    edition = make_edition()
    post(make_order(), make_order(), days=3)
    assert delay(edition) == Delay(office_days=1, post_days=2, orders=2)
    post(make_order(), days=5)
    assert delay(edition) == Delay(office_days=3, post_days=2, orders=3)


def test_who_waited_for_copies_says_nothing_of_how_fast_the_office_is(app_context: Flask) -> None:
    edition = make_edition(shelf={"MAN26": 1, "LIV26": 5})
    quick, slow = make_order(), make_order()
    receive("MAN26", 1, minutes=24 * 60 * 12)
    post(quick, slow, days=14)
    assert delay(edition).orders == 1


def test_pickups_open_dispatches_and_other_editions_do_not_count(app_context: Flask) -> None:
    last, edition = make_edition(year=2025), make_edition()
    make_order(delivery=Delivery.PICKUP)
    make_dispatch(make_order())
    post(make_order(), days=0)
    assert delay(last).orders == 0
    assert delay(edition) == Delay(office_days=0, post_days=2, orders=1)


THREE_WEEKS = local_day(NOW + 21 * A_DAY)


def test_what_is_not_posted_yet_counts_with_the_days_that_it_has_lain(app_context: Flask) -> None:
    edition = make_edition()
    waiting = [make_order() for _ in range(14)]
    post(make_order(minutes=21 * 24 * 60), make_order(minutes=21 * 24 * 60), days=21)
    assert delay(edition, THREE_WEEKS) == Delay(office_days=15, post_days=2, orders=2, is_held_up=True)
    make_dispatch(*waiting)  # on the table is not posted
    assert delay(edition, THREE_WEEKS).office_days == 15


def test_while_nothing_was_posted_orders_that_lie_longer_than_planned_count(app_context: Flask) -> None:
    edition = make_edition()
    make_order()
    assert delay(edition, local_day(NOW + 5 * A_DAY)) == Delay(office_days=3, post_days=2)
    assert delay(edition, local_day(NOW + 6 * A_DAY)) == Delay(office_days=4, post_days=2, is_held_up=True)


def test_what_could_not_be_posted_holds_nothing_up(app_context: Flask) -> None:
    edition = make_edition(shelf={"MAN26": 3, "LIV26": 5})
    make_order(delivery=Delivery.PICKUP)
    make_order(lines={"MAN26": 9}, when_short=WhenShort.WAIT)  # nothing may go yet
    quick, late = make_order(lines={"LIV26": 1}), make_order(lines={"LIV26": 9})  # the rest waits for the printer
    post(quick, late, days=0)
    receive("LIV26", 5, minutes=60)
    assert delay(edition, THREE_WEEKS) == Delay(office_days=0, post_days=2, orders=1)


@pytest.mark.parametrize(
    ("posted", "lain", "days"),
    [
        ([1] * 9, [], 1),
        ([1] * 9, [2], 1),  # nine of ten, and of the tenth it is known
        ([1] * 8, [2, 2], 2),
        ([1] * 8, [5, 9], 9),
        ([0, 0, 0], [15] * 14, 15),
        ([], [4], 4),
    ],
)
def test_days_are_those_within_which_nine_of_ten_are_known_to_go(posted: list[int], lain: list[int], days: int) -> None:
    usual = percentile(posted, 90) if posted else 3
    assert kept_days(posted, lain, usual) == days


def test_nine_of_ten_orders_keep_the_promise() -> None:
    assert percentile([1] * 9 + [20], 90) == 1
    assert percentile([1] * 8 + [20] * 2, 90) == 20
    assert percentile([4], 90) == 4


def test_a_day_is_one_in_brussels() -> None:
    late = NOW.replace(hour=23, minute=30)  # already Saturday there
    assert measured_days([(late, late + 2 * A_DAY)]) == [1]


@pytest.mark.parametrize(
    ("office", "post", "last"),
    [
        (0, 0, date(2026, 12, 10)),
        (1, 1, date(2026, 12, 8)),
        (3, 3, date(2026, 12, 2)),
        (1, 7, date(2026, 11, 30)),
        (2, 7, date(2026, 11, 29)),  # who orders on a Sunday loses nothing against Friday
    ],
)
def test_the_last_day_on_which_to_order(office: int, post: int, last: date) -> None:
    assert Delay(office, post).order_by(date(2026, 12, 10)) == last


@given(
    office=st.integers(0, 20),
    post=st.integers(0, 20),
    needed=st.dates(date(2020, 1, 1), date(2040, 12, 31)),
)
def test_ordered_on_that_day_it_is_there_and_a_day_later_it_is_not(office: int, post: int, needed: date) -> None:
    known = Delay(office, post)
    last = known.order_by(needed)
    assert known.arrival(last) <= needed < known.arrival(last + A_DAY)

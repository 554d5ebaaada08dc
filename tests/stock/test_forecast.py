"""How long copies last, told as a band from what people asked for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.stock.forecast import DEFAULT_WEEKS, Curve, Situation, forecast, reprint

DAY = date(2026, 11, 25)
WRITE_BY = date(2026, 12, 10)
STEADY = Curve.of(dict.fromkeys(range(-100, 50), 10))
NOW = Situation(DAY, WRITE_BY, date(2027, 1, 31), asked=860, orders=400, shelf=100, waiting=0, deliveries={})


def on(number: int) -> date:
    return DAY + timedelta(days=number)


def test_a_curve_is_the_share_of_a_season_asked_for_by_each_day() -> None:
    curve = Curve.of({-2: 10, 0: 30, 1: 60})
    assert [round(curve.share(offset), 2) for offset in (-3, -2, -1, 0, 1, 99)] == [0, 0.1, 0.1, 0.4, 1, 1]


def test_the_default_is_a_whole_season_most_of_it_before_the_tenth_of_december() -> None:
    curve = Curve.default()
    assert sum(DEFAULT_WEEKS) == 100
    assert curve.share(200) == pytest.approx(1)
    assert curve.share(0) - curve.share(-28) > 0.5


def test_at_a_steady_pace_ten_days_of_copies_last_ten_days() -> None:
    # 860 copies in the 86 days until then: ten a day, and 100 on the shelf.
    told = forecast(NOW, STEADY)
    assert told is not None
    assert told.runs_out[1] == on(10)
    early, likely, late = told.days_left
    assert early is not None
    assert likely == 10
    assert late is not None
    assert early < likely < late
    assert told.still_asked.likely == 150
    assert told.lacking.likely == 50


def test_what_waits_lacks_too() -> None:
    told = forecast(replace(NOW, shelf=0, waiting=70), STEADY)
    assert told is not None
    assert (told.runs_out, told.lacking.likely) == ((DAY, DAY, DAY), 220)


def test_a_delivery_that_comes_in_time_pushes_the_end_away() -> None:
    told = forecast(replace(NOW, deliveries={on(5): 200}), STEADY)
    assert told is not None
    assert told.runs_out[1] == on(30)
    assert [(each.delivered, each.shelf.likely) for each in told.days[4:6]] == [(0, 60), (200, 250)]


def test_a_delivery_that_comes_too_late_does_not_hide_that_it_runs_out() -> None:
    told = forecast(replace(NOW, deliveries={on(12): 500}), STEADY)
    assert told is not None
    assert told.runs_out[1] == on(10)
    assert told.runs_out_before(on(12))
    assert not told.runs_out_before(on(10))


def test_while_nothing_was_asked_or_the_season_has_hardly_begun_nothing_is_said() -> None:
    assert forecast(replace(NOW, asked=0, orders=0), STEADY) is None
    assert forecast(replace(NOW, day=date(2026, 9, 1), asked=5, orders=2), STEADY) is None


def test_few_orders_and_a_curve_that_is_only_supposed_make_a_wider_band() -> None:
    def width(orders: int, curve: Curve) -> float:
        told = forecast(replace(NOW, orders=orders), curve)
        assert told is not None
        return told.still_asked.high / told.still_asked.low

    assert width(20, STEADY) > width(400, STEADY)
    assert width(400, Curve.default()) > width(400, STEADY)


def test_after_the_day_to_write_by_nothing_more_is_asked_until_it_but_the_edition_goes_on() -> None:
    told = forecast(replace(NOW, day=date(2026, 12, 20)), STEADY)
    assert told is not None
    assert told.still_asked.likely == 0
    assert told.runs_out[1] is not None


@pytest.mark.parametrize(
    ("lacking", "bundle", "ordered"),
    [
        *[(0, 25, 0), (-5, 25, 0), (1, 25, 25), (26, 25, 50), (475, 25, 475), (476, 25, 500)],
        *[
            (499, 7, 504),
            (499, 1, 499),
            (500, 1, 500),
            (501, 1, 600),
            (500, 40, 520),
            (501, 25, 600),
            (2_910, 50, 3_000),
        ],
        *[(700, 30, 720), (801, 100, 900), (501, 200, 600)],
    ],
)
def test_a_reprint_is_told_in_whole_bundles_and_round_numbers(lacking: int, bundle: int, ordered: int) -> None:
    assert reprint(lacking, bundle) == ordered


@given(
    asked=st.integers(1, 50_000),
    orders=st.integers(1, 5_000),
    shelf=st.integers(0, 50_000),
    waiting=st.integers(0, 5_000),
    offset=st.integers(-60, 40),
    deliveries=st.dictionaries(st.integers(1, 60).map(on), st.integers(1, 9_000), max_size=3),
)
def test_the_band_is_in_order_and_nothing_is_below_nought(
    asked: int, orders: int, shelf: int, waiting: int, offset: int, deliveries: dict[date, int]
) -> None:
    now = replace(
        NOW,
        day=WRITE_BY + timedelta(days=offset),
        asked=asked,
        orders=orders,
        shelf=shelf,
        waiting=waiting,
        deliveries=deliveries,
    )
    told = forecast(now, Curve.default())
    assert told is not None
    for band in (told.still_asked, told.lacking, *(each.shelf for each in told.days)):
        assert 0 <= band.low <= band.likely <= band.high
    early, likely, late = (each or date.max for each in told.runs_out)
    assert early <= likely <= late
    assert told.days[0].day == now.day

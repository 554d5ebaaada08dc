"""How long copies last, told as a band from what people asked for."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.stock.demand import Asked, Demand
from orders.stock.demand_shapes import AUTUMN_HOLIDAYS, NUMBER, Curve, Shape, shapes
from orders.stock.forecast import CASES, Forecast, Situation, forecast, reprint

A_DAY = timedelta(days=1)
WRITE_BY = date(2026, 12, 10)
CLOSES_ON = date(2027, 1, 31)
DAY = date(2026, 11, 25)
OPENS_ON = DAY - 85 * A_DAY
STEADY = Curve.of(dict.fromkeys(range(-100, 50), 10))

# Per cent of a season asked for in each week until the day to write by, from the last week of October on.
WEEKS = (6, 9, 14, 17, 15, 11)


def on(number: int) -> date:
    return DAY + number * A_DAY


def asked(copies: Mapping[date, int], day: date = DAY, *, orders: int = 400, opens_on: date = OPENS_ON) -> Asked:
    return Asked(day, opens_on, WRITE_BY, CLOSES_ON, copies, orders)


def steadily(copies: int, days: int, *, until: date = DAY) -> dict[date, int]:
    """So many copies on each of the last days."""
    return {until - number * A_DAY: copies for number in range(days)}


NOW = Situation(asked(steadily(10, 86)), shelf=100, waiting=0, deliveries={})


def told(now: Situation, before: Curve | None = STEADY) -> Forecast:
    found = forecast(now, before)
    assert found is not None
    return found


def width(now: Situation, before: Curve | None = STEADY) -> float:
    band = told(now, before).still_asked
    return band.high / band.low


def test_a_curve_is_the_share_of_a_season_asked_for_by_each_day() -> None:
    curve = Curve.of({-2: 10, 0: 30, 1: 60})
    assert [round(curve.share(offset), 2) for offset in (-3, -2, -1, 0, 1, 99)] == [0, 0.1, 0.1, 0.4, 1, 1]


def test_the_pace_of_a_curve_is_that_of_the_week_around_the_day() -> None:
    curve = Curve.of({-7: 70, 0: 70})
    assert [round(curve.pace(offset), 3) for offset in (-11, -10, -4, -3, 3, 4)] == [0, 0.071, 0.071, 0.071, 0.071, 0]


def test_at_a_steady_pace_ten_days_of_copies_last_about_ten_days() -> None:
    seen = told(NOW)
    early, likely, late = seen.days_left
    assert early is not None
    assert likely is not None
    assert late is not None
    assert 4 <= early < 9 <= likely <= 12 < late <= 40
    assert 120 <= seen.still_asked.likely <= 170


def test_what_waits_lacks_too() -> None:
    seen = told(replace(NOW, shelf=0, waiting=70))
    assert seen.runs_out == (DAY, DAY, DAY)
    assert seen.lacking.likely == 70 + seen.still_asked.likely


def test_a_delivery_that_comes_in_time_pushes_the_end_away() -> None:
    without, seen = told(NOW), told(replace(NOW, deliveries={on(5): 200}))
    assert without.runs_out[1] is not None
    assert seen.runs_out[1] is not None
    assert seen.runs_out[1] > without.runs_out[1] + 10 * A_DAY
    before, after = seen.days[4:6]
    assert (before.delivered, after.delivered) == (0, 200)
    assert after.shelf.likely > before.shelf.likely + 150


def test_a_delivery_that_comes_too_late_does_not_hide_that_it_runs_out() -> None:
    seen = told(replace(NOW, deliveries={on(14): 500}))
    assert seen.runs_out[:2] == told(NOW).runs_out[:2]
    assert seen.runs_out_before(on(14))
    assert seen.runs_out[1] is not None
    assert not seen.runs_out_before(seen.runs_out[1])


def test_while_nothing_was_asked_or_the_season_has_hardly_begun_nothing_is_said() -> None:
    assert forecast(replace(NOW, asked=asked({}, orders=0))) is None
    for days, is_said in ((2, False), (3, True)):
        now = asked(steadily(10, days), opens_on=DAY - (days - 1) * A_DAY)
        assert (forecast(replace(NOW, asked=now)) is not None) == is_said


def test_a_season_begins_when_it_opens_or_when_orders_come_if_that_is_later() -> None:
    copies = {on(-20): 1, on(-10): 200, on(-3): 300}
    assert asked(copies, opens_on=on(-30)).begins_on == on(-10)
    assert asked({on(-20): 3, on(-10): 200}, opens_on=on(-30)).begins_on == on(-20)


def test_what_came_before_the_opening_says_nothing_about_the_pace_after_it() -> None:
    pace = {on(-number): 40 for number in range(10)}
    seen, without = (
        told(replace(NOW, asked=asked(copies, opens_on=on(-9))), None) for copies in ({on(-20): 2_000, **pace}, pace)
    )
    assert seen.situation.asked.begins_on == on(-9)
    assert seen.situation.asked.by_day() == [40] * 10
    assert without.still_asked.likely == pytest.approx(seen.still_asked.likely, rel=0.25)


def test_before_the_opening_nothing_is_said_whatever_staff_has_typed_in() -> None:
    assert forecast(replace(NOW, asked=asked(steadily(40, 30), opens_on=on(10)))) is None


def test_a_season_that_opens_earlier_than_the_last_is_not_taken_for_a_huge_one() -> None:
    """The last opened on 1 November. On its own calendar nothing would have been due in October."""
    last = Curve.of(dict.fromkeys(range(-39, 50), 10))
    day = date(2026, 10, 14)
    seen = told(replace(NOW, asked=asked(steadily(10, 30, until=day), day, opens_on=day - 29 * A_DAY)), last)
    steady = 10 * (WRITE_BY - day).days
    assert seen.still_asked.low < steady < seen.still_asked.high
    assert seen.still_asked.likely < 3 * steady


def test_in_many_shapes_fewer_order_in_the_autumn_holidays_than_before_and_after_them() -> None:
    first, last = AUTUMN_HOLIDAYS
    dips = [
        _of_a_week(each, first + 3) / (_of_a_week(each, first - 7) + _of_a_week(each, last + 1))
        for each in shapes(-80, 40, 0, None)
    ]
    assert len([dip for dip in dips if dip < 0.4]) > NUMBER / 3


def _of_a_week(shape: Shape, offset: int) -> float:
    return shape.asked[offset + 80 + 7] - shape.asked[offset + 80]


@pytest.fixture(scope="module")
def from_november() -> dict[date, int]:
    """A season that opens on 1 November and has asked for 3,000 copies by the 26th."""
    shares = [week / 7 for week in WEEKS for _ in range(7)][3:]
    days = [date(2026, 11, 1) + number * A_DAY for number in range(len(shares))]
    scale = 3_000 / sum(shares[:26])
    return {day: round(scale * share) for day, share in zip(days, shares, strict=True)}


def november(copies: Mapping[date, int], day: date) -> Forecast:
    came = sum(number for on, number in copies.items() if on <= day)
    now = asked(copies, day, orders=came // 4, opens_on=date(2026, 11, 1))
    return told(Situation(now, shelf=3_000 - came, waiting=0, deliveries={}), None)


@pytest.mark.parametrize("day", range(7, 26))
def test_in_a_first_season_that_opens_in_november_nothing_reassures_falsely(
    from_november: dict[date, int], day: int
) -> None:
    seen = november(from_november, date(2026, 11, day))
    early, likely, late = (each or date.max for each in seen.runs_out)
    assert early <= date(2026, 11, 26) <= late
    assert likely <= WRITE_BY + 7 * A_DAY
    lacks = sum(copies for on, copies in from_november.items() if on <= WRITE_BY) - 3_000
    assert seen.to_reprint >= lacks > 1_000


def test_the_band_narrows_as_more_is_known() -> None:
    widths = [
        width(replace(NOW, asked=asked(steadily(10, days), opens_on=DAY - days * A_DAY)), None)
        for days in (4, 8, 20, 60)
    ]
    assert widths == sorted(widths, reverse=True)


def test_few_orders_make_a_wider_band_and_a_season_before_a_narrower_one() -> None:
    assert width(replace(NOW, asked=replace(NOW.asked, orders=60))) > width(NOW)
    early = replace(NOW, asked=asked(steadily(10, 86, until=on(-30)), on(-30), opens_on=on(-115)))
    assert width(early, STEADY) < width(early, None)


def test_in_the_morning_the_rest_of_the_day_is_still_to_come() -> None:
    yesterday = steadily(100, 30, until=on(-1))
    at_night = Demand(asked({**yesterday, DAY: 100}, opens_on=on(-30)), STEADY).until(DAY, CASES)
    in_the_morning = Demand(replace(asked(yesterday, opens_on=on(-30)), part_of_day=0.0), STEADY).until(DAY, CASES)
    assert at_night == [0] * len(CASES)
    assert in_the_morning[0] < 100 < in_the_morning[-1]


def test_after_the_day_to_write_by_nothing_more_is_asked_until_it_but_the_edition_goes_on() -> None:
    later = WRITE_BY + 10 * A_DAY
    seen = told(replace(NOW, asked=asked(steadily(10, 86, until=later), later)))
    assert seen.still_asked.high == 0
    assert seen.runs_out[1] is not None


@pytest.mark.parametrize("closes_on", [WRITE_BY - 5 * A_DAY, date(2027, 5, 1), date(2090, 12, 31)])
def test_nobody_asks_once_the_edition_is_closed_nor_much_later_than_the_day_to_write_by(closes_on: date) -> None:
    seen = told(replace(NOW, asked=replace(NOW.asked, closes_on=closes_on)))
    assert seen.days[-1].day == min(closes_on, WRITE_BY + 150 * A_DAY)
    assert seen.still_asked == told(NOW).still_asked or closes_on < WRITE_BY
    over = told(replace(NOW, asked=replace(NOW.asked, day=date(2091, 1, 1), closes_on=closes_on)))
    assert (over.still_asked.high, over.days_left) == (0, (None, None, None))


@pytest.mark.parametrize(
    ("lacking", "bundle", "ordered"),
    [(0, 25, 0), (-5, 25, 0), (1, 25, 25), (26, 25, 50), (475, 25, 475), (476, 25, 500), (700, 30, 720)],
)
def test_a_reprint_is_told_in_whole_bundles(lacking: int, bundle: int, ordered: int) -> None:
    assert reprint(lacking, bundle) == ordered


@pytest.mark.parametrize(
    ("lacking", "bundle", "ordered"),
    [(499, 1, 499), (499, 7, 504), (500, 1, 500), (500, 40, 520), (501, 1, 600), (2_910, 50, 3_000), (501, 200, 600)],
)
def test_from_500_copies_on_a_reprint_is_told_in_hundreds(lacking: int, bundle: int, ordered: int) -> None:
    assert reprint(lacking, bundle) == ordered


@given(
    by_day=st.dictionaries(st.integers(0, 70), st.integers(0, 900), min_size=1),
    orders=st.integers(1, 5_000),
    shelf=st.integers(0, 50_000),
    waiting=st.integers(0, 5_000),
    part_of_day=st.floats(0, 1),
    deliveries=st.dictionaries(st.integers(1, 60).map(on), st.integers(1, 9_000), max_size=3),
    before=st.sampled_from((STEADY, None)),
)
def test_the_band_is_in_order_and_nothing_is_below_nought(
    by_day: dict[int, int],
    orders: int,
    shelf: int,
    waiting: int,
    part_of_day: float,
    deliveries: dict[date, int],
    before: Curve | None,
) -> None:
    copies = {on(-number): each for number, each in by_day.items()}
    now = Situation(replace(asked(copies, orders=orders), part_of_day=part_of_day), shelf, waiting, deliveries)
    seen = forecast(now, before)
    assert seen is not None or now.asked.days < 3 or now.asked.total == 0
    if seen is None:
        return
    for band in (seen.still_asked, seen.lacking, *(each.shelf for each in seen.days)):
        assert 0 <= band.low <= band.likely <= band.high
    assert seen.lacking.likely <= seen.to_reprint <= seen.lacking.high
    early, likely, late = (each or date.max for each in seen.runs_out)
    assert early <= likely <= late
    assert seen.days[0].day == now.day

"""Working days in Belgium."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.workdays import days_after, days_between, easter, is_working_day

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2000, 4, 23), (2008, 3, 23), (2011, 4, 24), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28)],
)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 21),  # a Saturday
        date(2026, 11, 22),  # a Sunday
        date(2026, 11, 11),
        date(2026, 12, 25),
        date(2027, 1, 1),
        date(2026, 4, 6),  # Easter Monday
        date(2026, 5, 14),  # Ascension
        date(2026, 5, 25),  # Whit Monday
    ],
)
def test_nobody_works_at_weekends_and_on_public_holidays(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize(
    ("first", "count", "last"),
    [
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 11, 10), 1, date(2026, 11, 12)),
        (date(2026, 12, 24), 2, date(2026, 12, 29)),
    ],
)
def test_working_days_after_a_day(first: date, count: int, last: date) -> None:
    assert days_after(first, count) == last


@given(first=DAYS, count=st.integers(1, 40))
def test_so_many_working_days_later_lie_so_many_working_days_between(first: date, count: int) -> None:
    assert days_between(first, days_after(first, count)) == count


@given(first=DAYS, back=st.integers(0, 30))
def test_nothing_lies_between_a_day_and_an_earlier_one(first: date, back: int) -> None:
    assert days_between(first, first - timedelta(days=back)) == 0

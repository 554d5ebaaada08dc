"""Working days in Belgium."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.workdays import days_after, days_between, is_working_day

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    "easter",
    [date(2000, 4, 23), date(2008, 3, 23), date(2011, 4, 24), date(2024, 3, 31), date(2025, 4, 20), date(2027, 3, 28)],
)
def test_easter_moves_three_holidays(easter: date) -> None:
    for days in (1, 39, 50):
        assert not is_working_day(easter + timedelta(days=days))
    assert is_working_day(easter - timedelta(days=2))  # Good Friday


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 21),  # a Saturday
        date(2026, 11, 22),  # a Sunday
        date(2026, 5, 1),
        date(2026, 7, 21),
        date(2025, 8, 15),
        date(2027, 11, 1),
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
    "day",
    [
        date(2028, 7, 11),  # of the Flemish Community
        date(2027, 9, 27),  # of the French Community
        date(2026, 11, 2),
        date(2027, 11, 15),  # of the King
        date(2028, 12, 26),
    ],
)
def test_what_only_some_keep_is_a_working_day(day: date) -> None:
    assert is_working_day(day)


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

"""What is packed by the next posting, and which orders have to leave with it."""

from datetime import date, datetime, time, timedelta

import pytest
from flask import Flask

from orders.clock import BRUSSELS, local_day
from orders.database import db, transact
from orders.ordering.lookup import search
from orders.reports.posting_day.leaving import late_anyway, must_leave, next_posting, packed_by
from orders.reports.posting_day.pace import Pace, read_pace
from orders.shipping.dispatches import lifecycle
from orders.workdays import days_after
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order

HALF_PAST_FOUR = time(16, 30)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 in Brussels; the 20th is a Friday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=BRUSSELS)


def test_the_pace_is_that_of_the_hours_in_which_parcels_were_packed_one_by_one(app_context: Flask) -> None:
    make_edition()
    dispatch = make_dispatch(*(make_order() for _ in range(16)))
    for number, parcel in enumerate(dispatch.parcels[:12]):
        parcel.packed_at = at(20, 9 if number < 8 else 14, number)
    db.session.commit()
    assert read_pace(at=at(20, 14, 50)) is None  # the hour that is running does not count
    transact(lifecycle.close, dispatch.id, at=at(20, 15), by=BY, everything=True)
    assert read_pace(at=at(20, 16, 10)) == Pace(per_hour=6, first_hour=9)
    assert read_pace(at=at(20, 16, 10) + timedelta(days=15)) is None


@pytest.mark.parametrize(
    ("moment", "parcels"),
    [(at(20, 15), 57), (at(20, 7), 285), (at(20, 16, 29), 0), (at(20, 17), 0)],
)
def test_what_is_packed_by_the_posting_follows_from_the_pace(moment: datetime, parcels: int) -> None:
    assert packed_by(HALF_PAST_FOUR, Pace(38, first_hour=9), at=moment) == parcels


def test_who_packs_in_the_evening_may_begin_earlier() -> None:
    assert packed_by(HALF_PAST_FOUR, Pace(10, first_hour=18), at=at(20, 14, 30)) == 20


def test_after_the_last_posting_and_on_days_off_the_next_working_day_is_meant() -> None:
    before, after, saturday = (
        next_posting(HALF_PAST_FOUR, at=each) for each in (at(20, 16, 29), at(20, 16, 30), at(21, 9))
    )
    assert (before.day.day, before.is_today, before.is_missed) == (20, True, False)
    assert (after.day.day, after.is_today, after.is_missed) == (23, False, True)
    assert (saturday.day.day, saturday.is_today, saturday.is_missed) == (23, False, False)


def test_what_would_be_late_if_it_left_a_working_day_later_must_leave(app_context: Flask) -> None:
    make_edition(shelf=1000)
    friday = local_day(NOW)
    in_time_on_monday = days_after(friday, 3)  # Wednesday, with two days of the post
    needed: dict[str, date | None] = {
        "late": friday,
        "last": in_time_on_monday - timedelta(days=1),
        "can wait": in_time_on_monday,
        "no day": None,
    }
    references = {name: make_order(needed_by=day).reference for name, day in needed.items()}
    make_dispatch(make_order(needed_by=friday))
    assert set(search.references(must_leave(friday, post_days=2))) == {references["late"], references["last"]}
    assert search.references(late_anyway(friday, post_days=2)) == [references["late"]]

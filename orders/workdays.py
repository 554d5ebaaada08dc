"""Days on which offices and the post work in Belgium: not at weekends, not on public holidays."""

from datetime import date, timedelta
from functools import cache

A_DAY = timedelta(days=1)
SATURDAY = 5
FIXED_HOLIDAYS = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def days_after(day: date, count: int) -> date:
    """The day that comes `count` working days after `day`; for 0 `day` itself, or the first that is a working day."""
    while count > 0 or not is_working_day(day):
        day += A_DAY
        count -= is_working_day(day)
    return day


def days_between(first: date, last: date) -> int:
    """How many working days lie after `first`, up to and including `last`; 0 when `last` is not later."""
    return sum(is_working_day(first + each * A_DAY) for each in range(1, (last - first).days + 1))


@cache
def holidays(year: int) -> frozenset[date]:
    """The ten public holidays (law of 4 January 1974, royal decree of 18 April 1974)."""
    moving = (easter(year) + days * A_DAY for days in AFTER_EASTER)
    return frozenset({*(date(year, month, day) for month, day in FIXED_HOLIDAYS), *moving})


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of Nature, 20 April 1876)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon = (19 * golden + century - leap_centuries - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    leaps, leap_rest = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * leaps - moon - leap_rest) % 7
    correction = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)

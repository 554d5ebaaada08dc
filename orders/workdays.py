"""Days on which offices and the post work in Belgium: not at weekends, not on public holidays."""

from datetime import date, timedelta
from functools import cache, lru_cache

A_DAY = timedelta(days=1)
SATURDAY = 5
COUNTRY = "BE"


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def days_after(day: date, count: int) -> date:
    """The day that comes `count` working days after `day`; for 0 `day` itself, or the first that is a working day."""
    while count > 0 or not is_working_day(day):
        day += A_DAY
        count -= is_working_day(day)
    return day


@lru_cache(maxsize=10_000)  # thousands of orders were posted on few days
def days_between(first: date, last: date) -> int:
    """How many working days lie after `first`, up to and including `last`; 0 when `last` is not later."""
    return sum(is_working_day(first + each * A_DAY) for each in range(1, (last - first).days + 1))


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Those of a year. Kept here, because the library's own table fills itself while it is read, without a lock."""
    from holidays import country_holidays  # late: 4 MB that no command line needs which plans nothing

    return frozenset(country_holidays(COUNTRY, years=year))

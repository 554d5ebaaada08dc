"""How long copies last: an estimate with a lower and an upper bound.

Pure arithmetic. Demand is what people *asked* for each day; movements would show no demand once stock is out. A curve
gives the share of a season's copies that is asked for by each day, counted from the day for which letters are written
(10 December). What was asked so far, divided by the curve's share so far, is the size of the season.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

A_DAY = timedelta(days=1)

# Per cent of the copies of a season asked for in each week, from 13 weeks before the week that ends with the day to
# write by: most of them in the four weeks before it, schools until February. Ours, until a season is on record.
DEFAULT_WEEKS = (1, 1, 1, 2, 2, 3, 4, 6, 9, 14, 17, 15, 11, 4, 2, 1, 1, 1, 2, 1, 1, 1)
DEFAULT_FIRST = -13 * 7

# How far a season strays from its curve, as a standard deviation of its logarithm: less from one that happened here.
STRAYS_FROM_LAST = 0.20
STRAYS_FROM_DEFAULT = 0.35
ORDERS_COME_IN_CLUSTERS = 3.0  # variance of the copies asked, in orders: one order of a school weighs like many
FOUR_IN_FIVE = 1.2816  # standard deviations on each side that hold four seasons in five

TOO_EARLY = 0.01  # share of a season before which its first orders say nothing of its size


@dataclass(frozen=True, slots=True)
class Curve:
    """Cumulative shares of a season, from 0 to 1, day by day; `first` is counted in days from the day to write by."""

    first: int
    shares: tuple[float, ...]
    is_default: bool = False

    @classmethod
    def of(cls, copies: Mapping[int, int]) -> "Curve":
        """The curve of a season that happened: copies asked by distance in days to its day to write by."""
        first, last, total = min(copies), max(copies), sum(copies.values())
        summed = accumulate(copies.get(offset, 0) for offset in range(first, last + 1))
        return cls(first, tuple(each / total for each in summed))

    @classmethod
    def default(cls) -> "Curve":
        days = [week / 7 for week in DEFAULT_WEEKS for _ in range(7)]
        total = sum(days)
        return cls(DEFAULT_FIRST, tuple(each / total for each in accumulate(days)), is_default=True)

    def share(self, offset: int) -> float:
        """What share of the season is asked for by the end of that day."""
        if offset < self.first:
            return 0.0
        return self.shares[min(offset - self.first, len(self.shares) - 1)]

    @property
    def strays(self) -> float:
        return STRAYS_FROM_DEFAULT if self.is_default else STRAYS_FROM_LAST


@dataclass(frozen=True, slots=True)
class Band:
    """Four times in five it is from `low` to `high`; `likely` lies between them."""

    low: int
    likely: int
    high: int


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of one publication on one day.

    `asked`, `orders`: copies asked for in this edition up to the day, and in how many orders. `shelf`: copies nobody
    holds; `waiting`: copies promised and not there. `deliveries`: copies still expected, by day, from that day on.
    """

    day: date
    write_by: date
    closes_on: date
    asked: int
    orders: int
    shelf: int
    waiting: int
    deliveries: Mapping[date, int]


@dataclass(frozen=True, slots=True)
class ForecastDay:
    """The end of one day: copies on the shelf, and those that come in on it."""

    day: date
    shelf: Band
    delivered: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """`still_asked`: copies that will be asked for until the day to write by. `lacking`: of those and what waits, how
    many neither lie here nor are expected by then. `runs_out`: the first day with nothing left if many, probably, or
    few are asked for; None: not before the edition closes."""

    situation: Situation
    curve: Curve
    days: Sequence[ForecastDay]
    still_asked: Band
    lacking: Band
    runs_out: tuple[date | None, date | None, date | None]

    @property
    def days_left(self) -> tuple[int | None, int | None, int | None]:
        """Days until then, in the order of `runs_out`."""
        early, likely, late = ((day - self.situation.day).days if day else None for day in self.runs_out)
        return early, likely, late

    def runs_out_before(self, day: date) -> bool:
        """Whether copies probably run out before the day to write by."""
        return self.runs_out[1] is not None and self.runs_out[1] < day


def forecast(now: Situation, curve: Curve) -> Forecast | None:
    """What is to come, day by day until the edition closes; None while too little was asked to say anything."""
    share = curve.share((now.day - now.write_by).days)
    if now.asked <= 0 or share < TOO_EARLY:
        return None
    season = now.asked / share
    spread = math.exp(FOUR_IN_FIVE * math.hypot(curve.strays, math.sqrt(ORDERS_COME_IN_CLUSTERS / max(1, now.orders))))
    few, likely, many = (_Scenario(now, curve, season * factor, share) for factor in (1 / spread, 1.0, spread))
    end = max(now.closes_on, now.write_by)
    dates = [now.day + A_DAY * number for number in range((end - now.day).days + 1)]
    days = [
        ForecastDay(
            day,
            Band(many.shelf(day), likely.shelf(day), few.shelf(day)),
            now.deliveries.get(day, 0),
        )
        for day in dates
    ]
    until = max(now.day, now.write_by)
    return Forecast(
        situation=now,
        curve=curve,
        days=days,
        still_asked=Band(few.asked_by(until), likely.asked_by(until), many.asked_by(until)),
        lacking=Band(few.lacking(until), likely.lacking(until), many.lacking(until)),
        runs_out=(many.runs_out(dates), likely.runs_out(dates), few.runs_out(dates)),
    )


class _Scenario:
    """One size of the season, and what it leaves on the shelf."""

    def __init__(self, now: Situation, curve: Curve, season: float, share: float) -> None:
        self.now, self.curve, self.season, self.share = now, curve, season, share

    def asked_by(self, day: date) -> int:
        """Copies that are asked for from tomorrow until the end of that day."""
        more = self.curve.share((day - self.now.write_by).days) - self.share
        return round(self.season * max(0.0, more))

    def left(self, day: date) -> int:
        """Copies at the end of that day, below 0 where some are lacking."""
        delivered = sum(copies for on, copies in self.now.deliveries.items() if on <= day)
        return self.now.shelf - self.now.waiting + delivered - self.asked_by(day)

    def shelf(self, day: date) -> int:
        return max(0, self.left(day))

    def lacking(self, day: date) -> int:
        return max(0, -self.left(day))

    def runs_out(self, days: Iterable[date]) -> date | None:
        return next((day for day in days if self.left(day) <= 0), None)


def reprint(lacking: int, bundle_size: int) -> int:
    """What to order so that so many do not lack: whole bundles, rounded up as people order, to hundreds from 500 on."""
    if lacking <= 0:
        return 0
    step = math.lcm(bundle_size, 100) if lacking >= 500 and 100 % bundle_size == 0 else bundle_size
    return -(-lacking // step) * step

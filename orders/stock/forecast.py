"""How long copies last: an estimate with a lower and an upper bound.

Pure arithmetic. Demand is what people *asked* for each day; movements would show no demand once stock is out. `demand`
estimates how many more copies will be asked for; this module compares that with the shelf and the expected deliveries.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from orders.stock.demand import A_DAY, Asked, Demand
from orders.stock.demand_shapes import Curve

# No more is asked in so many of all cases: if few are, probably, in more than four of five, if many are. A reprint is
# to suffice in four of five at every stage of a season, and the model itself errs by a few per cent.
CASES = (0.1, 0.5, 0.88, 0.9)
FIRST_DAYS = 3  # of a season, after which something can be said
HUNDREDS_FROM = 500  # copies, from which people order in hundreds


@dataclass(frozen=True, slots=True)
class Band:
    """Four times in five it is from `low` to `high`; `likely` lies between them."""

    low: int
    likely: int
    high: int


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of one publication on one day.

    `shelf`: copies nobody holds; `waiting`: copies promised and not there. `deliveries`: copies still expected, by
    day, from that day on.
    """

    asked: Asked
    shelf: int
    waiting: int
    deliveries: Mapping[date, int]

    @property
    def day(self) -> date:
        return self.asked.day

    @property
    def write_by(self) -> date:
        return self.asked.write_by


@dataclass(frozen=True, slots=True)
class ForecastDay:
    """The end of one day: copies on the shelf, and those that come in on it."""

    day: date
    shelf: Band
    delivered: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """`still_asked`: copies that will be asked for until the day to write by. `lacking`: of those and what waits, how
    many neither lie here nor are expected by then; `to_reprint`: as many as lack in no more than one case in five.
    `runs_out`: the first day with nothing left if many, probably, or few are asked for; None: not before the edition
    closes."""

    situation: Situation
    days: Sequence[ForecastDay]
    still_asked: Band
    lacking: Band
    to_reprint: int
    runs_out: tuple[date | None, date | None, date | None]

    @property
    def days_left(self) -> tuple[int | None, int | None, int | None]:
        """Days until then, in the order of `runs_out`."""
        early, likely, late = ((day - self.situation.day).days if day else None for day in self.runs_out)
        return early, likely, late

    def runs_out_before(self, day: date) -> bool:
        """Whether copies probably run out before the day to write by."""
        return self.runs_out[1] is not None and self.runs_out[1] < day


def forecast(now: Situation, before: Curve | None = None) -> Forecast | None:
    """What is to come, day by day until the edition closes; None while too little was asked to say anything.

    `before`: how the last season went.
    """
    if now.asked.total <= 0 or now.asked.days < FIRST_DAYS:
        return None
    demand = Demand(now.asked, before)
    days = [now.day + A_DAY * number for number in range(max(0, (now.asked.ends_on - now.day).days) + 1)]
    asked = [demand.until(day, CASES) for day in days]
    few, likely, enough, many = (_Case(now, days, copies) for copies in zip(*asked, strict=True))
    until = max(now.day, now.write_by)
    return Forecast(
        situation=now,
        days=[
            ForecastDay(day, Band(many.shelf(day), likely.shelf(day), few.shelf(day)), now.deliveries.get(day, 0))
            for day in days
        ],
        still_asked=Band(few.asked_by(until), likely.asked_by(until), many.asked_by(until)),
        lacking=Band(few.lacking(until), likely.lacking(until), many.lacking(until)),
        to_reprint=enough.lacking(until),
        runs_out=(many.runs_out(), likely.runs_out(), few.runs_out()),
    )


class _Case:
    """So many copies asked for by the end of each day, and what they leave on the shelf."""

    def __init__(self, now: Situation, days: Sequence[date], asked: Iterable[int]) -> None:
        self.now = now
        self.asked = dict(zip(days, accumulate(asked, max), strict=True))

    def asked_by(self, day: date) -> int:
        return self.asked.get(day, max(self.asked.values()))

    def left(self, day: date) -> int:
        """Copies at the end of that day, below 0 where some are lacking."""
        delivered = sum(copies for on, copies in self.now.deliveries.items() if on <= day)
        return self.now.shelf - self.now.waiting + delivered - self.asked_by(day)

    def shelf(self, day: date) -> int:
        return max(0, self.left(day))

    def lacking(self, day: date) -> int:
        return max(0, -self.left(day))

    def runs_out(self) -> date | None:
        return next((day for day in self.asked if self.left(day) <= 0), None)


def reprint(lacking: int, bundle_size: int) -> int:
    """What to order so that so many do not lack: whole bundles, and round hundreds from 500 copies on."""
    if lacking <= 0:
        return 0
    is_round = lacking >= HUNDREDS_FROM and 100 % bundle_size == 0
    step = math.lcm(bundle_size, 100) if is_round else bundle_size
    return -(-lacking // step) * step

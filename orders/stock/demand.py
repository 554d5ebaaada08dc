"""What is still to be asked for in a season: plausible shapes, weighed by how they fit what came so far.

Each shape is scaled to the last weeks and says how many more copies are asked for until a day. How far its past is from
what really came tells how much its future counts. Over many seasons the truth then lies between the 10th and the 90th
per cent four times in five: `tests/bench/forecast_bench.py` measures it, and that is where the constants are from.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from operator import mul

from orders.clock import BRUSSELS
from orders.stock.demand_shapes import Curve, shapes

A_DAY = timedelta(days=1)
A_WEEK = 7
FIRST_HOUR, LAST_HOUR = 7, 22  # between which people order
FURTHEST = timedelta(days=150)  # from the day to write by; schools order for weeks after it

LUMPS = 2.7  # orders are of different sizes: the variance of the copies asked, in average orders
UNREST = 0.23  # standard deviation of a week's demand, as a share of it
FORGOTTEN = 0.6  # what a week counts for beside the week after it

# Standard deviations of the logarithm of what is to come, beside the choice of the shape.
STRAYS = 0.32  # where no last season is known
STRAYS_SOON = 0.56  # tomorrow; less the more days are added up
STRAYS_AFTER_A_WEEK = 0.3  # less the more weeks are known
STRAYS_FAR = 0.3  # more the longer what is asked about is, compared with what is known


def part_of_day(at: datetime) -> float:
    """What part of a day's orders have come by that moment: as good as all of them come from 7 to 22 hours."""
    local = at.astimezone(BRUSSELS)
    return min(1.0, max(0.0, (local.hour + local.minute / 60 - FIRST_HOUR) / (LAST_HOUR - FIRST_HOUR)))


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for in an edition until now: copies by day, in so many orders.

    Of `day` itself only a `part_of_day` is over, as far as orders go.
    """

    day: date
    opens_on: date
    write_by: date
    closes_on: date
    copies: Mapping[date, int]
    orders: int
    part_of_day: float = 1.0

    @property
    def per_order(self) -> float:
        return sum(self.copies.values()) / max(1, self.orders)

    @property
    def since_opening(self) -> list[tuple[date, int]]:
        """Copies by day, in order. What staff typed in or imported before the opening says nothing of the pace."""
        first, last = max(self.opens_on, self.write_by - FURTHEST), min(self.day, self.ends_on)
        return sorted((on, copies) for on, copies in self.copies.items() if first <= on <= last)

    @property
    def total(self) -> int:
        return sum(copies for _, copies in self.since_opening)

    @property
    def begins_on(self) -> date:
        """The opening, or, if it is later, the day on which the first hundredth of what was asked had come."""
        total, sofar = self.total, 0
        for day, copies in self.since_opening:
            sofar += copies
            if 100 * sofar >= total:
                return day
        return self.opens_on

    @property
    def ends_on(self) -> date:
        """The last day on which somebody asks, as far as we look."""
        return min(self.closes_on, self.write_by + FURTHEST)

    @property
    def days(self) -> float:
        """Since it begins, with the part of the present day that is over."""
        return (min(self.day, self.ends_on) - self.begins_on).days + self.part_of_day

    def by_day(self) -> list[int]:
        """Copies for each day since it begins."""
        begins_on = self.begins_on
        found = [0] * ((min(self.day, self.ends_on) - begins_on).days + 1)
        for on, copies in self.since_opening:
            if on >= begins_on:
                found[(on - begins_on).days] = copies
        return found


class Demand:
    """The copies that are still to be asked for."""

    def __init__(self, asked: Asked, before: Curve | None) -> None:
        """Expects that a day or more is known. `before`: how last season went."""
        self._begins_on, self._ends_on = asked.begins_on, asked.ends_on
        self._known = asked.days
        self._lump = LUMPS * asked.per_order
        first, last = ((day - asked.write_by).days for day in (self._begins_on, self._ends_on))
        self._shapes = shapes(first, last, self._begins_on.weekday(), before)
        self._has_last = before is not None
        self._weigh(asked.by_day())

    def _weigh(self, by_day: Sequence[int]) -> None:
        """Scale each shape to what came, and tell how likely it is."""
        ends = [*range(len(by_day), 0, -A_WEEK), 0]  # of weeks, the present one first
        came = _differences([sum(by_day[:end]) for end in ends])
        counts = [FORGOTTEN**age for age in range(len(came))]
        recent = _sum_product(counts, came)
        level = 0 if self._has_last else STRAYS
        self._strays = level**2 + STRAYS_AFTER_A_WEEK**2 * A_WEEK / self._known + self._lump / max(1, recent)
        self._scales, misfits = [], []
        for shape in self._shapes:
            plain = _differences([_between(shape.asked, self._known), *(shape.asked[end] for end in ends[1:])])
            scale = recent / _sum_product(counts, plain)
            self._scales.append(scale)
            misfits.append(
                _sum_product(
                    counts, [self._misfit(*each) for each in zip(came, [scale * one for one in plain], strict=True)]
                )
            )
        least = min(misfits)
        self._weights = [math.exp((least - each) / 2) for each in misfits]

    def _misfit(self, came: float, expected: float) -> float:
        """How far it is from what was expected, in variances."""
        return (came - expected) ** 2 / (self._lump * expected + (UNREST * expected) ** 2)

    def _strays_until(self, ahead: float) -> float:
        """How far what is asked in so many days may stray from its shape."""
        soon = STRAYS_SOON**2 * A_WEEK / (A_WEEK - 1 + ahead)
        far = STRAYS_FAR**2 * math.log1p(ahead / self._known)
        return math.sqrt(self._strays + soon + far)

    def until(self, day: date, shares: Sequence[float]) -> list[int]:
        """How many more copies are asked for by the end of that day in so many of all cases (shares in order)."""
        days = (min(day, self._ends_on) - self._begins_on).days + 1
        ahead = days - self._known
        if ahead <= 0:
            return [0] * len(shares)
        strays = self._strays_until(ahead)
        copies = []
        for shape, scale in zip(self._shapes, self._scales, strict=True):
            likely = scale * (shape.asked[days] - _between(shape.asked, self._known))
            lumps = math.sqrt(self._lump * likely) * shape.lumps
            copies.append(max(0.0, likely * math.exp(strays * shape.level) + lumps))
        return _quantiles(copies, self._weights, shares)


def _between(values: Sequence[float], place: float) -> float:
    """The value at a place that may lie between two of them."""
    before = int(place)
    part = place - before
    return values[before] + part * (values[before + 1] - values[before]) if part else values[before]


def _differences(values: Sequence[float]) -> list[float]:
    """By how much each is more than the next."""
    return [more - less for more, less in pairwise(values)]


def _sum_product(first: Sequence[float], second: Sequence[float]) -> float:
    return sum(map(mul, first, second))


def _quantiles(values: Sequence[float], weights: Sequence[float], shares: Sequence[float]) -> list[int]:
    """The smallest values that so large shares of the weights do not exceed."""
    total = sum(weights)
    found: list[int] = []
    reached = 0.0
    for value, weight in sorted(zip(values, weights, strict=True)):
        reached += weight
        while len(found) < len(shares) and reached >= shares[len(found)] * total * (1 - 1e-9):
            found.append(round(value))
    return found

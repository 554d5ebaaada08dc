"""How demand may spread over a season: plausible shapes, from the opening until the edition closes.

A shape says on which days copies are asked for, not how many in all. Nobody knows the shape of a season before it is
over, so `demand` weighs many of them by how well each fits what came so far. A Halton sequence stands in for chance:
it covers all that is plausible evenly, and a page that is loaded twice says the same.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from statistics import NormalDist

A_WEEK = 7
NUMBER = 160  # of shapes
PRIMES = (2, 3, 5, 7, 11, 13, 17)

ON_A_WEEKEND = 0.52  # of what is asked on a working day
AUTUMN_HOLIDAYS = (-51, -38)  # a fortnight without school, about All Saints: days from the day to write by
QUIETEST_HOLIDAYS = 0.45  # of what would be asked without them; in other shapes more, up to all of it
EARLIEST_PEAK, LIKELY_PEAK, LATEST_PEAK = -54, -14, 9  # days from the day to write by
RISE = (5.3, 160)  # days in which demand grows by the factor e before its peak
FALL = (1, 256)  # days in which it falls by the factor e after it
FALL_SLOW = (
    0.08  # days that the quickest fall takes longer, for each day that the peak comes before the day to write by
)
BACKGROUND = 0.016  # of the peak: what is asked in the quietest weeks
AFTER_THE_DAY = 0.74  # of the demand goes on once the day to write by is over
BIGGEST_LAUNCH = 1.56  # of an average day: what a mailing at the opening adds to its first day
USUAL_SEASON = 60  # days until the day to write by
PENT_UP = 2  # times the launch, that a season adds to it which is shorter than that, in the share that is missing
LAUNCH_DAYS = 3.1  # until its echo is a third of that

UNLIKE = 62  # shapes that are not like last season's
LAST_SHIFT = 4  # days by which this season may be earlier or later than the last
LAST_TILT = (-0.01, 0.015)  # by which this season may grow slower or faster than the last, each day


@dataclass(frozen=True, slots=True)
class Curve:
    """Cumulative shares of a season that happened, day by day; `first` is counted from its day to write by."""

    first: int
    shares: tuple[float, ...]

    @classmethod
    def of(cls, copies: Mapping[int, int]) -> "Curve":
        """From copies asked by distance in days to the day to write by."""
        first, last, total = min(copies), max(copies), sum(copies.values())
        summed = accumulate(copies.get(offset, 0) for offset in range(first, last + 1))
        return cls(first, tuple(each / total for each in summed))

    @property
    def begins(self) -> int:
        """The day on which the first hundredth had come."""
        return self.first + next(place for place, share in enumerate(self.shares) if share >= 0.01)

    def share(self, offset: float) -> float:
        """What share of the season was asked for by the end of that day."""
        place = offset - self.first
        if place < 0:
            return 0.0
        return self.shares[min(round(place), len(self.shares) - 1)]

    def pace(self, offset: float) -> float:
        """The share asked on an average day of the week around that day."""
        return (self.share(offset + 3) - self.share(offset - 4)) / 7


@dataclass(frozen=True, slots=True)
class Shape:
    """`asked[n]` is asked by the end of `n` days since the opening, in no unit: only proportions count.

    `level`, `lumps`: standard normal draws, for how far a season with this shape strays from it.
    """

    asked: Sequence[float]
    level: float
    lumps: float


@lru_cache(maxsize=16)
def shapes(first: int, last: int, weekday: int, before: Curve | None) -> Sequence[Shape]:
    """Shapes of a season from `first` to `last`, in days from the day to write by; it opens on that `weekday`.

    `before`: how the last season went. Most of the shapes then are like it.
    """
    offsets = range(first, last + 1)
    weekend = [ON_A_WEEKEND if (weekday + number) % 7 >= 5 else 1.0 for number in range(len(offsets))]
    found = []
    for number in range(1, NUMBER + 1):
        draw = [_halton(number, prime) for prime in PRIMES]
        plain = _like(before, draw, offsets) if before and number > UNLIKE else _peak(draw, offsets)
        launch = _launch(draw[3], plain[: max(1, -first)])
        asked = (day * (pull + next(launch)) for day, pull in zip(weekend, plain, strict=True))
        level, lumps = (NormalDist().inv_cdf(each) for each in draw[4:6])
        found.append(Shape((0.0, *accumulate(asked)), level, lumps))
    return found


def _peak(draw: Sequence[float], offsets: range) -> list[float]:
    """Demand that rises to a peak and falls after it, each quickly or slowly."""
    earliest = max(offsets[0], EARLIEST_PEAK)
    latest = max(LATEST_PEAK, earliest + 2 * A_WEEK)
    peak = _triangular(earliest, max(LIKELY_PEAK, earliest), latest, draw[0])
    rise = _spread(RISE, draw[1])
    fall = _spread((FALL[0] + FALL_SLOW * max(0, -peak), FALL[1]), draw[2])
    quiet = QUIETEST_HOLIDAYS + (1 - QUIETEST_HOLIDAYS) * draw[6]
    first_free, last_free = AUTUMN_HOLIDAYS
    return [
        (BACKGROUND + math.exp(-abs(offset - peak) / (rise if offset < peak else fall)))
        * (AFTER_THE_DAY if offset > 0 else quiet if first_free <= offset <= last_free else 1)
        for offset in offsets
    ]


def _spread(bounds: tuple[float, float], draw: float) -> float:
    """Between two bounds, by the logarithm, more often in the middle."""
    least, most = map(math.log, bounds)
    return math.exp(_triangular(least, (least + most) / 2, most, draw))


def _like(before: Curve, draw: Sequence[float], offsets: range) -> list[float]:
    """Demand as it was last season: on the same days or at the same part of the season, or between; a bit faster."""
    shift = LAST_SHIFT * (2 * draw[0] - 1)
    tilt = LAST_TILT[0] + (LAST_TILT[1] - LAST_TILT[0]) * draw[1]
    longer = min(3.0, max(1 / 3, before.begins / min(offsets[0], -A_WEEK)))
    stretch = 1 + draw[2] * (longer - 1)
    floor = BACKGROUND * max(before.pace(offset) for offset in range(before.first, 1))
    return [
        (floor + before.pace((min(offset, 0) * stretch + max(offset, 0)) + shift)) * math.exp(tilt * offset)
        for offset in offsets
    ]


def _launch(draw: float, until_the_day: Sequence[float]) -> Iterator[float]:
    """What a mailing at the opening adds, day by day; in a third of the shapes there is none.

    Who opens late meets people who have waited for it.
    """
    length = len(until_the_day)
    late = max(0.0, 1 - length / USUAL_SEASON)
    strength = BIGGEST_LAUNCH * (1 + PENT_UP * late) * sum(until_the_day) / length * max(0.0, 1.5 * draw - 0.5)
    day = 0
    while True:
        yield strength * math.exp(-day / LAUNCH_DAYS)
        day += 1


def _triangular(least: float, mode: float, most: float, draw: float) -> float:
    """A value from the triangular distribution, which is the likelier the nearer it is to the mode."""
    part = (mode - least) / (most - least)
    if draw < part:
        return least + math.sqrt(draw * part) * (most - least)
    return most - math.sqrt((1 - draw) * (1 - part)) * (most - least)


def _halton(number: int, base: int) -> float:
    """The digits of a number in a base, mirrored at the point: evenly between 0 and 1 for the numbers from 1 on."""
    value, digit = 0.0, 1 / base
    while number:
        number, rest = divmod(number, base)
        value += rest * digit
        digit /= base
    return value

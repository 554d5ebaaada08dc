"""How often the forecast was right: `python -m tests.bench.forecast_bench`. Exit status 1 when a bound is missed.

Made-up seasons (`seasons`, which shares nothing with the forecaster) are told day by day, as the office would see them.
The truth should lie in the band that is said to hold "four times in five", and the reprint that is advised should do.
On each day the share may be as far out of bounds as chance explains with so many seasons: two standard deviations.
"""

import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product

from orders.stock.demand import Asked, Demand
from orders.stock.demand_shapes import Curve
from orders.stock.forecast import CASES
from tests.bench.seasons import A_DAY, Habits, Season, draw_habits, draw_season

OPENINGS = [date(2026, month, day) for month in (9, 10) for day in (1, 15)] + [date(2026, 11, 1), date(2026, 11, 15)]
SEASONS = 300
FIRST_WEEK = 7  # days; from then on the bounds hold at every day
COVERED = (0.75, 0.90)
SUFFICES = 0.80
DEVIATIONS = 2
AHEAD = (7, 14)  # days, for which bands are shown as well
MOVED = ((3, 0.7), (30, 1.0))  # days by which last year's opening differed, in so many of all seasons
EARLIEST, LATEST = (8, 25), (11, 18)  # openings of last year


@dataclass(slots=True)
class Tally:
    """Of seasons seen on one day: those told, those with the truth in the band, those in which the reprint did."""

    told: int = 0
    inside: int = 0
    enough: int = 0
    ahead: Counter[int] = field(default_factory=Counter)

    @property
    def covered(self) -> float:
        return self.inside / self.told

    @property
    def suffices(self) -> float:
        return self.enough / self.told


def draw(opens_on: date, number: int, *, with_last: bool) -> tuple[Season, Curve | None]:
    """A season and, if it has one, the curve of the season before it in the same house."""
    pick = random.Random(f"{opens_on} {number} {with_last}")
    habits = draw_habits(pick)
    if not with_last:
        return draw_season(habits, opens_on, pick), None
    last = _last_year(habits, opens_on, pick)
    return draw_season(habits.next_year(pick), opens_on, pick), last


def _last_year(habits: Habits, opens_on: date, pick: random.Random) -> Curve:
    most = next(days for days, share in MOVED if pick.random() < share)
    day = date(opens_on.year - 1, opens_on.month, opens_on.day) + timedelta(days=pick.randint(-most, most))
    first, last = (date(opens_on.year - 1, *each) for each in (EARLIEST, LATEST))
    season = draw_season(habits, min(max(day, first), last), pick)
    return Curve.of({(on - season.write_by).days: copies for on, copies in season.asked.items()})


def seen_on(season: Season, day: date) -> Asked:
    """What the office knows at the end of that day."""
    orders = sum(number for on, number in season.orders.items() if on <= day)
    copies = {on: number for on, number in season.asked.items() if on <= day}
    return Asked(day, season.opens_on, season.write_by, season.closes_on, copies, orders)


def follow(season: Season, before: Curve | None, tallies: Mapping[int, Tally]) -> None:
    """Tell a season on each day from its first week until the day before the day to write by."""
    for known in range(FIRST_WEEK, (season.write_by - season.opens_on).days + 1):
        day = season.opens_on + A_DAY * (known - 1)
        seen = seen_on(season, day)
        if seen.total:
            demand = Demand(seen, before)
            _compare(season, demand, day, tallies[known])
            if known % FIRST_WEEK == 0:
                _compare_soon(season, demand, day, tallies[known])


def _compare(season: Season, demand: Demand, day: date, tally: Tally) -> None:
    low, _, enough, high = demand.until(season.write_by, CASES)
    truth = season.asked_between(day + A_DAY, season.write_by)
    tally.told += 1
    tally.inside += low <= truth <= high
    tally.enough += truth <= enough


def _compare_soon(season: Season, demand: Demand, day: date, tally: Tally) -> None:
    for days in AHEAD:
        until = day + A_DAY * days
        low, _, _, high = demand.until(until, CASES)
        tally.ahead[days] += low <= season.asked_between(day + A_DAY, until) <= high


def measure(opens_on: date, with_last: bool, seasons: int = SEASONS) -> dict[int, Tally]:
    """For each number of days that are known."""
    tallies: defaultdict[int, Tally] = defaultdict(Tally)
    for number in range(seasons):
        follow(*draw(opens_on, number, with_last=with_last), tallies)
    return dict(sorted(tallies.items()))


def rows(tallies: Mapping[int, Tally]) -> Iterator[str]:
    """The extremes of all days, then the days a week apart."""
    yield f"band {_extremes([each.covered for each in tallies.values()])}"
    yield f"reprint suffices {_extremes([each.suffices for each in tallies.values()])}"
    weekly = {known: tally for known, tally in tallies.items() if known % FIRST_WEEK == 0}
    for days in AHEAD:
        yield f"{days} days ahead {_extremes([each.ahead[days] / each.told for each in weekly.values()])}"
    weeks = (f"{known}:{tally.covered:.0%}/{tally.suffices:.0%}" for known, tally in weekly.items())
    yield "days known:band/reprint " + " ".join(weeks)


def _extremes(shares: Sequence[float]) -> str:
    return f"{min(shares):.1%} to {max(shares):.1%}, {sum(shares) / len(shares):.1%} on average"


def holds(tallies: Mapping[int, Tally]) -> bool:
    """On each day as nearly as chance lets one see it, and on the average of all days exactly."""
    least, most = COVERED
    days = tallies.values()
    average = sum(each.covered for each in days) / len(days)
    return least <= average <= most and all(
        least - _by_chance(least, day) <= day.covered <= most + _by_chance(most, day)
        and day.suffices >= SUFFICES - _by_chance(SUFFICES, day)
        for day in days
    )


def _by_chance(share: float, day: Tally) -> float:
    return DEVIATIONS * math.sqrt(share * (1 - share) / day.told)


def main() -> int:
    """Measure every opening with and without last year; the exit status."""
    cases = list(product(OPENINGS, (False, True)))
    held = []
    with ProcessPoolExecutor(2) as workers:
        for (opens_on, with_last), tallies in zip(cases, workers.map(measure, *zip(*cases, strict=True)), strict=True):
            held.append(holds(tallies))
            last_year = "with" if with_last else "without"
            verdict = "ok  " if held[-1] else "MISS"
            sys.stdout.write(f"{verdict} the forecast, opened {opens_on:%d.%m}, {last_year} last year\n")
            sys.stdout.writelines(f"     {row}\n" for row in rows(tallies))
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())

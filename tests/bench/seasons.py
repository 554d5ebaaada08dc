"""Seasons as they may come: made up to try the forecast, by rules that the forecast does not know.

A season is drawn from the `Habits` of a house: when people think of ordering, how many schools are among them, how
quiet weekends are. On top come what no forecast can know: mailings, schools that order in bursts, weeks and days that
are better or worse than others. Two seasons of the same habits are last year and this one.
"""

import math
import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

A_DAY = timedelta(days=1)
AUTUMN_HOLIDAYS = ((10, 19), (11, 1)), ((10, 19), (11, 1)), ((10, 26), (11, 8)), ((10, 26), (11, 1))  # by community
FEASTS = (11, 1), (11, 11), (12, 25), (1, 1)

Pull = Callable[[int, float], float]  # by days to 10 December and by the share of the time from the opening until then


@dataclass(frozen=True, slots=True)
class Season:
    """Copies and orders by day, from the opening to the closing day."""

    opens_on: date
    write_by: date
    closes_on: date
    asked: Mapping[date, int]
    orders: Mapping[date, int]

    def asked_between(self, first: date, last: date) -> int:
        """Copies asked from one day to another, both included."""
        return sum(copies for day, copies in self.asked.items() if first <= day <= last)


@dataclass(frozen=True, slots=True)
class Habits:
    """What the seasons of one house have in common. `numbers`: what the pull is made of, each by its kind."""

    kind: str
    numbers: tuple[float, ...]
    orders: float
    schools: float
    school_copies: float
    on_a_weekend: float
    holidays: tuple[tuple[int, int], tuple[int, int]]
    in_the_holidays: float
    pent_up: float
    after: float
    unrest: float

    def next_year(self, pick: random.Random) -> "Habits":
        """The year after: nearly the same people, more or fewer of them."""
        return replace(
            self,
            numbers=tuple(number * math.exp(pick.gauss(0, 0.12)) for number in self.numbers),
            orders=self.orders * math.exp(pick.gauss(0, 0.4)),
            schools=min(0.6, self.schools * math.exp(pick.gauss(0, 0.15))),
        )


KINDS: Mapping[str, Callable[[random.Random], tuple[float, ...]]] = {
    # people think of the tenth of December: the day of the peak before it, how slowly it rises and falls
    "calendar": lambda pick: (pick.uniform(8, 32), pick.uniform(8, 24), pick.uniform(5, 14)),
    # people think of it because we opened: where between opening and the day the peak is, how sharp it is
    "opening": lambda pick: (pick.uniform(0.2, 0.85), pick.uniform(0.7, 4)),
    # nobody hurries, or all of them more and more
    "steady": lambda pick: (pick.uniform(0.3, 4),),
    # schools first, families in the last days
    "waves": lambda pick: (pick.uniform(22, 45), pick.uniform(4, 16), pick.uniform(4, 9), pick.uniform(0.4, 2)),
}


def draw_habits(pick: random.Random) -> Habits:
    kind = pick.choice(["calendar", "calendar", "opening", "steady", "waves"])
    return Habits(
        kind=kind,
        numbers=KINDS[kind](pick),
        orders=min(6000.0, max(200.0, pick.lognormvariate(math.log(1200), 0.8))),
        schools=pick.uniform(0.1, 0.4),
        school_copies=pick.uniform(12, 35),
        on_a_weekend=pick.uniform(0.2, 0.8),
        holidays=pick.choice(AUTUMN_HOLIDAYS),
        in_the_holidays=pick.uniform(0.4, 1),
        pent_up=pick.uniform(0, 0.6),
        after=pick.uniform(5, 25),
        unrest=pick.uniform(0.5, 1.5),
    )


def draw_season(habits: Habits, opens_on: date, pick: random.Random) -> Season:
    write_by = date(opens_on.year, 12, 10)
    closes_on = date(opens_on.year + 1, 1, 31)
    days = [opens_on + A_DAY * number for number in range((closes_on - opens_on).days + 1)]
    pulls = _pulls(habits, days, write_by, pick)
    before = sum(pulls[: (write_by - opens_on).days + 1])
    asked, orders = Counter[date](), Counter[date]()
    for day, pull in zip(days, pulls, strict=True):
        for _ in range(_poisson(habits.orders * pull / before, pick)):
            asked[day] += _copies(habits, day, pick)
            orders[day] += 1
    _bursts(habits, days, asked, orders, pick)
    return Season(opens_on, write_by, closes_on, asked, orders)


def _pulls(habits: Habits, days: list[date], write_by: date, pick: random.Random) -> list[float]:
    """How strongly each day of a season draws orders, compared with its other days."""
    length = max(1, (write_by - days[0]).days)
    offsets = [(day - write_by).days for day in days]
    plain = [_plain(habits, offset, 1 + offset / length) for offset in offsets]
    mean = sum(plain[:length]) / length
    missed = sum(_plain(habits, offset, 0.0) for offset in range(-110, offsets[0])) if habits.kind == "calendar" else 0
    for number in range(min(15, length)):
        plain[number] += habits.pent_up * missed * math.exp(-number / 3) / 3.5
    launch = pick.choice([0.0, 1.0]) * pick.uniform(0.3, 3)
    mailings = [(0, launch)] + [(pick.randrange(length), pick.uniform(0.3, 2)) for _ in range(pick.randrange(4))]
    for first, strength in mailings:
        for number in range(10):
            plain[first + number] += strength * mean * math.exp(-number / 2.5)
    week = pick.gauss(0, 0.2 * habits.unrest)
    pulls = []
    for day, pull in zip(days, plain, strict=True):
        if day.weekday() == 0:
            week = 0.6 * week + pick.gauss(0, 0.15 * habits.unrest)
        if day.weekday() >= 5 or (day.month, day.day) in FEASTS:
            pull *= habits.on_a_weekend
        if habits.holidays[0] <= (day.month, day.day) <= habits.holidays[1]:
            pull *= habits.in_the_holidays
        pulls.append(pull * math.exp(week + pick.gauss(0, 0.2 * habits.unrest)))
    return pulls


def _plain(habits: Habits, offset: int, passed: float) -> float:
    """The pull without anything by chance; after the tenth of December it dies away."""
    pull = _PULLS[habits.kind](habits.numbers, min(offset, 0), min(passed, 1.0))
    return pull * math.exp(-max(0, offset) / habits.after) * (0.5 if offset > 0 else 1)


def _calendar(numbers: tuple[float, ...], offset: int, _passed: float) -> float:
    peak, rise, fall = numbers
    distance = offset + peak
    return math.exp(-((distance / (rise if distance < 0 else fall)) ** 2) / 2) + 0.04


def _opening(numbers: tuple[float, ...], _offset: int, passed: float) -> float:
    peak, sharpness = min(0.95, numbers[0]), numbers[1]
    return float(((passed + 0.02) / peak * math.exp(1 - (passed + 0.02) / peak)) ** sharpness) + 0.03


def _steady(numbers: tuple[float, ...], _offset: int, passed: float) -> float:
    return 1 + (numbers[0] - 1) * passed


def _waves(numbers: tuple[float, ...], offset: int, _passed: float) -> float:
    first, second, width, ratio = numbers
    waves = (1.0, -first, 1.6 * width), (ratio, -second, width)
    return sum(height * math.exp(-(((offset - day) / days) ** 2) / 2) for height, day, days in waves) + 0.08


_PULLS = {"calendar": _calendar, "opening": _opening, "steady": _steady, "waves": _waves}


def _copies(habits: Habits, day: date, pick: random.Random) -> int:
    schools = habits.schools * (0.4 if day.weekday() >= 5 else 1)
    if pick.random() < schools:
        return min(300, max(5, round(pick.lognormvariate(math.log(habits.school_copies), 0.6))))
    return 1 + int(pick.expovariate(0.8))


def _bursts(habits: Habits, days: list[date], asked: Counter[date], orders: Counter[date], pick: random.Random) -> None:
    """Schools that hear of it from each other, and order on the same day."""
    for _ in range(pick.choice([0, 0, 1, 2, 4])):
        day = days[pick.randrange((date(days[0].year, 12, 10) - days[0]).days)]
        for _ in range(pick.randrange(3, 12)):
            asked[day] += round(pick.lognormvariate(math.log(habits.school_copies), 0.6))
            orders[day] += 1


def _poisson(mean: float, pick: random.Random) -> int:
    if mean > 40:
        return max(0, round(pick.gauss(mean, math.sqrt(mean))))
    number, left = 0, pick.random()
    least = math.exp(-mean)
    while left > least:
        left *= pick.random()
        number += 1
    return number

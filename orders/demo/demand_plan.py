"""Who orders what and when, and how many copies are printed for it: drawn before the first day is simulated."""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from sqlalchemy import func, select

from orders.catalogue.audience_lookup import offered_audiences
from orders.clock import BRUSSELS
from orders.database import db
from orders.demo.random_orders import Draw, Taken, refuse_without_copies
from orders.demo.setup import A_DAY, Scene, scenes
from orders.ordering.models import Order
from orders.ordering.request.order_request import OrderRequest

THIS_SEASON = 55  # orders in a hundred
PEAK = (11, 24)  # month and day around which most orders come
PEAK_DAYS = 16.0
QUIET = 0.12
ON_A_WEEKEND = 0.45
AFTER_TEN_DECEMBER = 0.35
ONCE_MORE = 0.02


@dataclass(frozen=True, slots=True)
class Placing:
    """A request and the moment at which it is placed."""

    at: datetime
    request: OrderRequest


@dataclass(slots=True)
class Day:
    """One day of a season, and what is ordered on it."""

    date: date
    scene: Scene
    placings: list[Placing] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Season:
    """The days of one edition, and the copies asked on all of them, by code and day."""

    scene: Scene
    days: Sequence[Day]
    asked: Mapping[str, Mapping[date, int]]


def plan(count: int, *, seed: int, at: datetime) -> list[Season]:
    """Draw so many orders. The same seed draws the same orders on the same day, if as many were made up before."""
    found = scenes(at=at)
    for scene in found:
        refuse_without_copies(scene.edition.year, scene.edition.publications, offered_audiences())
    before = db.session.scalar(select(func.count()).select_from(Order)) or 0
    taken = _taken()
    seasons, numbered_from = [], before + 1
    for scene, number in zip(found, _shares(count, len(found)), strict=True):
        pick = random.Random(f"{seed} {before} {scene.edition.year}")  # noqa: S311 -- made-up orders, no secrets
        draw = Draw(pick, scene.edition.publications, offered_audiences(), taken)
        seasons.append(_season(scene, number, draw, numbered_from, at))
        numbered_from += number
    return seasons


def _shares(count: int, seasons: int) -> list[int]:
    """How many orders of each season: rather more of this one, of which there is at least one."""
    now = -(-count * THIS_SEASON // 100)
    return [count] if seasons == 1 else [count - now, now]


def _taken() -> Taken:
    rows = db.session.execute(select(Order.address_key, Order.reference)).all()
    return Taken({key for key, _ in rows}, {reference for _, reference in rows})


def _season(scene: Scene, count: int, draw: Draw, numbered_from: int, at: datetime) -> Season:
    days = {each: Day(each, scene) for each in scene.days}
    asked: dict[str, Counter[date]] = defaultdict(Counter)
    new: list[OrderRequest] = []
    for number, moment in enumerate(_moments(scene, count, draw.pick, at), start=numbered_from):
        if new and draw.pick.random() < ONCE_MORE:
            request = draw.draw_follow_up(new.pop(draw.pick.randrange(len(new))))
        else:
            request = draw.draw_order(number, moment.date())
            new.append(request)
        day = moment.astimezone(BRUSSELS).date()
        days[day].placings.append(Placing(moment, request))
        for code, copies in request.copies.items():
            asked[code][day] += copies
    return Season(scene, list(days.values()), asked)


def _moments(scene: Scene, count: int, pick: random.Random, at: datetime) -> list[datetime]:
    """When orders come, the first of them first: at waking hours, and never after `at`."""
    weights = [_weight(day, scene) for day in scene.days]
    drawn = pick.choices(scene.days, weights, k=count)
    return sorted(_moment(day, pick, at) for day in drawn)


def _moment(day: date, pick: random.Random, at: datetime) -> datetime:
    hour = min(22, max(7, round(pick.gauss(14, 4))))
    moment = datetime.combine(day, time(hour, pick.randrange(60), pick.randrange(60)), BRUSSELS).astimezone(UTC)
    if moment < at:
        return moment
    midnight = datetime.combine(day, time(), BRUSSELS).astimezone(UTC)
    return midnight + (at - midnight) * pick.random()


def _weight(day: date, scene: Scene) -> float:
    """How many orders come on a day, compared with others: few before November, most until 10 December."""
    year = scene.edition.year
    peak = date(year, *PEAK)
    weight = QUIET + math.exp(-(((day - peak) / A_DAY / PEAK_DAYS) ** 2) / 2)
    if day > scene.edition.write_by:
        weight *= AFTER_TEN_DECEMBER
    return weight * (ON_A_WEEKEND if day.weekday() >= 5 else 1)

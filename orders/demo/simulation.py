"""A day of a made-up season: the printer's van in the morning, orders all day long, the office in the afternoon."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from orders.clock import BRUSSELS
from orders.demo import dispatching, office_decisions, supply
from orders.demo.demand_plan import Day, Placing, Season
from orders.demo.setup import BY
from orders.demo.supply import Delivery
from orders.mail import outbox
from orders.ordering.allocation import reservations
from orders.ordering.lifecycle import placing
from orders.ordering.models import WhenShort
from orders.ordering.request.order_request import OrderRequest
from orders.workdays import is_working_day

VAN = time(8, 30)
OFFICE = time(15, 0)


@dataclass(frozen=True, slots=True)
class Simulation:
    """All that is to be lived through: the days, and by the year of their edition what the printer brings.

    `last_day`: on which the office works for the last time; what it prepares then stays open.
    """

    days: Sequence[Day]
    deliveries: dict[int, list[Delivery]]
    last_day: date
    seed: int
    now: datetime


def simulation_of(seasons: Sequence[Season], *, seed: int, at: datetime) -> Simulation:
    today = at.astimezone(BRUSSELS).date()
    days = [day for season in seasons for day in season.days]
    return Simulation(
        days=days,
        deliveries={each.scene.edition.year: supply.deliveries(each, today=today) for each in seasons},
        last_day=max((day.date for day in days if is_working_day(day.date)), default=today),
        seed=seed,
        now=at,
    )


def simulate_day(day: Day, life: Simulation, placed: Callable[[], None]) -> None:
    """Live through one day, in the order in which things happen. `placed` is called after each order."""
    year = day.scene.edition.year
    pick = random.Random(f"{life.seed} {day.date} {year}")  # noqa: S311 -- made-up days, no secrets
    supply.order_and_receive(life.deliveries[year], at=_moment(day.date, VAN, life))
    office = _moment(day.date, OFFICE, life)
    _place(day, [each for each in day.placings if each.at <= office], placed)
    if is_working_day(day.date) or day.date == day.scene.last:
        _work(day, life, pick, at=office)
    _place(day, [each for each in day.placings if each.at > office], placed)
    outbox.count_as_sent()


def _work(day: Day, life: Simulation, pick: random.Random, *, at: datetime) -> None:
    """An afternoon in the office."""
    orders = office_decisions.open_orders(day)
    is_last = day.scene.is_over and day.date == day.scene.last
    office_decisions.decide(day, orders, pick, at=at, is_last=is_last)
    dispatching.correct_addresses(orders, pick, at=at)
    if day.date == life.last_day:
        dispatching.prepare(orders, at=at)
    elif day.date < life.last_day:
        dispatching.post(orders, pick, at=at, is_last=is_last)
    dispatching.return_parcels(pick, at=at)
    if is_last:
        office_decisions.settle_season(day, pick, at=at)


def _moment(day: date, hour: time, life: Simulation) -> datetime:
    """That hour of a day, or now, where it has not come yet."""
    return min(datetime.combine(day, hour, BRUSSELS).astimezone(UTC), life.now)


def _place(day: Day, placings: Sequence[Placing], placed: Callable[[], None]) -> None:
    for each in placings:
        placing.place(_possible(day, each.request), at=each.at, by=BY)
        placed()


def _possible(day: Day, request: OrderRequest) -> OrderRequest:
    """The request; where it wants only what is there and nothing is, it waits instead of being refused."""
    if request.when_short is not WhenShort.FEWER:
        return request
    asked = [each.id for each in day.scene.edition.publications if each.code in request.copies]
    return request if any(reservations.free_copies(asked).values()) else replace(request, when_short=WhenShort.SEND)

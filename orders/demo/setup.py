"""What stands before the first made-up order: nothing real, this season's edition, and the one before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from orders.catalogue import edition_lookup
from orders.catalogue.models import Edition
from orders.clock import local_day
from orders.database import db
from orders.errors import Refused
from orders.ordering.models import Order
from orders.packing import first_prices
from orders.staff import journal
from orders.staff.journal import Actor
from orders.stock import publication_accounts

DOOR: Final = "demo"
BY = Actor(DOOR)
LONGEST_SEASON = timedelta(days=150)
A_DAY = timedelta(days=1)


class RealOrdersHere(Refused):
    """Orders that came through another door than the demo's: how many, and the first of them."""

    def __init__(self, count: int, first: Order) -> None:
        super().__init__(count)
        self.count = count
        self.first = first


class NoEditionOpen(Refused):
    """There are editions, but none takes orders on that day."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The days of an edition on which orders are made up. `is_over`: of the season before, which ended well."""

    edition: Edition
    first: date
    last: date
    is_over: bool

    @property
    def days(self) -> list[date]:
        return [self.first + A_DAY * number for number in range((self.last - self.first).days + 1)]


def refuse_real_orders() -> None:
    """Refuse with `RealOrdersHere` where an order is not made up: the ledger could never be rid of the others."""
    real = Order.door != DOOR
    if first := db.session.scalar(select(Order).where(real).order_by(Order.id).limit(1)):
        raise RealOrdersHere(db.session.scalar(select(func.count()).select_from(Order).where(real)) or 0, first)


def prepare_editions(*, at: datetime) -> None:
    """Publish what editions there lack: the one of this season, where there is none at all, and the one before it.

    Refuses with `RealOrdersHere` and `NoEditionOpen`.
    """
    refuse_real_orders()
    today = local_day(at)
    if not edition_lookup.editions():
        _publish(today, at)
        first_prices.fill_in(at=at, by=BY)
    edition = edition_lookup.find_open_edition(today)
    if edition is None:
        raise NoEditionOpen
    if edition.year - 1 not in {each.year for each in edition_lookup.editions()}:
        _publish(date(edition.year - 1, 9, 1), at)


def _publish(day: date, at: datetime) -> None:
    edition = edition_lookup.publish_starter_edition(day)
    for publication in edition.publications:
        publication_accounts.open_accounts(publication)
    journal.record("added", f"edition {edition.year}", at=at, by=BY)


def scenes(*, at: datetime) -> Sequence[Scene]:
    """The season before this one, where it can still be told apart from it, and this one until today."""
    today = local_day(at)
    edition = edition_lookup.find_open_edition(today)
    if edition is None:
        raise NoEditionOpen
    now = Scene(edition, max(edition.opens_on, today - LONGEST_SEASON), today, is_over=False)
    found = [_scene_before(each, now.first) for each in edition_lookup.editions() if each.year == edition.year - 1]
    return [*filter(None, found), now]


def _scene_before(edition: Edition, until: date) -> Scene | None:
    """The days on which an order goes to that edition and to no later one."""
    last = min(edition.closes_on, until - A_DAY)
    scene = Scene(edition, max(edition.opens_on, last - LONGEST_SEASON), last, is_over=True)
    belongs = bool(scene.days) and all(edition_lookup.find_open_edition(day) is edition for day in (scene.first, last))
    return scene if belongs else None

"""A list of orders in its sequence, cut into pages, of which a late one costs no more than the first.

What is known decides how. Few orders are found first and put into their sequence afterwards. Of many, the database
walks along an index: from the last order of the page before, where that is known; else, where orders are counted by
day, from the day on which the page begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, func, select, tuple_

from orders.clock import day_begins
from orders.database import db
from orders.ordering.lookup.filters import Filter
from orders.ordering.lookup.matching_orders import Found, is_counted, kept_filter, matching
from orders.ordering.models import Order, OrderStatus
from orders.ordering.order_counts import orders_by_day
from orders.workdays import A_DAY

T = TypeVar("T")

PER_PAGE = 50
FEW = 2_000  # orders, which are put into a sequence in a moment
AS_IT_SHOULD_GO = (Order.needed_by.is_(None), Order.needed_by, Order.placed_at, Order.id)
NEWEST_FIRST = (Order.placed_at.desc(), Order.id.desc())


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a sequence that one index knows: all orders of a kind, by some columns."""

    kind: tuple[ColumnElement[bool], ...]
    columns: tuple[Any, ...]
    newest_first: bool = False

    def after(self, order: Order) -> ColumnElement[bool]:
        """What stands behind an order of this stretch."""
        values = tuple_(*(getattr(order, column.key) for column in self.columns))
        return tuple_(*self.columns) < values if self.newest_first else tuple_(*self.columns) > values

    def sorted(self, query: Select[Any]) -> Select[Any]:
        columns = [column.desc() if self.newest_first else column for column in self.columns]
        return query.where(*self.kind).order_by(*columns)


ALL_BY_AGE = (Stretch((), (Order.placed_at, Order.id), newest_first=True),)
BY_NEED = (
    Stretch((Order.needed_by.is_not(None),), (Order.needed_by, Order.placed_at, Order.id)),
    Stretch((Order.needed_by.is_(None),), (Order.placed_at, Order.id)),
)


def is_urgent_first(wanted: Filter) -> bool:
    """Whether a list stands in the order in which its orders should go; else the newest stand first."""
    return wanted.status is OrderStatus.READY or wanted.needed_until is not None


def read_page(wanted: Filter, found: Found, page: int, after: Order | None = None) -> Sequence[Order]:
    """One page of the orders that match, of which so many were found; pages count from 1.

    `after`: the last order of the page before, where somebody goes on from there.
    """
    skipped = (page - 1) * PER_PAGE
    if found.is_all and found.total <= FEW:
        return _read_few(wanted, skipped)
    stretches = BY_NEED if is_urgent_first(wanted) else ALL_BY_AGE
    query = matching(wanted)
    if after is not None:
        return walk(query, _behind(stretches, after), PER_PAGE)
    if skipped and stretches is ALL_BY_AGE and is_counted(wanted):
        day, skipped = _day_of(wanted, skipped)
        query = query.where(Order.placed_at < day_begins(day + A_DAY))
    return walk(query, stretches, PER_PAGE, skipped)


def walk(query: Select[T], stretches: Sequence[Stretch], limit: int | None, skipped: int = 0) -> list[T]:
    """So many rows of a query along these stretches, one after the other."""
    rows: list[T] = []
    for stretch in stretches:
        if skipped and (there := _count(query.where(*stretch.kind), skipped)) < skipped:
            skipped -= there
            continue
        left = None if limit is None else limit - len(rows)
        rows += db.session.scalars(stretch.sorted(query).limit(left).offset(skipped or None))
        skipped = 0
        if len(rows) == limit:
            break
    return rows


def _count(query: Select[Any], most: int) -> int:
    some = query.with_only_columns(Order.id).limit(most).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def _read_few(wanted: Filter, skipped: int) -> Sequence[Order]:
    found = matching(wanted, few=True).with_only_columns(Order.id).cte("found").prefix_with("MATERIALIZED")
    sequence = AS_IT_SHOULD_GO if is_urgent_first(wanted) else NEWEST_FIRST
    query = select(Order).join(found, found.c.id == Order.id).order_by(*sequence)
    return db.session.scalars(query.limit(PER_PAGE).offset(skipped)).all()


def _behind(stretches: Sequence[Stretch], order: Order) -> tuple[Stretch, ...]:
    """What of these stretches stands behind an order."""
    place = 1 if len(stretches) > 1 and order.needed_by is None else 0
    begun = stretches[place]
    return replace(begun, kind=(*begun.kind, begun.after(order))), *stretches[place + 1 :]


def _day_of(wanted: Filter, skipped: int) -> tuple[date, int]:
    """The day on which the order behind so many newer ones was placed, and how many of that day are to be skipped."""
    for day, orders in orders_by_day(kept_filter(wanted)):
        if orders > skipped:
            return day, skipped
        skipped -= orders
    return date.min, 0

"""When personal data must go: some months after an edition closed, or was written where no edition has it."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, func, select

from orders.catalogue.models import Edition
from orders.clock import BRUSSELS, local_day
from orders.database import db
from orders.ordering.models import Order, OrderStatus

STILL_OPEN = (OrderStatus.PENDING, OrderStatus.WAITING, OrderStatus.READY, OrderStatus.DISPATCHING)
"""What orders still need their address for. A parcel that came back and that nobody asked for again does not."""


@dataclass(frozen=True, slots=True)
class DueEdition:
    """An edition whose orders must go: so many can, so many are `still_open`, so many are kept (`restricted`)."""

    edition: Edition
    since: date
    orders: int
    still_open: int
    restricted: int


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last one of that month.

    >>> months_after(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def months_before(at: datetime, months: int) -> datetime:
    """The first moment of the day that lies so many months before, in Brussels."""
    day = local_day(at)
    return datetime.combine(months_after(day, -months), time(), BRUSSELS)


def due_on(edition: Edition, months: int) -> date:
    """The first day on which the personal data of an edition must be gone."""
    return months_after(edition.closes_on, months)


def due_editions(*, at: datetime, months: int) -> list[DueEdition]:
    """The editions whose time has come and that still have orders with personal data, the oldest first."""
    editions = db.session.scalars(select(Edition).order_by(Edition.closes_on, Edition.id)).all()
    due = [edition for edition in editions if due_on(edition, months) <= local_day(at)]
    counts = _counts([edition.id for edition in due])
    found = [
        DueEdition(edition, due_on(edition, months), *counts[edition.id]) for edition in due if edition.id in counts
    ]
    return [each for each in found if each.orders or each.still_open or each.restricted]


def may_go() -> ColumnElement[bool]:
    """Whether an order can be erased once it is time: not open any more, not kept on request, and not erased."""
    return Order.erased_at.is_(None) & Order.restricted_at.is_(None) & Order.status.not_in(STILL_OPEN)


def _counts(edition_ids: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    is_restricted, is_open = Order.restricted_at.is_not(None), Order.status.in_(STILL_OPEN)
    rows = db.session.execute(
        select(
            Order.edition_id,
            func.count().filter(may_go()),
            func.count().filter(is_open & ~is_restricted),
            func.count().filter(is_restricted),
        )
        .where(Order.edition_id.in_(edition_ids), Order.erased_at.is_(None))
        .group_by(Order.edition_id)
    )
    return {edition_id: (orders, still_open, kept) for edition_id, orders, still_open, kept in rows}

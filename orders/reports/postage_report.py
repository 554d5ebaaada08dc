"""What the post cost in an edition, as it was noted at closing, and what of it is to be invoiced."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select

from orders.catalogue.models import Edition
from orders.clock import day_begins, local_day
from orders.counts.tables import movement_count
from orders.database import db
from orders.ordering.followup import postage_invoicing
from orders.ordering.followup.postage_invoicing import Period
from orders.ordering.models import OrderLine
from orders.rows.bulk_rows import among
from orders.shipping.models import Dispatch, Parcel, ParcelContent
from orders.stock.models import Reason
from orders.workdays import A_DAY


@dataclass(frozen=True, slots=True)
class PostageFigures:
    """`spent_cents` on `dispatches` that were closed, `unnoted` of them without a cost. To invoice: `due_cents` of
    `due_orders` whose price is known, `unpriced` of those whose price is not; `invoiced_cents` is a part of it."""

    dispatches: int
    unnoted: int
    spent_cents: int
    due_orders: int
    unpriced: int
    due_cents: int
    invoiced_cents: int


def figures(edition: Edition) -> PostageFigures:
    costs = _costs_of_dispatches(edition)
    noted = [cents for cents in costs if cents is not None]
    due = postage_invoicing.total(Period(), edition)
    return PostageFigures(
        len(costs), len(costs) - len(noted), sum(noted), due.orders, due.unpriced, due.cents, due.invoiced_cents
    )


def _costs_of_dispatches(edition: Edition) -> list[int | None]:
    """What was noted of each dispatch that was closed with copies of an edition in it.

    On most days on which copies of the edition left, no others did: what was closed then need not be looked into.
    """
    ids = [each.id for each in edition.publications]
    its_days, others_days = _days_of_posting(ids)
    if not its_days:
        return []
    closed = select(Dispatch.id, Dispatch.closed_at, Dispatch.posted_cents).where(
        Dispatch.closed_at >= day_begins(min(its_days)), Dispatch.closed_at < day_begins(max(its_days) + A_DAY)
    )
    on_its_days = [
        (dispatch_id, cents, day)
        for dispatch_id, closed_at, cents in db.session.execute(closed)
        if closed_at and (day := local_day(closed_at)) in its_days
    ]
    doubtful = [dispatch_id for dispatch_id, _, day in on_its_days if day in others_days]
    without = set(doubtful) - _with_copies_of(ids, doubtful)
    return [cents for dispatch_id, cents, _ in on_its_days if dispatch_id not in without]


def _days_of_posting(publication_ids: Collection[int]) -> tuple[set[date], set[date]]:
    """The days on which copies of these publications left, and those on which copies of others did."""
    is_of_these = movement_count.c.publication_id.in_(publication_ids)
    rows = db.session.execute(
        select(movement_count.c.day, is_of_these)
        .where(movement_count.c.reason == Reason.POSTED.value)
        .group_by(movement_count.c.day, is_of_these)
        .having(func.sum(movement_count.c.movements) > 0)
    )
    days: dict[bool, set[date]] = {True: set(), False: set()}
    for day, is_its_own in rows:
        days[bool(is_its_own)].add(day)
    return days[True], days[False]


def _with_copies_of(publication_ids: Collection[int], dispatch_ids: Collection[int]) -> set[int]:
    """Those of these dispatches in which copies of the publications were posted."""
    inside = (
        exists()
        .where(Parcel.dispatch_id == Dispatch.id, Parcel.posted_at.is_not(None))
        .where(ParcelContent.parcel_id == Parcel.id, OrderLine.id == ParcelContent.order_line_id)
        .where(OrderLine.publication_id.in_(publication_ids))
    )
    found = select(Dispatch.id).where(among(Dispatch.id, dispatch_ids), inside)
    return set(db.session.scalars(found)) if dispatch_ids else set()

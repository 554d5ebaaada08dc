"""What the post cost in an edition, as it was noted at closing, and what of it is to be invoiced."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, false, func, select

from orders.catalogue.models import Edition
from orders.clock import day_begins
from orders.counts.tables import movement_count
from orders.database import db
from orders.ordering.followup import postage_invoicing
from orders.ordering.followup.postage_invoicing import Period
from orders.ordering.models import OrderLine
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
    dispatches, noted, spent = db.session.execute(
        select(func.count(Dispatch.id), func.count(Dispatch.posted_cents), func.sum(Dispatch.posted_cents)).where(
            *_were_posted(edition)
        )
    ).one()
    due = postage_invoicing.total(Period(), edition)
    return PostageFigures(
        dispatches, dispatches - noted, int(spent or 0), due.orders, due.unpriced, due.cents, due.invoiced_cents
    )


def _were_posted(edition: Edition) -> list[ColumnElement[bool]]:
    """Dispatches that were closed with copies of an edition in them: on one of the days on which such copies left."""
    ids = [each.id for each in edition.publications]
    left = (movement_count.c.publication_id.in_(ids), movement_count.c.reason == Reason.POSTED.value)
    first, last = db.session.execute(
        select(func.min(movement_count.c.day), func.max(movement_count.c.day)).where(*left)
    ).one()
    if first is None:
        return [false()]
    inside = (
        exists()
        .where(Parcel.dispatch_id == Dispatch.id, Parcel.posted_at.is_not(None))
        .where(ParcelContent.parcel_id == Parcel.id, OrderLine.id == ParcelContent.order_line_id)
        .where(OrderLine.publication_id.in_(ids))
    )
    return [Dispatch.closed_at >= day_begins(first), Dispatch.closed_at < day_begins(last + A_DAY), inside]

"""What the post cost in an edition, as it was noted at closing, and what of it is to be invoiced."""

from dataclasses import dataclass

from sqlalchemy import func, select

from orders.catalogue.models import Edition
from orders.database import db
from orders.ordering.followup import postage_invoicing
from orders.ordering.followup.postage_invoicing import Period
from orders.ordering.models import Order, OrderLine
from orders.shipping.models import Dispatch, Parcel, ParcelContent


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
    of_edition = (
        select(Parcel.dispatch_id)
        .join(ParcelContent)
        .join(OrderLine)
        .join(Order)
        .where(Order.edition_id == edition.id, Parcel.posted_at.is_not(None))
    )
    dispatches, noted, spent = db.session.execute(
        select(func.count(Dispatch.id), func.count(Dispatch.posted_cents), func.sum(Dispatch.posted_cents)).where(
            Dispatch.closed_at.is_not(None), Dispatch.id.in_(of_edition)
        )
    ).one()
    due = postage_invoicing.total(Period(), edition)
    return PostageFigures(
        dispatches, dispatches - noted, int(spent or 0), due.orders, due.unpriced, due.cents, due.invoiced_cents
    )

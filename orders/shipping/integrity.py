"""Proof that what lies in the parcels of open dispatches is still there for them."""

from sqlalchemy import func, select

from orders.catalogue.models import Publication
from orders.database import db
from orders.ordering.models import Order, OrderLine
from orders.shipping.models import Dispatch, Parcel, ParcelContent
from orders.stock.integrity import Discrepancy


def verify() -> list[Discrepancy]:
    """Copies in the parcels of open dispatches that are no longer reserved for their order; empty when none."""
    inside = func.sum(ParcelContent.copies)
    rows = db.session.execute(
        select(Order.reference, Publication.code, OrderLine.reserved, inside)
        .join(ParcelContent.line)
        .join(OrderLine.order)
        .join(Publication, Publication.id == OrderLine.publication_id)
        .join(ParcelContent.parcel)
        .join(Parcel.dispatch)
        .where(Dispatch.closed_at.is_(None), Dispatch.undone_at.is_(None))
        .group_by(OrderLine.id, Order.reference, Publication.code, OrderLine.reserved)
        .having(inside > OrderLine.reserved)
        .order_by(OrderLine.id)
    )
    return [
        Discrepancy(f"order {reference}, {code} in open parcels", reserved, int(copies))
        for reference, code, reserved, copies in rows
    ]

"""Copies in packed parcels that have not left. Stock counts leave them out."""

from collections.abc import Collection

from sqlalchemy import func, select

from orders.database import db
from orders.ordering.models import OrderLine
from orders.shipping.models import Dispatch, Parcel, ParcelContent


def packed_copies(publication_ids: Collection[int]) -> dict[int, int]:
    """Copies in the packed parcels of open dispatches, by publication id."""
    rows = db.session.execute(
        select(OrderLine.publication_id, func.sum(ParcelContent.copies))
        .join(ParcelContent.line)
        .join(ParcelContent.parcel)
        .join(Parcel.dispatch)
        .where(OrderLine.publication_id.in_(publication_ids), Parcel.packed_at.is_not(None))
        .where(Dispatch.closed_at.is_(None), Dispatch.undone_at.is_(None))
        .group_by(OrderLine.publication_id)
    )
    return {publication_id: int(copies) for publication_id, copies in rows}

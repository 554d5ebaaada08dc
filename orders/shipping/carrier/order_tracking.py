"""The parcels of one order, as its orderer may see them."""

from collections.abc import Sequence

from sqlalchemy import select

from orders.database import db
from orders.ordering.models import Order, OrderLine
from orders.shipping.models import Parcel, ParcelContent
from orders.shipping.return_models import ParcelReturn


def posted_parcels(order: Order) -> Sequence[Parcel]:
    """What was posted of an order and is not known to have come back, the first first."""
    inside = select(ParcelContent.parcel_id).join(OrderLine).where(OrderLine.order_id == order.id)
    return db.session.scalars(
        select(Parcel)
        .where(Parcel.id.in_(inside), Parcel.posted_at.is_not(None))
        .where(Parcel.id.not_in(select(ParcelReturn.parcel_id)))
        .order_by(Parcel.posted_at, Parcel.id)
    ).all()

"""Orders by the tracking number of a parcel. The tables of parcels belong to `shipping`; here they go by name."""

from sqlalchemy import ColumnElement, select

from orders.database import Model
from orders.ordering.models import Order, OrderLine


def has_parcel_with(number: str) -> ColumnElement[bool]:
    """Orders that have something in the parcel with this number."""
    parcel, content = (Model.metadata.tables[name] for name in ("parcel", "parcel_content"))
    return Order.id.in_(
        select(OrderLine.order_id)
        .join(content, content.c.order_line_id == OrderLine.id)
        .join(parcel, parcel.c.id == content.c.parcel_id)
        .where(parcel.c.tracking_number == number)
    )

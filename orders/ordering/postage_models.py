"""The boxes that were really posted for an order, and what the post asks for them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from orders.database import Model, UtcDateTime


class PostedBox(Model):
    """A box (a parcel of the kind `parcel`) with copies of an order, as it was handed to the post.

    `cents` is the order's part of the price that day, by weight where orders share a box; None: not known then.
    """

    order_id: Mapped[int] = mapped_column(ForeignKey("order.id", ondelete="RESTRICT"), primary_key=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id", ondelete="RESTRICT"), primary_key=True)
    cents: Mapped[int | None]
    posted_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (CheckConstraint("cents >= 0", name="cents"),)

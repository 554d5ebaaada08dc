"""The boxes that were really posted for an order, and what the post asks for them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, delete
from sqlalchemy.orm import Mapped, mapped_column

from orders.database import Model, UtcDateTime, db


class PostedBox(Model):
    """A box (a parcel of the kind `parcel`) with copies of an order, as it was handed to the post.

    `cents` is the order's part of the price that day, by weight where orders share a box; None: not known then.
    """

    order_id: Mapped[int] = mapped_column(ForeignKey("order.id", ondelete="RESTRICT"), primary_key=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id", ondelete="RESTRICT"), primary_key=True)
    cents: Mapped[int | None]
    posted_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (CheckConstraint("cents >= 0", name="cents"),)


def note_posted(boxes: Mapping[int, Mapping[int, int | None]], *, at: datetime) -> None:
    """Of each parcel that went as a box, by its id: what each order in it, by its id, owes of the price."""
    for parcel_id, parts in boxes.items():
        db.session.add_all(
            PostedBox(order_id=order_id, parcel_id=parcel_id, cents=cents, posted_at=at)
            for order_id, cents in parts.items()
        )


def note_not_posted(parcel_ids: Collection[int]) -> None:
    """Remove the boxes of parcels that never left, so that nobody pays for them."""
    db.session.execute(delete(PostedBox).where(PostedBox.parcel_id.in_(parcel_ids)))

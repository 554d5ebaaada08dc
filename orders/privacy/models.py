"""Purges, and the references of orders that were erased on request."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from orders.database import Model, UtcDateTime
from orders.errors import NotFound


class UnknownPurge(NotFound):
    pass


class Purge(Model):
    """One erasing of all that was due. One that broke off is taken up again, so at most one is not finished.

    `months`: the retention that was set. `rows`: how many rows were erased, by table. `orders`: how many orders, by
    the year of their edition.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    months: Mapped[int]
    door: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    rows: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    orders: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)


class ErasedOrder(Model):
    """An order erased because somebody asked. A database restored from before then holds it again.

    The reference names nobody once the order is erased; it tells what is to be erased again.
    """

    reference: Mapped[str] = mapped_column(String(8), primary_key=True)
    erased_at: Mapped[datetime] = mapped_column(UtcDateTime)

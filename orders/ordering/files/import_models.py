"""The imports of files of orders."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from orders.database import Model, UtcDateTime

UNFINISHED = text("finished_at IS NULL")


class OrderImport(Model):
    """A file of orders, known by the SHA-256 of its bytes. Of one that is not finished there is one import at most.

    `key`: what the submission keys of its orders begin with; nobody can guess it. `orders`: how many it has placed.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    key: Mapped[str] = mapped_column(String(32), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    orders: Mapped[int]
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index(
            "uq_order_import_unfinished",
            "digest",
            unique=True,
            sqlite_where=UNFINISHED,
            postgresql_where=UNFINISHED,
        ),
    )

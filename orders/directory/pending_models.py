"""Lists that were uploaded and wait for somebody to confirm them."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from orders.database import Model, UtcDateTime
from orders.errors import NotFound


class UnknownPendingList(NotFound):
    """Nobody uploaded such a list, or it was a day ago."""


class PendingList(Model):
    """A list as it was read, every row of it right: `content` is what `pending_lists` packs.

    `taken_at`: when it was taken over.
    """

    __tablename__ = "directory_pending_list"

    id: Mapped[int] = mapped_column(primary_key=True)
    list_code: Mapped[str] = mapped_column(String(40))
    file_name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

"""A stock count, what people typed into it, and why a rule about it says no."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders.catalogue.models import Edition, Publication
from orders.database import Model, UtcDateTime
from orders.errors import NotFound, Refused
from orders.staff.models import StaffMember


class UnknownCount(NotFound):
    """No such stock count."""


class CountEnded(Refused):
    """The count was approved or abandoned before."""

    def __init__(self, count: "StockCount") -> None:
        super().__init__(count.id)
        self.count = count


class CountChanged(Refused):
    """Somebody typed or withdrew something since the lines were shown."""


class CountSpoilt(Refused):
    """Copies of these publications came or went while they were being counted."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(codes)
        self.codes = codes


class NothingCounted(Refused):
    """There is nothing to approve yet."""


class ElsewhereCounted(Refused):
    """The publication belongs to another edition than the count."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TooFewFree(Refused):
    """More copies are missing than lie on the shelf or can be taken back from orders."""

    def __init__(self, code: str, missing: int, free: int) -> None:
        super().__init__(code, missing, free)
        self.code = code
        self.missing = missing
        self.free = free


class StockCount(Model):
    """Somebody counts an edition. Ends once: approved, or abandoned."""

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="RESTRICT"), index=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    abandoned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))

    edition: Mapped[Edition] = relationship()
    started_by: Mapped[StaffMember | None] = relationship(foreign_keys=started_by_id)
    ended_by: Mapped[StaffMember | None] = relationship(foreign_keys=ended_by_id)
    entries: Mapped[list["CountEntry"]] = relationship(order_by="CountEntry.id", lazy="selectin")

    __table_args__ = (CheckConstraint("approved_at IS NULL OR abandoned_at IS NULL", name="ends_once"),)

    @property
    def has_ended(self) -> bool:
        return self.approved_at is not None or self.abandoned_at is not None


class CountEntry(Model):
    """What one person found of a publication in one spot.

    `expected`: loose copies by the ledger at that moment; `last_movement_id`: its latest movement then.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    count_id: Mapped[int] = mapped_column(ForeignKey("stock_count.id", ondelete="RESTRICT"), index=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id", ondelete="RESTRICT"))
    found: Mapped[int]
    expected: Mapped[int]
    last_movement_id: Mapped[int | None] = mapped_column(ForeignKey("movement.id", ondelete="RESTRICT"))
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submission: Mapped[str | None] = mapped_column(String(64), unique=True)

    publication: Mapped[Publication] = relationship(lazy="joined", innerjoin=True)
    by: Mapped[StaffMember | None] = relationship(lazy="joined")

    __table_args__ = (CheckConstraint("found >= 0", name="found_not_negative"),)

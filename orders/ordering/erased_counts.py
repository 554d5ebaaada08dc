"""What remains of orders whose personal data is erased: counts by week, postcode, audience and publication.

Orders that were rejected or cancelled before anything was sent do not count, as in the reports. The order itself keeps
its reference, its audience, its copies and its moments, which name nobody.
"""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from orders.database import Model


class ErasedOrderCount(Model):
    """How many orders were erased. `week`: the Monday, in Brussels, of the week in which they were placed."""

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    week: Mapped[date] = mapped_column(primary_key=True)
    postcode: Mapped[str] = mapped_column(String(10), primary_key=True)
    audience: Mapped[str] = mapped_column(
        String(20), ForeignKey("audience.code", ondelete="RESTRICT"), primary_key=True
    )
    orders: Mapped[int]


class ErasedCopiesCount(Model):
    """The same by publication: in how many orders it stood, copies asked for and sent."""

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    week: Mapped[date] = mapped_column(primary_key=True)
    postcode: Mapped[str] = mapped_column(String(10), primary_key=True)
    audience: Mapped[str] = mapped_column(
        String(20), ForeignKey("audience.code", ondelete="RESTRICT"), primary_key=True
    )
    publication_id: Mapped[int] = mapped_column(
        ForeignKey("publication.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    orders: Mapped[int]
    asked: Mapped[int]
    sent: Mapped[int]

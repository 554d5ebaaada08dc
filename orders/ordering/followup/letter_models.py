"""Letters that came back, counted by whoever wrote them or by the office that opens the boxes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders.catalogue.models import Edition
from orders.database import Model, UtcDateTime
from orders.errors import NotFound, Refused
from orders.ordering.models import Order

MOST_LETTERS = 100_000  # of one order; beyond it is a typing error


class LetterCount(Model):
    """So many letters of an order. The office's counts add up, box by box; the orderer has one, which may change.

    Letters that came without a slip are of no order: then they are of an edition.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("order.id", ondelete="RESTRICT"), index=True)
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id", ondelete="RESTRICT"), index=True)
    letters: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_office: Mapped[bool]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id", ondelete="RESTRICT"))
    submission: Mapped[str | None] = mapped_column(String(64), unique=True)

    order: Mapped[Order | None] = relationship()
    edition: Mapped[Edition | None] = relationship()

    __table_args__ = (
        CheckConstraint(f"letters >= 0 AND letters <= {MOST_LETTERS}", name="letters"),
        CheckConstraint("(order_id IS NULL) <> (edition_id IS NULL)", name="of_an_order_or_an_edition"),
    )


class UnknownLetterCount(NotFound):
    """The office has no such count of letters."""


class ImpossibleLetters(Refused):
    """The number of letters is not from 0 (for the office: from 1, unless it corrects a count) to `MOST_LETTERS`."""


class NothingWasSent(Refused):
    """No copies of this order have gone, so no letters can come back from it."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference

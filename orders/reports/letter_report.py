"""Letters that came back against copies that were sent, by audience.

Of an order that the office counted, its count; else what the orderer said. Orders of which nobody said anything
count among the copies sent, not among the letters.
"""

from dataclasses import dataclass

from sqlalchemy import case, func, select

from orders.catalogue.models import Edition
from orders.database import db
from orders.ordering.followup.letter_models import LetterCount
from orders.ordering.models import Order, OrderLine


@dataclass(frozen=True, slots=True)
class LetterRow:
    """Of one audience: orders that were sent, their copies, orders of which letters are known, and the letters."""

    audience: str | None
    orders: int
    copies: int
    answered: int
    letters: int

    @property
    def per_order(self) -> float | None:
        return self.letters / self.answered if self.answered else None


def without_slip(edition: Edition) -> int:
    """Letters of an edition that the office counted in envelopes without a slip: nobody knows of which order."""
    counted = select(func.sum(LetterCount.letters)).where(LetterCount.edition_id == edition.id)
    return db.session.scalar(counted) or 0


def report(edition: Edition) -> list[LetterRow]:
    """A row for every audience that was sent something, those with most copies first, and one for all."""
    sent = (
        select(OrderLine.order_id, func.sum(OrderLine.sent).label("copies"))
        .group_by(OrderLine.order_id)
        .having(func.sum(OrderLine.sent) > 0)
        .subquery()
    )
    office = func.sum(case((LetterCount.by_office, LetterCount.letters)))
    orderer = func.sum(case((~LetterCount.by_office, LetterCount.letters)))
    counted = (
        select(LetterCount.order_id, func.coalesce(office, orderer).label("letters"))
        .where(LetterCount.order_id.is_not(None))
        .group_by(LetterCount.order_id)
        .subquery()
    )
    rows = db.session.execute(
        select(
            Order.audience,
            func.count(),
            func.sum(sent.c.copies),
            func.count(counted.c.letters),
            func.coalesce(func.sum(counted.c.letters), 0),
        )
        .join(sent, sent.c.order_id == Order.id)
        .outerjoin(counted, counted.c.order_id == Order.id)
        .where(Order.edition_id == edition.id)
        .group_by(Order.audience)
    )
    found = [
        LetterRow(audience, orders, int(copies), told, int(letters)) for audience, orders, copies, told, letters in rows
    ]
    found.sort(key=lambda row: -row.copies)
    if not found:
        return []
    sums = (sum(getattr(row, name) for row in found) for name in ("orders", "copies", "answered", "letters"))
    return [*found, LetterRow(None, *sums)]

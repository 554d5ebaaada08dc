"""Letters that came back against copies that were sent, by audience.

Of an order that the office counted, its count; else what the orderer said. Orders of which nobody said anything
count among the copies sent, not among the letters.
"""

from dataclasses import dataclass

from sqlalchemy import Select, case, func, select

from orders.catalogue.models import Edition
from orders.counts.tables import copies_count, order_count
from orders.database import db
from orders.ordering.followup.letter_models import LetterCount
from orders.ordering.models import Order


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


def known_letters(edition: Edition) -> int:
    """All letters of an edition of which somebody told or which were counted."""
    of_orders = sum(int(letters) for _, _, letters in db.session.execute(_letters(edition)))
    return of_orders + without_slip(edition)


def report(edition: Edition) -> list[LetterRow]:
    """A row for every audience that was sent something, those with most copies first, and one for all."""
    known = {
        audience: (answered, int(letters)) for audience, answered, letters in db.session.execute(_letters(edition))
    }
    copies = dict(db.session.execute(_copies(edition)).all())
    served = select(order_count.c.audience, func.sum(order_count.c.served)).where(
        order_count.c.edition_id == edition.id
    )
    found = [
        LetterRow(audience, int(orders), int(copies[audience]), *known.get(audience, (0, 0)))
        for audience, orders in db.session.execute(served.group_by(order_count.c.audience))
        if orders
    ]
    found.sort(key=lambda row: -row.copies)
    if not found:
        return []
    sums = (sum(getattr(row, name) for row in found) for name in ("orders", "copies", "answered", "letters"))
    return [*found, LetterRow(None, *sums)]


def _served(edition: Edition) -> Select[str, int]:
    audience, served = order_count.c.audience, func.sum(order_count.c.served)
    return select(audience, served).where(order_count.c.edition_id == edition.id).group_by(audience)


def _copies(edition: Edition) -> Select[str, int]:
    publications = copies_count.c.publication_id.in_([each.id for each in edition.publications])
    sent = func.sum(copies_count.c.sent)
    return select(copies_count.c.audience, sent).where(publications).group_by(copies_count.c.audience)


def _letters(edition: Edition) -> Select[str, int, int]:
    """By audience, the orders that were sent something and whose letters somebody told, and their letters."""
    office = func.sum(case((LetterCount.by_office, LetterCount.letters)))
    orderer = func.sum(case((~LetterCount.by_office, LetterCount.letters)))
    counted = (
        select(LetterCount.order_id, func.coalesce(office, orderer).label("letters"))
        .where(LetterCount.order_id.is_not(None))
        .group_by(LetterCount.order_id)
        .subquery()
    )
    return (
        select(Order.audience, func.count(counted.c.letters), func.coalesce(func.sum(counted.c.letters), 0))
        .join(counted, counted.c.order_id == Order.id)
        .where(Order.edition_id == edition.id, Order.is_served)
        .group_by(Order.audience)
    )

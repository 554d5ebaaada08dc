"""Who agreed to receive news by e-mail: the consent with its proof, the text that was shown and the day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from orders.database import db
from orders.ordering import indexes
from orders.ordering.models import Order


@dataclass(frozen=True, slots=True)
class Consent:
    email: str
    language: str
    text: str
    at: datetime


def consents() -> Iterator[Consent]:
    """One for each e-mail address, the latest it gave; in the order in which they were given."""
    rows = db.session.execute(
        select(Order.email_key, Order.email, Order.language, Order.news_text, Order.placed_at)
        .where(indexes.AGREED, Order.email != "", Order.restricted_at.is_(None))
        .order_by(Order.placed_at, Order.id)
    )
    latest: dict[str, Consent] = {}
    for key, email, language, text, at in rows:
        latest.pop(key, None)
        latest[key] = Consent(email, language, text, at)
    yield from latest.values()


def count() -> int:
    """How many addresses agreed."""
    agreed = select(func.count(Order.email_key.distinct())).where(
        indexes.AGREED, Order.email != "", Order.restricted_at.is_(None)
    )
    return db.session.scalar(agreed) or 0

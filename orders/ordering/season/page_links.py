"""The links to the pages of an edition's orders: who may still need them, and closing those of orders that are over."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from orders.catalogue.models import Edition
from orders.clock import local_day
from orders.counts.tables import movement_count
from orders.database import db
from orders.ordering.models import Order
from orders.ordering.order_counts import UNFINISHED, orders_by_status
from orders.stock.models import Place

USED_AFTER_LAST_PARCEL = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class LinkUse:
    """Who may still need the links of an edition on a day: `over` and `unfinished` are numbers of orders."""

    day: date
    orders_until: date | None
    over: int
    unfinished: int
    last_parcel: date | None

    @property
    def used_until(self) -> date | None:
        """The day until which whoever got the last parcel may look at the order."""
        return self.last_parcel + USED_AFTER_LAST_PARCEL if self.last_parcel else None

    @property
    def is_over(self) -> bool:
        """Whether nobody needs the links any more: nothing can be ordered, nothing is owed, all is long gone."""
        is_used = self.used_until is not None and self.day <= self.used_until
        return not (self.orders_until or self.unfinished or is_used)


def link_use(edition: Edition, *, at: datetime) -> LinkUse:
    """How the links of an edition are used at that moment."""
    counts, day = orders_by_status(edition), local_day(at)
    unfinished = sum(counts[status] for status in UNFINISHED)
    moved = movement_count.c
    last_parcel = db.session.scalar(
        select(func.max(moved.day)).where(
            moved.publication_id.in_([each.id for each in edition.publications]),
            moved.destination == Place.SENT.value,
        )
    )
    orders_until = edition.closes_on if edition.archived_at is None and day <= edition.closes_on else None
    return LinkUse(day, orders_until, sum(counts.values()) - unfinished, unfinished, last_parcel)


def orders_over(edition: Edition) -> Sequence[int]:
    """Orders to which nothing more will happen, by id."""
    return db.session.scalars(
        select(Order.id).where(Order.edition_id == edition.id, Order.status.not_in(UNFINISHED)).order_by(Order.id)
    ).all()


def close_links(edition: Edition) -> None:
    """Give the orders that are over a new secret, which no link has."""
    for order in db.session.scalars(
        select(Order).where(Order.id.in_(orders_over(edition))).order_by(Order.id).with_for_update(of=Order)
    ):
        order.link_nonce = secrets.token_urlsafe(12)
    db.session.flush()

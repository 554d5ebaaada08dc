"""Rationing: who asks for a scarce publication, and applying the sharing rule that a coordinator chose.

It decides about the copies that are here. Only another sharing takes reservations away again; copies that come later go
to the orders that have waited longest, so first to those that gave some.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from orders.catalogue.audience_lookup import get_audience
from orders.catalogue.models import Publication
from orders.database import db
from orders.errors import Refused
from orders.ordering.allocation.sharing_rules import Ask, Shares, SharingRule, share
from orders.ordering.models import Order, OrderLine, WhenShort
from orders.ordering.notifications import notify
from orders.staff import journal
from orders.staff.journal import Actor
from orders.stock import ledger
from orders.stock.models import Place, Reason

LARGEST_MINIMUM = 10_000


class DemandChanged(Refused):
    """Copies or wishes changed since the shares were shown."""


class NothingToShare(Refused):
    """The rule changes nobody's copies."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Who asks for a publication, the oldest first, and what lies on the shelf."""

    publication: Publication
    shelf: int
    lines: Sequence[OrderLine]

    @property
    def asks(self) -> list[Ask]:
        return [_ask(line) for line in self.lines]

    @property
    def asked(self) -> int:
        return sum(ask.copies for ask in self.asks)

    @property
    def there(self) -> int:
        """Copies on the shelf or held by those who ask."""
        return self.shelf + sum(ask.held for ask in self.asks)

    @property
    def mark(self) -> str:
        """Identifies the demand that was shown; sent back when a rule is applied."""
        return hashlib.sha256(repr((self.publication.id, self.shelf, self.asks)).encode()).hexdigest()[:32]

    def shares(self, rule: SharingRule, minimum: int) -> Shares:
        return share(rule, self.asks, self.shelf, minimum=minimum)


def read_demand(publication: Publication, *, to_change: bool = False) -> Demand:
    """The demand as it is now. `to_change` locks the orders, by id, and reads them afresh: the caller holds the gate.

    Orders that took fewer copies once and for all ask for nothing more, and keep what they have.
    """
    query = (
        select(OrderLine)
        .join(OrderLine.order)
        .options(contains_eager(OrderLine.order))
        .where(OrderLine.publication_id == publication.id, OrderLine.waits | (OrderLine.reserved > 0))
        .where(Order.queues, Order.when_short != WhenShort.FEWER)
        .order_by(Order.id)
    )
    if to_change:
        query = query.with_for_update(of=[OrderLine, Order]).execution_options(populate_existing=True)
    lines = db.session.scalars(query).all()
    return Demand(
        publication,
        ledger.copies_at(publication.id, Place.SHELF),
        sorted(lines, key=lambda line: (line.order.placed_at, line.order_id)),
    )


def apply(
    publication: Publication, rule: SharingRule, *, minimum: int, seen: str, at: datetime, by: Actor
) -> list[Order]:
    """Move reservations as a rule says, and tell everybody whose share changed. Returns their orders.

    Refuses with `DemandChanged` where `seen` is not the mark of the demand as it is now, and with `NothingToShare`.
    """
    ledger.lock_stock([publication.edition_id])
    demand = read_demand(publication, to_change=True)
    if demand.mark != seen:
        raise DemandChanged
    shares = demand.shares(rule, minimum)
    changed = [line for line in demand.lines if shares[line.order_id] != line.reserved]
    if not changed:
        raise NothingToShare
    _move(changed, shares, at=at, by=by)
    for line in changed:
        notify(line.order, "order_shared", at=at, lines=[line])
    journal.record(
        "shared",
        f"publication {publication.code}",
        at=at,
        by=by,
        after={"rule": rule.value, "minimum": minimum, "orders": len(changed)},
    )
    return [line.order for line in changed]


def _move(changed: Sequence[OrderLine], shares: Shares, *, at: datetime, by: Actor) -> None:
    """Move copies over the shelf without announcing them, so that the queue does not take them."""
    for line in changed:
        if (given := line.reserved - shares[line.order_id]) > 0:
            _pass(line, given, Place.RESERVED, Place.SHELF, at=at, by=by)
    for line in changed:
        if (taken := shares[line.order_id] - line.reserved) > 0:
            _pass(line, taken, Place.SHELF, Place.RESERVED, at=at, by=by)
    for line in changed:
        line.reserved = shares[line.order_id]
        line.order.update_status()
    db.session.flush()


def _pass(line: OrderLine, copies: int, origin: Place, destination: Place, *, at: datetime, by: Actor) -> None:
    ledger.move(
        line.publication_id,
        copies,
        origin,
        destination,
        reason=Reason.SHARED,
        at=at,
        order_id=line.order_id,
        by=by.staff_id,
        announced=False,
    )


def _ask(line: OrderLine) -> Ask:
    return Ask(
        order_id=line.order_id,
        since=line.order.placed_at,
        copies=line.reserved + line.waiting,
        held=line.reserved,
        later=min(line.later, line.reserved + line.waiting),
        later_since=line.later_since,
        fixed=line.reserved if line.order.dispatch_id is not None else 0,
        had=line.sent,
        is_school=get_audience(line.order.audience).is_school,
    )

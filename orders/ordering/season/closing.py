"""Closing an edition: what becomes of the orders that it still owes something to is asked first, with numbers."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select

from orders.catalogue import editing, edition_lookup
from orders.catalogue.edition_input import EditionContent, content_of_edition
from orders.catalogue.models import Edition
from orders.clock import local_day
from orders.counts.tables import copies_count
from orders.database import db
from orders.errors import Refused
from orders.ordering.allocation.reservations import move_line
from orders.ordering.models import Order, OrderStatus
from orders.ordering.notifications import notify
from orders.ordering.order_counts import orders_by_status
from orders.ordering.repository import lock_orders
from orders.staff import journal
from orders.staff.journal import Actor
from orders.stock import ledger
from orders.stock.models import Place, Reason

STILL_OPEN = (OrderStatus.PENDING, OrderStatus.WAITING, OrderStatus.READY)


class WhatBecomes(enum.Enum):
    """Of the orders that are still open: they are served as if nothing had happened, or cancelled with a mail.

    Those that their orderers asked to leave alone stay as they are.
    """

    KEEP = "keep"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class OpenOrders:
    """Orders of an edition that are not over, and the copies that they still wait for and hold.

    What lies in an open dispatch goes its way whatever is decided.
    """

    pending: int
    waiting: int
    ready: int
    dispatching: int
    copies_waiting: int
    copies_reserved: int

    @property
    def total(self) -> int:
        """Those about which something can be decided."""
        return self.pending + self.waiting + self.ready


class OrdersStillOpen(Refused):
    """Nobody said what becomes of them, or their number is no longer the one that was shown."""

    def __init__(self, year: int, found: OpenOrders, expected: int | None) -> None:
        super().__init__(year, found, expected)
        self.year = year
        self.found = found
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about so many open orders as they saw."""

    becomes: WhatBecomes
    expected: int


def open_orders(edition: Edition) -> OpenOrders:
    counts = orders_by_status(edition)
    publications = [each.id for each in edition.publications]
    waiting, reserved = db.session.execute(
        select(func.sum(copies_count.c.waiting), func.sum(copies_count.c.reserved)).where(
            copies_count.c.publication_id.in_(publications),
            copies_count.c.status.in_([each.value for each in STILL_OPEN]),
        )
    ).one()
    return OpenOrders(
        pending=counts[OrderStatus.PENDING],
        waiting=counts[OrderStatus.WAITING],
        ready=counts[OrderStatus.READY],
        dispatching=counts[OrderStatus.DISPATCHING],
        copies_waiting=int(waiting or 0),
        copies_reserved=int(reserved or 0),
    )


def change_edition(
    year: int, content: EditionContent, *, decision: Decision | None, at: datetime, by: Actor, shown: str = ""
) -> Edition:
    """`editing.change_edition`, and where its days close it, what was decided about its open orders, all or nothing.

    Refuses with `OrdersStillOpen` where that must be asked first.
    """
    edition = edition_lookup.get_edition(year)
    ledger.lock_stock([edition.id])
    closes = _closes(edition, content, at)
    changed = editing.change_edition(year, content, at=at, by=by, shown=shown)
    if closes:
        _carry_out(changed, decision, at=at, by=by)
    return changed


def close_edition(year: int, *, decision: Decision | None, at: datetime, by: Actor) -> Edition:
    """No more orders from this moment: yesterday becomes the last day. Asks about the orders that are still open.

    Of an edition that has closed before only these are decided; one that is still to open stays as it is.
    """
    edition = edition_lookup.get_edition(year)
    ledger.lock_stock([edition.id])
    edition, today = edition_lookup.lock_edition(year), local_day(at)
    if edition.opens_on > today:
        return edition
    yesterday, content = today - timedelta(days=1), content_of_edition(edition)
    closed = replace(content, opens_on=min(content.opens_on, yesterday), closes_on=min(content.closes_on, yesterday))
    changed = editing.change_edition(year, closed, at=at, by=by)
    _carry_out(changed, decision, at=at, by=by)
    return changed


def archive_edition(year: int, *, decision: Decision | None, at: datetime, by: Actor) -> Edition:
    """Take an edition off the public pages, and carry out what was decided about its open orders."""
    edition = edition_lookup.get_edition(year)
    ledger.lock_stock([edition.id])
    archived = editing.archive_edition(year, at=at, by=by)
    _carry_out(archived, decision, at=at, by=by)
    return archived


def _closes(edition: Edition, content: EditionContent, at: datetime) -> bool:
    """Whether these days end what could still be ordered, or once could have been."""
    today = local_day(at)
    if edition.archived_at is not None:
        return False
    opens_no_more = edition.closes_on >= today > content.closes_on
    return opens_no_more or (edition.is_open(today) and not content.opens_on <= today <= content.closes_on)


def _carry_out(edition: Edition, decision: Decision | None, *, at: datetime, by: Actor) -> None:
    found = open_orders(edition)
    if not found.total:
        return
    if decision is None or decision.expected != found.total:
        raise OrdersStillOpen(edition.year, found, decision.expected if decision else None)
    if decision.becomes is WhatBecomes.CANCEL:
        references = db.session.scalars(
            select(Order.reference).where(
                Order.edition_id == edition.id, Order.status.in_(STILL_OPEN), Order.restricted_at.is_(None)
            )
        ).all()
        _cancel_all(lock_orders(references), at=at, by=by)
    journal.record("closed", f"edition {edition.year}", at=at, by=by, after={decision.becomes.value: found.total})


def _cancel_all(orders: Sequence[Order], *, at: datetime, by: Actor) -> None:
    """End them all before any copy moves, so that none is served by what another gives back."""
    held = [(line, line.reserved) for order in orders for line in order.lines if line.reserved]
    for order in orders:
        order.cancelled_at = at
        for line in order.lines:
            line.given_up += line.waiting + line.reserved
            line.reserved = 0
        order.update_status()
    db.session.flush()
    for line, copies in held:
        move_line(line, copies, Place.RESERVED, Place.SHELF, reason=Reason.RELEASED, at=at, by=by.staff_id)
    for order in orders:
        notify(order, "order_ended", at=at)
        journal.record("cancelled", f"order {order.reference}", at=at, by=by)

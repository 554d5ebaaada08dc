"""What many new orders, one after the other, may have of the shelf: read once, and counted on for each of them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select, union_all

from orders.database import db
from orders.ordering.allocation import reservations
from orders.ordering.allocation.reservations import Taken
from orders.ordering.models import Order, OrderLine
from orders.rows.bulk_rows import among
from orders.stock import balances


class SharedShelf:
    """Copies of these publications, and since when the oldest order that queues has waited for each.

    Expects the gate of `ledger.lock_stock` to be held. What is taken moves afterwards, for all orders at once.
    """

    def __init__(self, publication_ids: Collection[int]) -> None:
        self._copies = balances.copies_on_shelf(publication_ids)
        self._oldest = _waited_since(publication_ids)

    def decide(self, order: Order) -> Taken:
        """What an order that is not in the database yet takes, as `reservations.decide` has it."""
        taken = reservations.decide(order, self._free_for)
        for line, copies in taken:
            self._copies[line.publication_id] -= copies
        for line in order.lines:
            for since, _ in line.parts:
                self._oldest[line.publication_id] = min(since, self._oldest.get(line.publication_id, since))
        return taken

    def free_copies(self, publication_ids: Collection[int]) -> dict[int, int]:
        """What an order placed now could have, as `reservations.free_copies` has it."""
        return {each: 0 if each in self._oldest else self._copies[each] for each in publication_ids}

    def _free_for(self, line: OrderLine) -> int:
        on_shelf = self._copies[line.publication_id]
        oldest = self._oldest.get(line.publication_id)
        if oldest is None:
            return on_shelf
        return min(on_shelf, sum(copies for since, copies in line.parts if since < oldest))


def _waited_since(publication_ids: Collection[int]) -> dict[int, datetime]:
    queued = (
        select(OrderLine.publication_id.label("publication_id"))
        .join(Order, Order.id == OrderLine.order_id)
        .where(among(OrderLine.publication_id, publication_ids), OrderLine.waits, Order.queues)
    )
    first = queued.add_columns(Order.placed_at.label("since")).where(OrderLine.waiting > OrderLine.later)
    later = queued.add_columns(OrderLine.later_since.label("since")).where(OrderLine.later > 0)
    parts = union_all(first, later).subquery()
    oldest = select(parts.c.publication_id, func.min(parts.c.since)).group_by(parts.c.publication_id)
    return {publication_id: since for publication_id, since in db.session.execute(oldest)}

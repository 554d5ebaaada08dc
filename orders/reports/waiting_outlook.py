"""What a print run means for those who wait: how many have their copies when, and for how many that is too late."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from sqlalchemy import func, select

from orders.catalogue.models import Publication
from orders.database import db
from orders.ordering.allocation.reservations import queue_so_far
from orders.ordering.models import Delivery, Order
from orders.reports.delivery_time import Delay
from orders.workdays import days_after


@dataclass(frozen=True, slots=True)
class Turn:
    """An order that waits for a publication: for so many copies, which it has once so many came (`so_far`)."""

    copies: int
    so_far: int
    needed_by: date
    is_pickup: bool


@dataclass(frozen=True, slots=True)
class Served:
    """Those whose copies come with the delivery of a day: so many orders and copies, of which so many too late.

    `there_on`: the day by which an order of these that is posted arrives.
    """

    delivered_on: date
    there_on: date
    orders: int
    copies: int
    late: int


@dataclass(frozen=True, slots=True)
class WaitingOutlook:
    """All who wait for a publication, by the delivery that serves them, and those for whom none is expected."""

    served: Sequence[Served]
    orders_without: int
    copies_without: int

    @property
    def orders(self) -> int:
        return self.orders_without + sum(each.orders for each in self.served)

    @property
    def copies(self) -> int:
        return self.copies_without + sum(each.copies for each in self.served)

    @property
    def late(self) -> int:
        return sum(each.late for each in self.served)


def waiting_outlook(publication: Publication, deliveries: Mapping[date, int], delay: Delay) -> WaitingOutlook:
    """What `deliveries` (copies by day) mean for the queue, in its order. Who names no day needs them to write."""
    turns = _turns(publication)
    days = sorted(deliveries)
    by_then = dict(zip(days, accumulate(deliveries[day] for day in days), strict=True))
    groups: dict[date | None, list[Turn]] = {}
    for turn in turns:
        groups.setdefault(next((day for day in days if by_then[day] >= turn.so_far), None), []).append(turn)
    without = groups.pop(None, [])
    served = [_served(day, groups[day], delay) for day in days if day in groups]
    return WaitingOutlook(served, len(without), sum(turn.copies for turn in without))


def _served(day: date, turns: Sequence[Turn], delay: Delay) -> Served:
    posted, fetched = delay.arrival(day), days_after(day, delay.office_days)
    is_late = Counter(turn.needed_by < (fetched if turn.is_pickup else posted) for turn in turns)
    return Served(day, posted, len(turns), sum(turn.copies for turn in turns), is_late[True])


def _turns(publication: Publication) -> list[Turn]:
    """Who waits, the next to be served first."""
    queue = queue_so_far()
    copies, until = func.sum(queue.c.copies), func.max(queue.c.so_far)
    rows = db.session.execute(
        select(copies, until, Order.needed_by, Order.delivery)
        .join_from(queue, Order, Order.id == queue.c.order_id)
        .where(queue.c.publication_id == publication.id)
        .group_by(queue.c.id, Order.id, Order.needed_by, Order.delivery)
        .order_by(until)
    )
    write_by = publication.edition.write_by
    return [
        Turn(int(copies), int(so_far), needed_by or write_by, delivery is Delivery.PICKUP)
        for copies, so_far, needed_by, delivery in rows
    ]

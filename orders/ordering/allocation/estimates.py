"""What an order would get if it were placed now: how much at once, how much later, and when that may be."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from orders.catalogue.audience_lookup import offered_audiences
from orders.catalogue.models import Publication
from orders.ordering.allocation import reservations
from orders.ordering.models import Order
from orders.ordering.request.order_request import MOST_PER_LINE
from orders.stock import expected_deliveries


@dataclass(frozen=True, slots=True)
class Promise:
    """Copies of a publication: as many as were `asked`, and of them `there` now.

    `expected_on`: when the printer will have brought enough for it and for all who wait already; None where nobody
    knows.
    """

    publication: Publication
    asked: int
    there: int
    expected_on: date | None

    @property
    def missing(self) -> int:
        return self.asked - self.there


def promises(
    copies: Mapping[str, int], publications: Sequence[Publication], *, day: date, besides: Order | None = None
) -> list[Promise]:
    """One for each publication of which copies (by code) are asked. Whoever waits already is served first.

    `besides`: the order that is being changed, which has some of them already.
    """
    asked = [each for each in publications if copies.get(each.code)]
    ids = [each.id for each in asked]
    free = reservations.free_copies(ids, besides=besides)
    queued = reservations.waiting_copies(ids, besides=besides)
    there = {each.id: min(copies[each.code], free[each.id]) for each in asked}
    missing = {each.id: queued[each.id] + copies[each.code] - there[each.id] for each in asked}
    expected = expected_deliveries.covered_on(missing, day)
    return [Promise(each, copies[each.code], there[each.id], expected.get(each.id)) for each in asked]


def most_asked(publication: Publication) -> int:
    """The most copies of a publication that anybody may order at once."""
    maxima = {each.audience: each.maximum for each in publication.allowances}
    return max((maxima.get(each.code, MOST_PER_LINE) for each in offered_audiences()), default=MOST_PER_LINE)


def promised_on(order: Order, day: date) -> dict[int, date]:
    """By publication, the day on which all that the order waits for is expected; unknown days are left out."""
    waiting = [line for line in order.lines if line.waiting] if order.queues else []
    needed = {line.publication_id: reservations.copies_until_served(line) for line in waiting}
    return expected_deliveries.covered_on(needed, day) if needed else {}


def promised_on_each(orders: Sequence[Order], day: date) -> dict[int, dict[int, date]]:
    """The same of many orders, by the id of the order."""
    waiting = [line for order in orders if order.queues for line in order.lines if line.waiting]
    if not waiting:
        return {}
    needed = reservations.copies_until_each_served(waiting)
    expected = expected_deliveries.ExpectedCopies({line.publication_id for line in waiting}, day)
    of_order: dict[int, dict[int, int]] = defaultdict(dict)
    for line in waiting:
        of_order[line.order_id][line.publication_id] = needed[line.id]
    return {order_id: expected.covered_on(copies) for order_id, copies in of_order.items()}


def next_copies(publications: Sequence[Publication], *, day: date) -> dict[int, date]:
    """By publication, the day of the reprint that leaves copies for a new order; unknown days are left out."""
    queued = reservations.waiting_copies([each.id for each in publications])
    return expected_deliveries.covered_on({each: copies + 1 for each, copies in queued.items()}, day)


def complete_on(promised: Sequence[Promise]) -> date | None:
    """When the last of what is missing is expected; None where nobody knows."""
    days = [each.expected_on for each in promised if each.missing]
    return None if None in days or not days else max(day for day in days if day)

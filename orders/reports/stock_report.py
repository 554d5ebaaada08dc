"""What a coordinator asks of the stock: copies at each place, and copies that orders still wait for."""

from collections.abc import Sequence
from dataclasses import dataclass

from orders.catalogue.models import Edition, Publication
from orders.ordering.allocation import reservations
from orders.stock import expected_deliveries
from orders.stock.balances import copies_by_place
from orders.stock.models import Place


@dataclass(frozen=True, slots=True)
class StockFigures:
    """Copies of one publication: on the shelf, reserved for orders, waited for by orders, sent, and gone otherwise.

    `expected`: what the printer still owes.
    """

    publication: Publication
    shelf: int
    reserved: int
    waiting: int
    sent: int
    lost: int
    expected: int


def figures(edition: Edition) -> list[StockFigures]:
    """The figures of every publication of an edition."""
    return figures_of(edition.publications)


def figures_of(publications: Sequence[Publication]) -> list[StockFigures]:
    ids = [publication.id for publication in publications]
    balances = copies_by_place(ids)
    waiting = reservations.waiting_copies(ids)
    expected = expected_deliveries.expected_copies(ids)
    return [
        StockFigures(
            publication=each,
            shelf=balances[each.id][Place.SHELF],
            reserved=balances[each.id][Place.RESERVED],
            waiting=waiting[each.id],
            sent=balances[each.id][Place.SENT],
            lost=balances[each.id][Place.LOST],
            expected=expected.get(each.id, 0),
        )
        for each in publications
    ]

"""What a coordinator asks of the stock: copies at each place, and copies that orders still wait for."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from orders.catalogue.models import Edition, Publication
from orders.database import db
from orders.ordering.models import Order, OrderLine
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
    waiting = _waiting(ids)
    expected = expected_deliveries.expected_copies(ids)
    return [
        StockFigures(
            publication=each,
            shelf=balances[each.id][Place.SHELF],
            reserved=balances[each.id][Place.RESERVED],
            waiting=waiting.get(each.id, 0),
            sent=balances[each.id][Place.SENT],
            lost=balances[each.id][Place.LOST],
            expected=expected.get(each.id, 0),
        )
        for each in publications
    ]


def _waiting(publication_ids: Sequence[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(OrderLine.publication_id, func.sum(OrderLine.waiting))
        .join(Order)
        .where(Order.queues, OrderLine.waits)
        .where(OrderLine.publication_id.in_(publication_ids))
        .group_by(OrderLine.publication_id)
    )
    return {publication_id: int(copies) for publication_id, copies in rows}

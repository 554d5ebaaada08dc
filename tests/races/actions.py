"""Actions for race tests, each in a transaction of its own as a door would open it."""

from collections.abc import Iterable, Mapping

from sqlalchemy import func, select

from orders.catalogue import edition_lookup
from orders.database import db
from orders.ordering.lifecycle import cancellation, placing
from orders.ordering.models import Order, OrderLine
from orders.reports import integrity
from orders.shipping.dispatches import creation, lifecycle
from orders.stock import ledger
from orders.stock.models import Movement, Place
from tests.factories import BY, NOW, make_request
from tests.races.threads import attempt


def deliver(copies: int, code: str = "MAN26") -> Movement:
    """The rule alone, to be held open."""
    return ledger.receive(edition_lookup.get_publication(code), copies, at=NOW, by=BY)


def order(lines: Mapping[str, int]) -> Order:
    """The rule alone, to be held open."""
    return placing.place(make_request(lines=lines), at=NOW, by=BY)


def receive_often(times: int, copies: int, code: str = "MAN26") -> list[str]:
    return [attempt(deliver, copies, code) for _ in range(times)]


def place_often(times: int, lines: Mapping[str, int]) -> list[str]:
    return [attempt(order, lines) for _ in range(times)]


def cancel_each(references: Iterable[str]) -> list[str]:
    return [attempt(cancellation.cancel, reference, at=NOW, by=BY) for reference in references]


def make_each(references: Iterable[str]) -> list[str]:
    """A dispatch for each order."""
    return [attempt(creation.make, [reference], at=NOW, by=BY) for reference in references]


def close_each(dispatch_ids: Iterable[int]) -> list[str]:
    return [attempt(lifecycle.close, dispatch_id, at=NOW, by=BY, everything=True) for dispatch_id in dispatch_ids]


def undo_each(dispatch_ids: Iterable[int]) -> list[str]:
    return [attempt(lifecycle.undo, dispatch_id, at=NOW, by=BY) for dispatch_id in dispatch_ids]


def copies_at(place: Place, code: str = "MAN26") -> int:
    db.session.rollback()
    return ledger.copies_at(edition_lookup.get_publication(code).id, place)


def count_orders() -> int:
    return db.session.scalar(select(func.count()).select_from(Order)) or 0


def waiting_copies(code: str = "MAN26") -> int:
    """Copies of a publication that accepted orders still wait for."""
    wanted = edition_lookup.get_publication(code).id
    return (
        db.session.scalar(
            select(func.sum(OrderLine.waiting))
            .join(Order)
            .where(OrderLine.publication_id == wanted, Order.accepted_at.is_not(None))
        )
        or 0
    )


def what_is_wrong() -> list[str]:
    db.session.rollback()
    return [str(discrepancy) for discrepancy in integrity.discrepancies()]

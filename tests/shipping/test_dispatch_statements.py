"""A dispatch of many orders takes no more statements than one of a few."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from orders.database import db, transact
from orders.ordering.models import Order, WhenShort
from orders.shipping.dispatches import creation
from orders.shipping.printing import paper_check
from orders.staff.journal import Actor
from tests.factories import BY, NOW, make_edition, make_order, price_parcels

pytestmark = pytest.mark.usefixtures("app_context")
MOST = 23  # statements


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is run inside, but for the beginning of transactions."""
    run: list[str] = []

    def note(*given: object) -> None:
        if not str(given[2]).startswith("BEGIN"):
            run.append(str(given[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield run
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def orders(number: int) -> list[Order]:
    """Some with letters, some with boxes, some of which copies still wait."""
    lines = [{"MAN26": 2}, {"MAN26": 150}, {"MAN26": 3, "LIV26": 4}]
    return [make_order(lines=lines[each % 3], when_short=WhenShort.SEND) for each in range(number)]


def run_of(chosen: list[Order]) -> tuple[int, int]:
    references = [order.reference for order in chosen]
    with statements() as making:
        dispatch_id = transact(creation.make, references, at=NOW, by=BY, submission=references[0]).id
    db.session.remove()
    with statements() as closing:
        transact(paper_check.close, dispatch_id, at=NOW, by=Actor("office"), everything=True)
    return len(making), len(closing)


def test_twelve_orders_take_as_many_statements_as_three() -> None:
    make_edition(shelf={"MAN26": 5_000, "LIV26": 0})
    price_parcels(700)
    run_of(orders(1))  # reads what a process keeps
    few, many = run_of(orders(3)), run_of(orders(12))
    assert few == many
    assert max(many) <= MOST

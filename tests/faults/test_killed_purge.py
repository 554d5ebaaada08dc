"""A purge that is killed at any statement: no order is erased by half or counted twice, and the next purge ends it."""

from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from orders.catalogue.models import Edition
from orders.database import db, transact
from orders.ordering.erased_counts import ErasedOrderCount
from orders.ordering.models import Order
from orders.privacy import erasing, purging
from orders.privacy.models import Purge
from orders.privacy.registry import REMOVED
from orders.privacy.tables import TABLES
from orders.reports import integrity, orders_report, stock_report
from orders.reports.orders_report import Dimension
from tests.faults import LONG
from tests.privacy.season import DUE, make_season
from tests.races.processes import Process, Sender, die_before
from tests.timeouts import PATIENCE

pytestmark = pytest.mark.races

STATEMENTS = range(4, 400, 3) if LONG else (40,)  # before which one is killed after another; the last one ends
MONTHS = 3


def purge(_app: Flask, _sender: Sender, *, statement: int) -> None:
    die_before(statement)
    erasing.MOST_ROWS = 2  # several transactions, as a large season takes
    for step in purging.look(at=DUE, months=MONTHS):
        transact(purging.do, step, at=DUE)


def figures() -> Any:
    edition = db.session.scalars(select(Edition)).one()
    return [orders_report.report(edition, by) for by in Dimension], stock_report.figures(edition)


def erased() -> tuple[int, int]:
    """How many orders are erased, and how many of those that count are counted."""
    orders = db.session.scalar(select(func.count()).where(Order.erased_at.is_not(None)))
    return orders or 0, db.session.scalar(select(func.sum(ErasedOrderCount.orders))) or 0


def half_erased() -> list[str]:
    names = db.session.execute(select(Order.name, Order.street, Order.erased_at)).all()
    return [name for name, street, at in names if (name == REMOVED, street == "") != ((at is not None),) * 2]


def test_a_purge_that_is_killed_erases_nothing_by_half_and_the_next_one_ends_it(app: Flask) -> None:
    with app.app_context():
        make_season()
        before, seen = figures(), set()
        db.session.rollback()
        for statement in (*STATEMENTS, 10_000):
            process = Process(app, partial(purge, statement=statement))
            assert process.everything_left() == []
            process.process.join(PATIENCE)
            was_killed = process.process.exitcode != 0
            process.end()
            assert was_killed or erased()[0] == 6
            assert half_erased() == []
            assert figures() == before
            assert [str(each) for each in integrity.discrepancies()] == []
            seen.add(erased())
            db.session.rollback()
            if not was_killed:
                break
        assert len(seen) >= 2, "it was never killed in the middle"
        assert sum(erasing.count(table, "1 = 1") for table in TABLES if table.of_orders) == 0
        (record,) = db.session.scalars(select(Purge))
        assert record.finished_at == DUE
        assert record.orders == {"2026": erased()[0]}

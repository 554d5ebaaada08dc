"""The numbers that are kept follow every change of an order, whoever makes it. `app` proves them after every test."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select, update

from orders.clock import local_day
from orders.commands.worker import roll_up_counts
from orders.counts import sums
from orders.counts.tables import COUNTS, copies_count, movement_count, order_count
from orders.database import db, transact
from orders.ordering.lifecycle import cancellation
from orders.ordering.models import Order, OrderLine, OrderStatus
from orders.ordering.order_counts import orders_by_status
from orders.reports import integrity
from tests.factories import BY, NOW, make_edition, make_order

MOMENTS = [
    datetime(2026, 3, 28, 22, 59, 59, 999_999, tzinfo=UTC),
    datetime(2026, 3, 28, 23, 0, tzinfo=UTC),
    datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC),  # summer time has begun
    datetime(2026, 3, 29, 22, 0, tzinfo=UTC),
    datetime(2026, 10, 24, 22, 0, tzinfo=UTC),
    datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC),  # and ended
    datetime(2026, 12, 31, 23, 0, tzinfo=UTC),
    datetime(2027, 3, 28, 22, 0, tzinfo=UTC),
    datetime(2025, 10, 26, 22, 0, tzinfo=UTC),
]


def kept() -> dict[str, list[tuple[object, ...]]]:
    """The sums of every count, by its table's name."""
    found = {}
    for count in COUNTS:
        keys = [count.table.c[name] for name in count.keys]
        figures = [func.sum(count.table.c[name]) for name in count.figures]
        rows = db.session.execute(select(*keys, *figures).group_by(*keys).order_by(*keys))
        found[count.table.name] = [tuple(row) for row in rows]
    return found


def test_an_order_counts_on_the_day_it_is_in_brussels(app_context: Flask) -> None:
    make_edition()
    make_order()
    day = select(order_count.c.day).group_by(order_count.c.day).having(func.sum(order_count.c.orders) != 0)
    for moment in MOMENTS:
        db.session.execute(update(Order).values(placed_at=moment))
        assert db.session.scalars(day).all() == [local_day(moment)], moment
    db.session.rollback()


def test_copies_that_are_waited_for_leave_the_count_when_the_order_is_cancelled(app_context: Flask) -> None:
    make_edition(shelf=1)
    order = make_order(lines={"MAN26": 3})
    queued = select(func.sum(copies_count.c.queued))
    assert db.session.scalar(queued) == 2
    transact(cancellation.cancel, order.reference, at=NOW, by=BY)
    assert db.session.scalar(queued) == 0
    assert orders_by_status() == dict.fromkeys(OrderStatus, 0) | {OrderStatus.CANCELLED: 1}


def test_a_statement_for_many_orders_is_counted_as_one_for_each_would_be(app_context: Flask) -> None:
    edition = make_edition()
    orders = [make_order(lines={"MAN26": 2, "LIV26": 1}) for _ in range(3)]
    db.session.execute(update(Order).values(audience="school", postcode="5000"))
    db.session.execute(update(OrderLine).values(copies=OrderLine.copies + 1))
    db.session.execute(delete(OrderLine).where(OrderLine.order_id == orders[0].id))
    lines = [{"order_id": orders[0].id, "publication_id": each.id, "copies": 9} for each in edition.publications]
    db.session.execute(insert(OrderLine), lines)
    assert list(sums.verify()) == []
    asked = select(func.sum(copies_count.c.asked), func.sum(copies_count.c.lines))
    assert db.session.execute(asked.where(copies_count.c.audience == "school")).one() == (2 * (3 + 2) + 2 * 9, 6)
    db.session.rollback()


def test_changes_that_are_put_together_leave_every_number_as_it_was(app_context: Flask) -> None:
    make_edition(shelf=5)
    for copies in (2, 2, 3):
        make_order(lines={"MAN26": copies})
    before = kept()
    changes = select(func.count()).select_from(movement_count).where(~movement_count.c.is_sum)
    for _ in range(2):
        transact(sums.roll_up)
        assert kept() == before
        assert db.session.scalar(changes) == 0
        make_order(lines={"LIV26": 1})
        before = kept()
        assert db.session.scalar(changes) == 1


def test_the_worker_puts_changes_together_once_they_are_many(
    app_context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_edition()
    make_order()
    assert not roll_up_counts()
    monkeypatch.setattr(sums, "ENOUGH", 2)
    assert roll_up_counts()
    assert not roll_up_counts()


def test_the_proof_names_a_number_that_is_wrong(app_context: Flask) -> None:
    make_edition()
    make_order()
    db.session.execute(update(order_count).values(orders=order_count.c.orders + 1))
    assert [str(each) for each in integrity.discrepancies()] == [
        "orders in order_count of 1, 2026-11-20, family, post, ready: the movements say what is counted now, found +1"
    ]
    db.session.rollback()

"""Hundreds of rows are written, changed and found by one statement each."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, inspect, select

from orders.database import db
from orders.ordering.models import Order, OrderStatus
from orders.rows import bulk_rows
from orders.rows.bulk_rows import among
from orders.staff.models import AuditEntry
from tests.factories import NOW, make_edition, make_order

pytestmark = pytest.mark.usefixtures("app_context")
OTHERS_OWN = ("id", "reference", "link_nonce", "submission")


def copy_of(order: Order, number: int) -> Order:
    values = {each.key: getattr(order, each.key) for each in inspect(Order).column_attrs if each.key not in OTHERS_OWN}
    return Order(**values, reference=f"COPY{number:04}", link_nonce=f"nonce{number}")


def written(reference: str) -> Order:
    db.session.expire_all()
    return db.session.scalars(select(Order).where(Order.reference == reference)).one()


def test_a_row_of_many_is_written_as_the_session_writes_one() -> None:
    make_edition()
    order = make_order(needed_by=date(2026, 12, 1), message='L’été :\n« oui » \\ "non" 🙂 {a: %s}')
    order.review_reasons = ["repeat", "allowance"]
    db.session.flush()
    copies = [copy_of(order, number) for number in range(3)]
    bulk_rows.write(copies)
    ids = [copy.id for copy in copies]
    assert len({*ids, order.id}) == 4
    for copy, number in zip(copies, ids, strict=True):
        found = written(copy.reference)
        assert found.id == number
        for each in inspect(Order).column_attrs:
            assert each.key in OTHERS_OWN or getattr(found, each.key) == getattr(order, each.key), each.key
    db.session.add(next_one := copy_of(order, 3))
    db.session.flush()
    assert next_one.id not in ids


def test_text_of_many_rows_is_cleaned_as_everywhere() -> None:
    at = {"at": NOW, "door": "office", "action": "placed"}
    bulk_rows.insert_values(
        AuditEntry, [{**at, "thing": f"order \x00\x07{number}", "after": {"n": [1]}} for number in (1, 2)]
    )
    found = db.session.execute(select(AuditEntry.thing, AuditEntry.at, AuditEntry.after).order_by(AuditEntry.id)).all()
    assert [tuple(each) for each in found[-2:]] == [(f"order {number}", NOW, {"n": [1]}) for number in (1, 2)]


def test_what_is_assigned_is_written_once_and_counts_as_a_version() -> None:
    make_edition()
    orders = [make_order() for _ in range(3)]
    before = [order.version for order in orders]
    later = NOW + timedelta(hours=1)
    for order, status in zip(orders, (OrderStatus.SENT, OrderStatus.READY, OrderStatus.WAITING), strict=True):
        bulk_rows.assign(order, status=status, returned_at=later, needed_by=None)
    assert not db.session.dirty
    bulk_rows.change(orders[:2], "status", "returned_at", "needed_by")
    assert [order.version for order in orders] == [before[0] + 1, before[1] + 1, before[2]]
    found = [written(order.reference) for order in orders]
    assert [(each.status, each.returned_at) for each in found] == [
        (OrderStatus.SENT, later),
        (OrderStatus.READY, later),
        (OrderStatus.READY, None),
    ]
    assert [each.version for each in found] == [before[0] + 1, before[1] + 1, before[2]]


def test_nothing_is_written_for_no_rows() -> None:
    bulk_rows.write([])
    bulk_rows.insert([])
    bulk_rows.change([], "status")
    assert db.session.scalar(select(func.count()).select_from(Order)) == 0


def test_more_values_are_looked_for_than_a_statement_has_parameters() -> None:
    make_edition()
    order = make_order()
    assert db.session.scalars(select(Order.id).where(among(Order.id, range(100_000)))).all() == [order.id]
    names = [f"REF{number:05}" for number in range(70_000)]
    assert db.session.scalars(select(Order.id).where(among(Order.reference, [*names, order.reference]))).all() == [
        order.id
    ]
    assert db.session.scalars(select(Order.id).where(among(Order.reference, []))).all() == []

"""The benchmarks' season is one that the rules could have made."""

from flask import Flask
from sqlalchemy import func, select

from orders.database import db
from orders.ordering.models import Order, OrderStatus
from orders.references import read_reference
from orders.reports import integrity
from orders.shipping.models import Parcel
from tests.bench.season import fill


def test_a_season_written_by_sql_has_orders_of_every_kind_and_its_sums_hold(app_context: Flask) -> None:
    edition = fill(400)
    assert integrity.discrepancies() == []
    counts = dict(db.session.execute(select(Order.status, func.count()).group_by(Order.status)).all())
    assert sum(counts.values()) == 400
    assert counts.keys() >= {OrderStatus.SENT, OrderStatus.READY, OrderStatus.WAITING, OrderStatus.PENDING}
    assert db.session.scalar(select(func.count(Parcel.id)))
    reference = db.session.scalars(select(Order.reference).where(Order.edition_id == edition.id)).first()
    assert reference == read_reference(str(reference))

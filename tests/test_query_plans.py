"""No page that everybody opens reads all that was ever ordered: each statement finds its rows by an index.

Asked of SQLite, which has no statistics in a new database and says plainly what it will do.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from orders.database import db, transact
from orders.mail import signed_links
from orders.ordering.lifecycle import placing
from orders.ordering.lookup import order_rate
from orders.ordering.lookup.filters import READY_FOR_PICKUP, Filter
from orders.ordering.lookup.matching_orders import matching
from orders.ordering.models import Order
from orders.shipping.dispatches import lifecycle
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order, make_request

GROWING = "order|order_line|movement|parcel|parcel_content|outgoing_mail|audit_entry"
READS_ALL = re.compile(
    rf"SCAN (?:{GROWING})\b|(?:{GROWING}) USING (?:COVERING )?INDEX \w+ \((?:edition_id|kind|status)=\?\)$"
)


@contextmanager
def plans(app: Flask) -> Iterator[list[str]]:
    """What SQLite will do for each statement that is sent meanwhile."""
    sent: list[tuple[str, Any]] = []
    with app.app_context():
        engine = db.engine

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        sent.append((statement, parameters))

    told: list[str] = []
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield told
    finally:
        event.remove(engine, "before_cursor_execute", note)
    with engine.connect() as connection:
        for statement, parameters in sent:
            if statement.startswith(("SELECT", "UPDATE", "DELETE")):
                told += [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]


@pytest.fixture
def season(app: Flask) -> Flask:
    """An edition with an order that was posted, one that waits, and one that is ready."""
    if not app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        pytest.skip("SQLite says what it will do")
    with app.app_context():
        make_edition(shelf=5)
        transact(lifecycle.close, make_dispatch(make_order()).id, at=NOW, by=BY, everything=True)
        make_order(lines={"MAN26": 3})
        make_order(lines={"MAN26": 3})
    return app


def token(app: Flask) -> str:
    with app.app_context():
        waiting = make_order(lines={"LIV26": 9})
        return signed_links.token(waiting.reference, waiting.link_nonce)


PAGES: dict[str, Callable[[Flask], str]] = {
    "front": lambda _: "/",
    "form": lambda _: "/order",
    "postage": lambda _: "/order/postage?copies-MAN26=3&when_short=fewer",
    "own order": lambda app: f"/o/{token(app)}",
}


@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_reads_no_whole_table_and_no_whole_edition(season: Flask, client: FlaskClient, page: str) -> None:
    address = PAGES[page](season)
    with plans(season) as told:
        assert client.get(address).status_code == 200
    assert told
    assert [each for each in told if READS_ALL.search(each)] == []


@pytest.mark.parametrize("audience", ["family", "school"])
def test_placing_an_order_reads_no_whole_table_and_no_whole_edition(season: Flask, audience: str) -> None:
    organisation = "" if audience == "family" else "École communale"
    request = make_request(lines={"MAN26": 1, "LIV26": 2}, audience=audience, organisation=organisation)
    with season.app_context(), plans(season) as told:
        transact(placing.place, request, at=NOW, by=BY)
        assert not order_rate.is_surge(unusual=3, at=NOW)
    assert told
    assert [each for each in told if READS_ALL.search(each)] == []


@pytest.mark.parametrize(
    "wanted", [Filter(province="Namur"), Filter(needed_until=date(2026, 12, 24)), READY_FOR_PICKUP], ids=str
)
def test_orders_of_a_filter_are_counted_in_an_index_alone(season: Flask, wanted: Filter) -> None:
    with season.app_context(), plans(season) as told:
        db.session.execute(matching(wanted, few=True).with_only_columns(Order.status, Order.delivery))
    assert all("USING COVERING INDEX" in each for each in told if "order" in each), told

"""An order asks the database for little, and for nothing twice."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from orders.database import db
from tests.factories import allow, make_edition
from tests.page import Page
from tests.public.test_ordering import TYPED

MOST = 20  # of a school, whose neighbours are looked at; without BEGIN, which only SQLite shows here
TWICE = {"SELECT kept_rows_token.token FROM kept_rows_token"}  # before the gate and behind it


def statements(app: Flask, do: Callable[[], object]) -> list[str]:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: Any) -> None:
        asked.append(" ".join(statement.split()))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        do()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return [each for each in asked if not each.startswith("BEGIN")]


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """The form that it keeps for a minute must not reach another test."""
    own_app.config["FORM_KEPT_SECONDS"] = 60
    return own_app


def test_an_order_takes_few_statements_and_reads_nothing_twice(app: Flask) -> None:
    with app.app_context():
        make_edition()
        allow("family", review_above=50, maximum=500)
    client = app.test_client()
    fields = {**Page.open(client, "/order").fields("/order"), **TYPED}
    asked = statements(app, lambda: client.post("/order", data=fields))
    read = Counter(each for each in asked if each.startswith("SELECT"))
    assert {each for each, times in read.items() if times > 1} <= TWICE
    assert len(asked) <= MOST, asked


def test_the_form_measures_the_delay_once(app: Flask) -> None:
    with app.app_context():
        make_edition(shelf=1)
    asked = statements(app, lambda: app.test_client().get("/order"))
    assert sum("FROM dispatch" in each for each in asked) == 1, asked

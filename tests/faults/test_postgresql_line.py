"""A line to PostgreSQL that is silent, slow or cut: a page says so in twenty seconds, and afterwards all is well."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, event, func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from orders.database import db, transact
from orders.ordering.models import Order
from orders.postgresql import unhurried
from tests import postgres
from tests.conftest import make_app
from tests.factories import make_edition
from tests.faults.line import Line
from tests.page import Page

pytestmark = [pytest.mark.races, pytest.mark.slow]

PROMISED = 20.0  # seconds until a page
ORDER = {
    "audience": "family",
    "name": "Marie Dupont",
    "street": "Rue de la Senne",
    "number": "32",
    "postcode": "5590",
    "town": "Ciney",
    "email": "marie@example.org",
    "copies-MAN26": "2",
}


@pytest.fixture
def line(postgres_template: str) -> Iterator[Line]:
    folder = postgres_template.partition("host=")[2]
    line = Line(f"{folder}/.s.PGSQL.5432")
    yield line
    line.close()


@pytest.fixture
def app(postgres_template: str, line: Line, tmp_path: Path) -> Iterator[Flask]:
    postgres.administer(postgres_template, "CREATE DATABASE silent TEMPLATE template_pli")
    url = f"postgresql+psycopg://postgres@127.0.0.1:{line.port}/silent"
    app = make_app(url, tmp_path, TESTING=False, DATABASE_SECONDS=2)
    with app.app_context():
        make_edition()
    yield app
    with app.app_context():
        db.engine.dispose()
    postgres.administer(postgres_template, "DROP DATABASE silent WITH (FORCE)")


def form(client: FlaskClient) -> dict[str, str]:
    return {**Page.open(client, "/order").fields("/order"), **ORDER}


def orders(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Order)) or 0


def away(client: FlaskClient, url: str, data: dict[str, str] | None = None) -> None:
    """The page says that the service does not answer, in time."""
    begun = time.monotonic()
    answer = client.post(url, data=data) if data else client.get(url)
    assert time.monotonic() - begun < PROMISED
    assert "Le service ne répond pas" in Page.of(answer, status=503).words()
    assert answer.headers["Retry-After"] == "60"


def test_a_line_that_falls_silent_is_told_and_works_again_by_itself(app: Flask, line: Line) -> None:
    client = app.test_client()
    typed = form(client)
    line.is_silent.set()
    away(client, "/")
    away(client, "/order", typed)
    begun = time.monotonic()
    assert client.get("/healthz").status_code == 200
    assert time.monotonic() - begun < 1  # it asks no database
    assert client.get("/readyz").status_code == 503
    line.is_silent.clear()
    assert client.post("/order", data=typed).status_code == 303
    assert orders(app) == 1


STATEMENTS = ["INSERT INTO submitted_form", 'INSERT INTO "order"', "INSERT INTO outgoing_mail", "COMMIT"]


@contextmanager
def at(app: Flask, statement: str, fault: Callable[[], None]) -> Iterator[None]:
    """Inside, the fault happens right before the first statement that begins so."""
    happened: list[str] = []

    def look(said: str) -> None:
        if not happened and said.startswith(statement):
            happened.append(said)
            fault()

    def before(_c: object, _cursor: object, said: str, *_rest: object) -> None:
        look(said)

    def commit(_c: object) -> None:
        look("COMMIT")

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "commit", commit)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", before)
        event.remove(engine, "commit", commit)
    assert happened


@pytest.mark.parametrize("statement", STATEMENTS)
def test_an_order_in_the_middle_of_which_the_line_falls_silent_is_made_once(
    app: Flask, line: Line, statement: str
) -> None:
    client = app.test_client()
    typed = form(client)
    with at(app, statement, line.is_silent.set):
        away(client, "/order", typed)
    line.is_silent.clear()
    assert client.post("/order", data=typed).status_code == 303
    assert orders(app) == 1


@pytest.mark.parametrize("statement", STATEMENTS)
def test_an_order_in_the_middle_of_which_the_line_is_cut_is_made_once(app: Flask, line: Line, statement: str) -> None:
    client = app.test_client()
    typed = form(client)
    with at(app, statement, line.cut):
        away(client, "/order", typed)
    assert client.post("/order", data=typed).status_code == 303
    assert orders(app) == 1


def test_an_order_whose_commit_was_done_and_not_heard_of_is_made_once(app: Flask, line: Line) -> None:
    client = app.test_client()
    typed = form(client)
    with at(app, "COMMIT", line.loses_answer.set):
        away(client, "/order", typed)
    assert orders(app) == 1
    assert client.post("/order", data=typed).status_code == 303
    assert orders(app) == 1


def test_a_slow_line_makes_pages_slow_and_loses_nothing(app: Flask, line: Line) -> None:
    client = app.test_client()
    typed = form(client)
    line.delay = 0.005
    assert client.post("/order", data=typed).status_code == 303
    line.delay = 1.5
    away(client, "/order", {**typed, "submission": "another"})
    line.delay = 0.0
    Page.open(client, "/")
    assert orders(app) == 1


def test_statements_of_one_page_share_its_time(app: Flask) -> None:
    def slow() -> str:
        for _ in range(100):
            db.session.execute(text("SELECT pg_sleep(0.4)"))
        return "never"

    app.add_url_rule("/slow", "slow", slow)
    away(app.test_client(), "/slow")
    Page.open(app.test_client(), "/")


def test_a_page_for_which_there_is_no_connection_says_so(app: Flask) -> None:
    def crowded() -> str:
        raise PoolTimeout

    app.add_url_rule("/crowded", "crowded", crowded)
    away(app.test_client(), "/crowded")


def test_a_command_ends_a_statement_that_takes_too_long_and_a_line_that_is_silent(app: Flask, line: Line) -> None:
    with app.app_context():
        with pytest.raises(OperationalError, match="statement timeout"):
            transact(lambda: db.session.execute(text("SELECT pg_sleep(30)")))
        line.is_silent.set()
        with pytest.raises(OperationalError):
            transact(lambda: db.session.execute(text("SELECT 1")))


def test_only_a_migration_takes_the_time_that_it_needs(app: Flask) -> None:
    def limits(connection: Connection) -> tuple[str, float]:
        told = connection.scalar(text("SHOW statement_timeout"))
        return str(told), connection.connection.driver_connection.seconds  # type: ignore[union-attr]

    with app.app_context(), db.engine.connect() as connection:
        assert limits(connection) == ("2s", 2)
        with unhurried(connection):
            assert limits(connection) == ("0", float("inf"))

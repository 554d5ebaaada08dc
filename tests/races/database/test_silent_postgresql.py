"""PostgreSQL that is silent: a page says so within twenty seconds, and all is well again when it answers."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
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
from tests.page import Page
from tests.timeouts import PATIENCE

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


class Line:
    """A line to PostgreSQL's socket that can swallow all that is sent, both ways, while it stays open."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.is_silent = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.sockets = [self.listener]
        self.threads: list[threading.Thread] = []
        self._start(self._accept)

    def close(self) -> None:
        for each in self.sockets:
            with suppress(OSError):  # it is closed already
                each.shutdown(socket.SHUT_RDWR)
        for thread in self.threads:
            thread.join(PATIENCE)
        self.listener.close()

    def _start(self, job: Callable[..., None], *arguments: socket.socket) -> None:
        self.threads.append(threading.Thread(target=job, args=arguments, daemon=True))
        self.threads[-1].start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:  # the line is closed
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(self.server)
            self.sockets += [client, server]
            self._start(self._carry, client, server)
            self._start(self._carry, server, client)

    def _carry(self, origin: socket.socket, destination: socket.socket) -> None:
        with origin, suppress(OSError):  # the other end is closed already
            while read := origin.recv(65_536):
                if not self.is_silent.is_set():
                    destination.sendall(read)
            destination.shutdown(socket.SHUT_RDWR)


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


@pytest.mark.parametrize(
    "statement", ["INSERT INTO submitted_form", 'INSERT INTO "order"', "INSERT INTO outgoing_mail"]
)
def test_an_order_in_the_middle_of_which_the_line_falls_silent_is_made_once(
    app: Flask, line: Line, statement: str
) -> None:
    client = app.test_client()
    typed = form(client)
    with app.app_context():
        engine = db.engine

    def fall_silent(_c: object, _cursor: object, said: str, *_rest: object) -> None:
        if said.startswith(statement):
            line.is_silent.set()

    event.listen(engine, "before_cursor_execute", fall_silent)
    away(client, "/order", typed)
    event.remove(engine, "before_cursor_execute", fall_silent)
    assert line.is_silent.is_set()
    line.is_silent.clear()
    assert client.post("/order", data=typed).status_code == 303
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

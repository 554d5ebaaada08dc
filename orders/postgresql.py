"""How long anybody waits for PostgreSQL: a server that is slow, silent or gone is an error, not a wait without end.

A server may go silent in ways that only its client notices: the machine is cut off, the process is stopped, something
between them swallows what is sent. So besides the limits that libpq and the server know, each request has a limit of
its own on all that it waits for. A connection that reaches a limit is closed and never used again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil, inf
from time import monotonic
from typing import Any, TypeVar, cast

import psycopg
from flask import g, has_request_context
from psycopg.abc import PQGen
from sqlalchemy import Connection, Engine, make_url

T = TypeVar("T")

CONNECT = 5  # seconds for a connection to be made
POOL = 3  # seconds for another thread to give one back
GRACE = 3.0  # seconds that a command gives the server beyond its own limit to say so
FRESH = 1.0  # seconds after an answer in which a connection is not asked whether it is still there
LOOK = 0.1  # seconds between looks at whether somebody pressed Ctrl-C
SPENT = "seconds_spent_waiting_for_postgresql"

# A machine that is gone without a word: noticed by the client in about 11 s, by the server in about a minute.
TCP = {
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
SERVER = {
    "tcp_keepalives_idle": "30s",
    "tcp_keepalives_interval": "10s",
    "tcp_keepalives_count": "3",
    "idle_in_transaction_session_timeout": "5min",  # a web server that hangs lets go of its locks
}


def engine_options(url: str, seconds: int) -> dict[str, Any]:
    """The engine's pool and connections. What the URL itself says about a connection goes before."""
    server = {"statement_timeout": f"{seconds}s", **SERVER}
    given = {
        "connect_timeout": min(CONNECT, seconds),
        **TCP,
        "options": " ".join(f"-c {name}={value}" for name, value in server.items()),
    }
    said = make_url(url).query
    connect_args = {name: value for name, value in given.items() if name not in said}
    return {"pool_pre_ping": True, "pool_timeout": POOL, "connect_args": connect_args}


class ImpatientConnection(psycopg.Connection[Any]):
    """A connection that waits no longer than whoever uses it may."""

    seconds: float = inf  # the limit of one request on all that it asks, of a command on each statement
    answered_at: float = -inf

    def wait(self, gen: PQGen[T], interval: float = LOOK, timeout: float | None = None) -> T:
        if timeout is not None or self.seconds == inf:
            return super().wait(gen, interval, timeout)
        left, begun = _left(self.seconds), monotonic()
        try:
            answer = super().wait(gen, interval, left)
        except psycopg.OperationalError:
            if monotonic() - begun >= left:
                self.close()
            raise
        finally:
            _spend(begun)
        self.answered_at = monotonic()
        return answer


def _left(seconds: float) -> float:
    return max(0.0, seconds - g.get(SPENT, 0.0)) if has_request_context() else seconds + GRACE


def _spend(begun: float) -> None:
    if has_request_context():
        setattr(g, SPENT, g.get(SPENT, 0.0) + monotonic() - begun)


def limit_waiting(engine: Engine, seconds: int) -> None:
    """Give the engine connections that a request waits for `seconds` in all, and never longer.

    The pool asks a connection whether it is still there before it gives it out, unless it answered a moment ago: an
    order takes three, and being asked costs as much as a statement.
    """

    def connect(*args: Any, **parameters: Any) -> ImpatientConnection:
        left, begun = _left(seconds), monotonic()
        if left <= 0:
            raise psycopg.OperationalError("the request has waited long enough")
        try:
            timeout = min(float(parameters["connect_timeout"]), left) if "connect_timeout" in parameters else left
            connection = ImpatientConnection.connect(*args, **{**parameters, "connect_timeout": ceil(timeout)})
        finally:
            _spend(begun)
        connection.seconds = seconds
        return connection

    ping = engine.dialect.do_ping

    def ping_unless_fresh(connection: Any) -> bool:
        return monotonic() - connection.answered_at < FRESH or ping(connection)

    engine.dialect.connect = connect  # type: ignore[method-assign,assignment]
    engine.dialect.do_ping = ping_unless_fresh  # type: ignore[method-assign,assignment]


@contextmanager
def unhurried(connection: Connection) -> Iterator[None]:
    """Inside, statements take the time that they need: migrations rewrite whole tables."""
    driver = cast(ImpatientConnection, connection.connection.driver_connection)
    seconds, driver.seconds = driver.seconds, inf
    driver.execute("SET statement_timeout = 0")
    try:
        yield
    finally:
        driver.seconds = seconds

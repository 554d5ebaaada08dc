"""Tries are counted for all web servers together."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text

from orders.database import db
from orders.shared_state.rate_limit_storage import DatabaseStorage
from orders.web.rate_limits import limiter
from tests.conftest import make_app
from tests.factories import make_edition

SHARED = {"RATELIMIT_ENABLED": True, "RATELIMIT_STORAGE_URI": "database://"}


@pytest.fixture
def servers(database_url: str, tmp_path: Path) -> Iterator[list[Flask]]:
    """Two web servers that share a database and, on SQLite, a machine."""
    apps = [make_app(database_url, tmp_path, **SHARED) for _ in range(2)]
    limiter.enabled = True
    yield apps
    limiter.enabled = False
    for app in apps:
        with app.app_context():
            db.engine.dispose()


def test_tries_at_one_web_server_count_at_the_other(servers: list[Flask]) -> None:
    with servers[0].app_context():
        make_edition()
    clients = [app.test_client() for app in servers]
    statuses = [clients[number % 2].post("/staff/login", data={"email": "x"}).status_code for number in range(22)]
    assert statuses.index(429) == 20
    assert statuses[20:] == [429, 429]


def test_a_window_ends_and_nobody_is_named(servers: list[Flask]) -> None:
    storage = DatabaseStorage("database://")
    with servers[0].app_context(), time_machine.travel("2026-11-20 10:00", tick=False) as clock:
        assert [storage.incr("LIMITER/192.0.2.17/order", 60) for _ in range(3)] == [1, 2, 3]
        assert storage.get("LIMITER/192.0.2.17/order") == 3
        with storage._connected() as connection:
            assert "192" not in str(connection.execute(text("SELECT key FROM rate_limit")).all())
        clock.shift(61)
        assert storage.get("LIMITER/192.0.2.17/order") == 0
        assert storage.incr("LIMITER/192.0.2.17/order", 60) == 1
        storage.clear("LIMITER/192.0.2.17/order")
        assert storage.get("LIMITER/192.0.2.17/order") == 0
        assert storage.reset() == 0

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

SOMEBODY = "LIMITER/192.0.2.17/order"


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = make_app(database_url, tmp_path, RATELIMIT_ENABLED=True, RATELIMIT_STORAGE_URI="database://")
    limiter.enabled = True
    yield app
    limiter.enabled = False
    with app.app_context():
        db.engine.dispose()


def test_a_page_counts_tries_in_the_database(server: Flask) -> None:
    with server.app_context():
        make_edition()
    client = server.test_client()
    statuses = [client.post("/find").status_code for _ in range(61)]
    assert statuses.index(429) == 60


def test_tries_at_one_web_server_count_at_the_other_until_their_time_is_over(server: Flask) -> None:
    one, other = DatabaseStorage("database://"), DatabaseStorage("database://")
    with server.app_context(), time_machine.travel("2026-11-20 10:00Z", tick=False) as clock:
        assert [storage.incr(SOMEBODY, 60) for storage in (one, other, one)] == [1, 2, 3]
        assert (other.get(SOMEBODY), other.get("LIMITER/192.0.2.18/order")) == (3, 0)
        clock.shift(59)
        assert other.incr(SOMEBODY, 60) == 4
        clock.shift(1)
        assert other.get(SOMEBODY) == 0
        assert [storage.incr(SOMEBODY, 60) for storage in (one, other)] == [1, 2]
        one.clear(SOMEBODY)
        assert other.get(SOMEBODY) == 0


def test_what_is_kept_names_nobody(server: Flask) -> None:
    storage = DatabaseStorage("database://")
    with server.app_context():
        storage.incr(SOMEBODY, 60)
        with storage._connected() as connection:
            kept = connection.execute(text("SELECT * FROM rate_limit")).all()
        assert "192.0.2.17" not in str(kept)
        assert storage.reset() == len(kept) == 1

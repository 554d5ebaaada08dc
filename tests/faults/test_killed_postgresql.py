"""PostgreSQL that is killed or stopped under load: what was confirmed is there once, and all is well by itself."""

import secrets
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from orders.database import db, transact
from orders.ordering.lifecycle import placing
from orders.ordering.models import Order
from orders.reports import integrity
from orders.schema.migrating import upgrade
from tests import postgres
from tests.backups.places import place
from tests.conftest import DATABASES
from tests.factories import BY, NOW, make_edition, make_request
from tests.faults import LONG
from tests.races.threads import Job, start

pytestmark = [pytest.mark.races, pytest.mark.skipif("postgresql" not in DATABASES, reason="takes PostgreSQL")]

TIMES = 50 if LONG else 2


@pytest.fixture
def server() -> Iterator[postgres.Server]:
    """One that waits for the disk before it confirms, as in production."""
    with postgres.own_server(fsync="on", synchronous_commit="on", full_page_writes="on") as server:
        yield server


@pytest.fixture
def app(server: postgres.Server, tmp_path: Path) -> Iterator[Flask]:
    from_nothing = server.url % "pli"
    postgres.administer(server.url, "CREATE DATABASE pli")
    with place(from_nothing, tmp_path, DATABASE_SECONDS=5) as app:
        yield app


class Orderers:
    """People who order all the time, and send the same form again when they get no answer."""

    def __init__(self, app: Flask, people: int = 3) -> None:
        self.confirmed: list[str] = []
        self.errors = 0
        self.is_over = threading.Event()
        self.jobs: list[Job[None]] = [start(app, self._order) for _ in range(people)]

    def _order(self) -> None:
        while not self.is_over.is_set():
            request = make_request(submission=secrets.token_hex(8))
            while True:
                try:
                    reference = transact(placing.place, request, at=NOW, by=BY).reference
                except DBAPIError:
                    self.errors += 1
                    db.session.remove()
                    time.sleep(0.02)
                else:
                    self.confirmed.append(reference)
                    break

    def wait_for_more(self, orders: int) -> None:
        until = time.monotonic() + 60
        goal = len(self.confirmed) + orders
        while len(self.confirmed) < goal:
            assert time.monotonic() < until, "nobody can order any more"
            time.sleep(0.005)

    def go_home(self) -> None:
        self.is_over.set()
        for job in self.jobs:
            job.result()


@pytest.mark.parametrize("fault", ["kill", "stop"])
def test_what_was_confirmed_is_there_once_whenever_the_server_goes(
    app: Flask, server: postgres.Server, fault: str
) -> None:
    with app.app_context():
        upgrade()
        make_edition(shelf=1_000_000)
    orderers = Orderers(app)
    for _ in range(TIMES):
        orderers.wait_for_more(10)
        server.kill() if fault == "kill" else server.stop()
        server.start()
    orderers.wait_for_more(10)
    orderers.go_home()
    assert orderers.errors > 0
    with app.app_context():
        assert sorted(db.session.scalars(select(Order.reference))) == sorted(orderers.confirmed)
        assert [str(each) for each in integrity.discrepancies()] == []

"""A disk that is full: a page says that it does not work now, nothing is half kept, and with room all is well again."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from orders.database import db
from orders.mail.models import OutgoingMail
from orders.ordering.models import Order
from orders.schema.migrating import upgrade
from tests import postgres
from tests.backups.places import place
from tests.conftest import proven
from tests.factories import make_edition
from tests.faults import LONG
from tests.faults.orders_by_form import fields
from tests.faults.small_disk import fill, small_disk
from tests.page import Page

ROOM = 4_000  # kilobytes
ROOM_FOR_POSTGRESQL = 200_000


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", ROOM) as disk:
        yield disk


@pytest.fixture
def app(disk: Path, sqlite_template: Path, tmp_path: Path) -> Iterator[Flask]:
    shutil.copy(sqlite_template, disk / "pli.sqlite")
    with place(f"sqlite:///{disk}/pli.sqlite", tmp_path / "instance", TESTING=False) as app:
        with app.app_context():
            make_edition(shelf=1_000)
        with proven(app):
            yield app


def counts(app: Flask) -> tuple[int, int]:
    with app.app_context():
        orders, mails = (db.session.scalar(select(func.count()).select_from(each)) for each in (Order, OutgoingMail))
    return orders or 0, mails or 0


def order_until_full(client: FlaskClient) -> tuple[int, dict[str, str]]:
    """How many orders were confirmed, and the form that was not."""
    for number in range(1_000):
        typed = fields(client, f"Marie {number}")
        answer = client.post("/order", data=typed)
        if answer.status_code != 303:
            assert "Le service ne répond pas" in Page.of(answer, status=503).words()
            return number, typed
    raise AssertionError("the disk is never full")


def test_orders_on_a_full_disk_are_refused_kept_whole_and_made_when_there_is_room(app: Flask, disk: Path) -> None:
    client = app.test_client()
    assert client.post("/order", data=fields(client, "Anne")).status_code == 303
    fill(disk)
    confirmed, typed = order_until_full(client)
    assert counts(app) == (confirmed + 1, confirmed + 1)
    assert client.get("/").status_code == 200  # reading goes on
    (disk / "filler").unlink()
    assert client.post("/order", data=typed).status_code == 303
    assert counts(app) == (confirmed + 2, confirmed + 2)


@pytest.fixture
def server() -> Iterator[postgres.Server]:
    """A server whose data lie on a disk of their own; its socket does not."""
    folder = postgres.own_folder()
    with small_disk(folder / "data", ROOM_FOR_POSTGRESQL) as disk:
        shutil.chown(disk, "postgres")
        with postgres.own_server(folder, fsync="on", synchronous_commit="on", full_page_writes="on") as server:
            postgres.administer(server.url, "CREATE DATABASE pli")
            yield server


@pytest.fixture
def on_postgresql(server: postgres.Server, tmp_path: Path) -> Iterator[Flask]:
    with place(server.url % "pli", tmp_path, TESTING=False, DATABASE_SECONDS=5) as app:
        with app.app_context():
            upgrade()
            make_edition(shelf=1_000)
        with proven(app):
            yield app


@pytest.mark.skipif(not LONG, reason="takes a server on a disk of its own: make faults")
def test_a_full_disk_of_postgresql_refuses_orders_and_loses_none(on_postgresql: Flask, server: postgres.Server) -> None:
    """First it cannot make its tables longer and says so; then it cannot write its log, and ends all connections."""
    client = on_postgresql.test_client()
    assert client.post("/order", data=fields(client, "Anne")).status_code == 303
    fill(server.folder / "data")
    confirmed, typed = order_until_full(client)
    assert counts(on_postgresql) == (confirmed + 1, confirmed + 1)
    assert client.get("/").status_code == 200
    with suppress(psycopg.Error):
        for _ in range(20):  # until it has used up the parts of its log that lie ready
            postgres.administer(server.url, "SELECT pg_logical_emit_message(true, 'fill', 'x'), pg_switch_wal()")
    assert "Le service ne répond pas" in Page.of(client.get("/"), status=503).words()
    (server.folder / "data/filler").unlink()
    server.stop()  # it may have ended by itself
    server.start()
    assert counts(on_postgresql) == (confirmed + 1, confirmed + 1)
    assert client.post("/order", data=typed).status_code == 303
    assert counts(on_postgresql) == (confirmed + 2, confirmed + 2)

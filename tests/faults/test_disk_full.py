"""A disk that is full: a page says that it does not work now, nothing is half kept, and with room all is well again."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from orders.database import db
from orders.mail.models import OutgoingMail
from orders.ordering.models import Order
from tests.backups.places import place
from tests.conftest import proven
from tests.factories import make_edition
from tests.faults.orders_by_form import fields
from tests.faults.small_disk import fill, small_disk
from tests.page import Page

ROOM = 4_000  # kilobytes


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

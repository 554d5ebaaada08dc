"""What was posted by mistake is ready again; what was closed stays closed."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.database import db
from orders.ordering.models import Order
from orders.staff.models import StaffRole
from tests.factories import make_dispatch, make_edition, make_order
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
URL = "/office/shipping/1"


@pytest.fixture
def client(app: Flask, office: Office) -> FlaskClient:
    """A dispatch of two letters and a box."""
    with app.app_context():
        make_edition(shelf=1_000)
        make_dispatch(make_order(), make_order(), make_order(lines={"MAN26": 60}))
    return office(StaffRole.OFFICE)


def send(client: FlaskClient, action: str, **fields: Any) -> str:
    """What the page says afterwards."""
    token = Page.open(client, URL).fields("/staff/logout")
    answer = client.post(f"{URL}/{action}", data={**token, **fields})
    assert answer.status_code == 303
    return Page.open(client, answer.location).words().replace("\u00a0", " ")


def statuses(app: Flask) -> list[str]:
    with app.app_context():
        return sorted(each.status.value for each in db.session.scalars(select(Order)))


def test_posted_by_mistake_makes_its_order_ready_again(app: Flask, client: FlaskClient) -> None:
    assert "Aucun de ces plis n’est à la poste" in send(client, "recall", all="1")
    send(client, "close", all="1", unpacked="1-3")
    assert "1 pli n’est pas parti" in send(client, "recall", sequence="1")
    assert statuses(app) == ["ready", "sent", "sent"]
    assert "posté par erreur" in send(client, "recall", sequence="1")
    assert "2 plis ne sont pas partis" in send(client, "recall", all="1")
    assert statuses(app) == ["ready", "ready", "ready"]
    assert "Aucun de ces plis" in send(client, "recall", all="1")


def test_recalling_nothing_recalls_nothing(app: Flask, client: FlaskClient) -> None:
    send(client, "close", all="1", unpacked="1-3")
    assert "Aucun de ces plis" in send(client, "recall")
    assert "Aucun de ces plis" in send(client, "recall", sequence="99")
    assert statuses(app) == ["sent"] * 3


def test_two_tabs_close_once(app: Flask, client: FlaskClient) -> None:
    send(client, "close", all="1", unpacked="1-3")
    assert "déjà clôturé" in send(client, "close", all="1", unpacked="1-3")
    assert statuses(app) == ["sent"] * 3

"""More orders than people could send: orderers are asked to wait and lose nothing, coordinators are told once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from orders.database import db
from orders.mail.models import OutgoingMail
from orders.ordering.models import Order
from orders.staff.models import StaffRole
from tests.conftest import make_app
from tests.factories import NOW, make_edition, make_member, make_order
from tests.page import Page
from tests.public.test_ordering import TYPED


@pytest.fixture
def busy(app: Flask, database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application with the limits on: unusual from 2 orders in ten minutes, full at 4."""
    with app.app_context():
        make_edition()
        make_member(role=StaffRole.COORDINATOR, email="coordinator@example.org")
        make_member(role=StaffRole.ADMINISTRATOR, email="administrator@example.org")
        make_member(role=StaffRole.COORDINATOR, email="gone@example.org", active=False)
        make_member(role=StaffRole.OFFICE)
    limited = make_app(
        database_url, tmp_path, RATELIMIT_ENABLED=True, UNUSUAL_ORDERS=2, MOST_ORDERS=4, FORM_MINIMUM_SECONDS=0
    )
    yield limited
    with limited.app_context():
        db.session.remove()
        db.engine.dispose()


def send(client: FlaskClient, number: int) -> Any:
    """An order of somebody new."""
    fields = Page.open(client, "/order").fields("/order")
    new = {"email": f"new{number}@example.org", "organisation": "", "audience": "family", "number": str(number)}
    return client.post("/order", data={**fields, **TYPED, **new, "copies-MAN26": "1", "copies-LIV26": "0"})


def told(app: Flask) -> list[str]:
    with app.app_context():
        mails = db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "order_surge"))
        return sorted(mail.address for mail in mails)


def test_who_coordinates_is_told_once_for_a_surge_and_again_for_the_next(busy: Flask) -> None:
    client = busy.test_client()
    with time_machine.travel(NOW, tick=False) as clock:
        assert send(client, 1).status_code == 303
        assert told(busy) == []
        assert send(client, 2).status_code == 303
        assert send(client, 3).status_code == 303
        assert told(busy) == ["administrator@example.org", "coordinator@example.org"]
        clock.shift(timedelta(hours=7))
        send(client, 4)
        assert len(told(busy)) == 2
        send(client, 5)
        assert len(told(busy)) == 4


def test_when_the_site_is_full_a_small_page_holds_what_was_sent_and_sends_it_ten_minutes_later(busy: Flask) -> None:
    client = busy.test_client()
    with time_machine.travel(NOW, tick=False) as clock:
        for number in range(1, 5):
            assert send(client, number).status_code == 303
        page = Page.of(answer := send(client, 5), status=429)
        assert answer.headers["Retry-After"] == "600"
        assert "Rien de ce que vous avez écrit n’est perdu" in page.words()
        assert page.fields("/order")["email"] == "new5@example.org"
        assert page.fields("/order")["message"] == "Merci beaucoup !\nÀ bientôt"
        reread = Page.of(client.post("/order", data={**page.fields("/order"), "language_switch": "typed"}))
        assert reread.fields("/order")["message"] == "Merci beaucoup !\nÀ bientôt"
        clock.shift(timedelta(minutes=11))
        assert client.post("/order", data=page.fields("/order")).status_code == 303


@pytest.mark.parametrize(("language", "again"), [("nl", "Opnieuw versturen"), ("de", "Erneut absenden")])
def test_the_page_that_asks_to_wait_repeats_every_value_as_it_was_sent(busy: Flask, language: str, again: str) -> None:
    busy.config["MOST_ORDERS"] = 0
    client = busy.test_client()
    fields = Page.open(client, f"/order?lang={language}").fields("/order")
    odd = {"confirm": ["postage", "repeat"], "name": 'Zoé "<b>&amp;', "message": " a\n\n b ", "copies-MAN26": "1"}
    page = Page.of(client.post(f"/order?lang={language}", data={**fields, **TYPED, **odd}), status=429)
    assert again in page.words()
    kept = MultiDict((each.get("name"), each.get("value")) for each in page.forms("/order")[0].iter("input"))
    sent = MultiDict({**fields, **TYPED, **odd})
    assert kept.pop("csrf_token")
    sent.pop("csrf_token")
    assert kept.to_dict(flat=False) == sent.to_dict(flat=False)


def test_an_order_sent_twice_while_the_site_fills_up_is_still_that_order(busy: Flask) -> None:
    client = busy.test_client()
    fields = {**Page.open(client, "/order").fields("/order"), **TYPED}
    first = client.post("/order", data=fields)
    for number in range(1, 4):
        send(client, number)
    assert client.post("/order", data=fields).location == first.location


def test_what_the_office_types_or_imports_is_never_counted(busy: Flask) -> None:
    with busy.app_context():
        for _ in range(5):
            make_order()
    with time_machine.travel(NOW, tick=False):
        assert send(busy.test_client(), 1).status_code == 303
    assert told(busy) == []


def test_one_address_that_sends_too_often_gets_its_form_back_too(busy: Flask) -> None:
    client = busy.test_client()
    for _ in range(60):
        client.post("/order", data={"name": "Marie"})
    page = Page.of(client.post("/order", data={**TYPED, "name": "Marie"}), status=429)
    assert page.fields("/order")["name"] == "Marie"


def test_without_limits_nothing_is_counted(app: Flask, client: FlaskClient) -> None:
    app.config.update(UNUSUAL_ORDERS=1, MOST_ORDERS=1)
    with app.app_context():
        make_edition()
        make_member(role=StaffRole.COORDINATOR)
    for number in (1, 2):
        assert send(client, number).status_code == 303
    assert told(app) == []
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Order)) == 2

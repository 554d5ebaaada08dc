"""What is sent is read alike with the form and without it."""

from collections.abc import Mapping

import pytest
from flask import Flask, request, session
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from orders.clock import local_day, now
from orders.database import db
from orders.ordering.models import Order
from orders.ordering.request.offer import recent_offer
from orders.public.ordering import order_form, sent_form
from tests.factories import make_edition
from tests.page import Page
from tests.public.test_ordering import TYPED

WELL: dict[str, Mapping[str, str]] = {
    "as most send it": {},
    "news": {"news": "y"},
    "a false checkbox": {"news": "false"},
    "a gathering": {"audience": "group", "organisation": "Amnesty 12", "needed_by": "2099-12-10"},
    "a reason": {"reason": "Encore", "confirm": "repeat"},
    "a tick without a reason": {"confirm": "repeat"},
    "another key": {"again": "another-key"},
    "no key": {"submission": " "},
    "spaces and capitals": {"name": "  Marie   Dupont ", "postcode": " 1000 ", "town": "BRUXELLES"},
}
BADLY: dict[str, Mapping[str, str]] = {
    "no token": {"csrf_token": ""},
    "a forged token": {"csrf_token": "x"},
    "a robot": {"website": "http://spam.example"},
    "nobody": {"audience": ""},
    "no e-mail": {"email": "zoe"},
    "a control character": {"name": "Marie\x00"},
    "a button": {"propose": ""},
}


def fields(client: FlaskClient) -> dict[str, str]:
    return {**Page.open(client, "/order").fields("/order"), **TYPED}


def read_both(app: Flask, client: FlaskClient, typed: dict[str, str]) -> tuple[object, object]:
    """What is asked for, read without the form and with it."""
    with client.session_transaction() as cookies:
        kept = dict(cookies)
    with app.test_request_context("/order", method="POST", data=MultiDict(typed)):
        session.update(kept)
        edition = recent_offer().open_edition(local_day(now()))
        assert edition
        sent = sent_form.read(request.form.to_dict(), edition, "fr", local_day(now()))
        return sent and sent.asked, order_form.order_form(edition).read(request.form.to_dict(), "fr")


@pytest.mark.parametrize("changes", WELL.values(), ids=WELL)
def test_an_order_with_nothing_to_be_said_is_read_as_by_the_form(
    app: Flask, client: FlaskClient, changes: Mapping[str, str]
) -> None:
    with app.app_context():
        make_edition()
    at_once, by_form = read_both(app, client, fields(client) | dict(changes))
    assert at_once is not None
    if not changes.get("submission"):
        assert at_once == by_form


@pytest.mark.parametrize("changes", BADLY.values(), ids=BADLY)
def test_what_the_form_has_to_say_something_about_is_left_to_it(
    app: Flask, client: FlaskClient, changes: Mapping[str, str]
) -> None:
    with app.app_context():
        make_edition()
    at_once, _ = read_both(app, client, fields(client) | dict(changes))
    assert at_once is None
    assert client.post("/order", data=fields(client) | dict(changes)).status_code in (200, 422)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Order)) == 0


def test_an_address_that_is_mended_is_told_by_the_form(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition()
    at_once, _ = read_both(app, client, fields(client) | {"street": "Rue Haute 12", "number": ""})
    assert at_once is None

"""Coordinators decide about proposed events, and change them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from orders.clock import local_day, now
from orders.database import transact
from orders.events import deciding, lookup, proposing
from orders.ordering.lifecycle import cancellation
from orders.public import order_wishes
from orders.public.order_wishes import Wishes
from orders.staff.models import StaffRole
from tests.events.events import propose
from tests.factories import BY, make_edition, make_order
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
EVENT = "/office/events/1"


@pytest.fixture
def client(app: Flask, office: Office) -> FlaskClient:
    with app.app_context():
        transact(proposing.confirm, proposing.token(propose()), at=now(), by=BY)
    return office(StaffRole.COORDINATOR)


def test_a_proposal_is_read_changed_and_published(app: Flask, client: FlaskClient) -> None:
    assert "Soirée d’écriture" in Page.open(client, "/office/events/").words()
    page = Page.open(client, EVENT)
    assert "zoe@example.org" in page.words()
    form = page.fields(EVENT)
    assert form["begins"] == "19:30"
    client.post(EVENT, data={**form, "ends": "23:00"})
    stale = Page.of(client.post(EVENT, data={**form, "venue": "Café"}), status=409)
    assert "« 23:00 »" in stale.words()
    client.post(f"{EVENT}/publish", data={"csrf_token": form["csrf_token"]})
    with app.app_context():
        assert [event.ends.hour for event in lookup.coming(at=now()) if event.ends] == [23]


def test_a_refusal_needs_a_reason(app: Flask, client: FlaskClient) -> None:
    token = Page.open(client, EVENT).fields(EVENT)["csrf_token"]
    for reason, refusal in (("", ""), ("x" * 501, ""), ("Trop tard", "Trop tard")):
        client.post(f"{EVENT}/refuse", data={"csrf_token": token, "reason": reason})
        with app.app_context():
            assert lookup.get_event(1).refusal == refusal
    assert "Trop tard" in Page.open(client, EVENT).words()


def test_a_wrong_change_is_told_beside_its_field(client: FlaskClient) -> None:
    form = Page.open(client, EVENT).fields(EVENT)
    page = Page.of(client.post(EVENT, data={**form, "latitude": "4.87", "longitude": "50.47"}), status=422)
    assert "échangées" in page.words()


def test_only_coordinators_see_them(client: FlaskClient, office: Office) -> None:
    assert office(StaffRole.OFFICE).get("/office/events/").status_code == 403


def test_the_marathon_of_a_cancelled_order_is_forgotten_unless_it_is_announced(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition()
        orders = [make_order(lines={"MAN26": 1}, gathering_on=local_day(now()) + timedelta(days=9)) for _ in range(2)]
        for order in orders:
            transact(order_wishes.fulfil, order, Wishes(lists_gathering=True), at=now())
        announced = orders[0].shown_reference
        transact(deciding.publish, 2, at=now(), by=BY)
        for order in orders:
            transact(cancellation.cancel, order.reference, at=now(), by=BY)
        assert [event.id for event in lookup.all_events()] == [1, 2]
    page = Page.open(client, "/office/events/")
    assert "Annoncés, mais leur commande est annulée ou refusée" in page.words()
    assert f"marathon, {announced}, est annulée" in Page.open(client, "/office/events/2").words()
    assert "Annoncés, mais" not in Page.of(refused(client, "/office/events/2")).words()


def refused(client: FlaskClient, event: str) -> TestResponse:
    token = Page.open(client, event).fields(f"{event}/refuse")["csrf_token"]
    data = {"csrf_token": token, "reason": "La commande est annulée."}
    return client.post(f"{event}/refuse", data=data, follow_redirects=True)

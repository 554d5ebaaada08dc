"""Forms of the office that are sent again with something else in them: nothing is noted twice, nor passed over."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from orders.catalogue import edition_lookup
from orders.clock import local_day, now
from orders.database import db, transact
from orders.ordering.models import Order
from orders.shipping.models import Dispatch
from orders.staff.models import StaffRole
from orders.stock import print_runs
from orders.stock.count_models import CountEntry
from orders.stock.models import Movement, PrintRun
from orders.stock.print_runs import PlannedRun
from tests.factories import BY, make_edition, make_order
from tests.page import Page

SOON = local_day(now()) + timedelta(days=20)
STOCK = "/office/stock/MAN26"
TAKE_BACK = f"{STOCK}/print-runs/1/take-back"
PERSON = {"street": "Rue Haute", "number": "1", "postcode": "5590", "town": "Ciney", "name": "Marie Dupont"}
ORDER = {**PERSON, "email": "marie@example.org", "audience": "family", "copies-MAN26": "2"}

# Address, what is typed first, what is typed then, and of which rows there is one more for each time it is noted.
FORMS = {
    "a delivery": (f"{STOCK}/receive", {"copies": "250", "print_run": ""}, {"copies": "205"}, Movement),
    "a delivery’s note": (f"{STOCK}/receive", {"copies": "250", "print_run": ""}, {"note": "palette"}, Movement),
    "part of a print run": (f"{STOCK}/receive", {"copies": "20", "print_run": "1"}, {"copies": "21"}, Movement),
    "a correction": (f"{STOCK}/correct", {"copies": "-4", "reason": "gift"}, {"copies": "-5"}, Movement),
    "what never came": (TAKE_BACK, {"copies": "10"}, {"copies": "11"}, Movement),
    "a count": (f"{STOCK}/count", {"copies": "70"}, {"copies": "7"}, CountEntry),
    "a print run": (
        f"{STOCK}/print-runs",
        {"copies": "500", "expected_on": SOON.isoformat()},
        {"expected_on": (SOON + timedelta(days=1)).isoformat()},
        PrintRun,
    ),
    "an order on paper": ("/office/ordering/new", ORDER, {"copies-MAN26": "3", "email": "jean@example.org"}, Order),
}


@pytest.fixture
def client(app: Flask, office: Callable[[StaffRole], FlaskClient]) -> FlaskClient:
    with app.app_context():
        make_edition(shelf=100)
        manual = edition_lookup.get_publication("MAN26")
        run = transact(print_runs.commission, manual, PlannedRun(100, local_day(now())), at=now(), by=BY)
        transact(print_runs.receive, manual, 50, run_id=run.id, at=now(), by=BY)
    return office(StaffRole.COORDINATOR)


def rows(app: Flask, model: Any) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_says_something_else_is_told_and_can_be_meant(app: Flask, client: FlaskClient, form: str) -> None:
    url, typed, other, model = FORMS[form]
    token = Page.open(client, "/office/").fields("/staff/logout")["csrf_token"]
    opened = {**typed, "submission": "the-key-of-one-form", "csrf_token": token}
    before = rows(app, model)
    assert [client.post(url, data=opened).status_code for _ in range(2)] == [303, 303]
    assert rows(app, model) == before + 1
    told = Page.of(client.post(url, data={**opened, **other}), status=422)
    assert "éjà" in told.words()
    assert all(value in told.text for value in other.values())
    assert rows(app, model) == before + 1
    (again,) = [each for each in told.tree.iter("button") if each.get("name") == "again"]
    meant = {**opened, **other, "again": again.get("value")}
    assert [client.post(url, data=meant).status_code for _ in range(2)] == [303, 303]
    assert rows(app, model) == before + 2


def test_other_orders_chosen_with_the_same_form_are_no_dispatch_and_are_offered(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        first, second = make_order().reference, make_order().reference
    token = Page.open(client, "/office/").fields("/staff/logout")["csrf_token"]
    form = {"csrf_token": token, "submission": "one-page"}
    assert client.post("/office/shipping/new", data={**form, "reference": first}).status_code == 303
    told = Page.of(client.post("/office/shipping/new", data={**form, "reference": second}), status=409)
    assert "déjà été envoyé" in told.words()
    offered = client.post("/office/shipping/new", data=told.fields("/office/shipping/new"))
    assert (offered.status_code, rows(app, Dispatch)) == (303, 2)


def test_a_second_click_on_everything_leads_to_the_dispatch_of_the_first(app: Flask, client: FlaskClient) -> None:
    """Nothing is ready any more, as the page that was shown said there was: the first click has taken it."""
    with app.app_context():
        make_order()
    fields = Page.open(client, "/office/shipping/").fields("/office/shipping/new")
    first, second = (client.post("/office/shipping/new", data=fields) for _ in range(2))
    assert (first.status_code, first.location) == (303, second.location)
    assert rows(app, Dispatch) == 1

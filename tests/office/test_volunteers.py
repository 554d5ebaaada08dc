"""What a volunteer can open: the packing table, and nobody's e-mail address or telephone number."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.database import db, transact
from orders.ordering.models import Delivery, Order
from orders.shipping.dispatches import lifecycle
from orders.staff.models import StaffRole
from orders.wording.contact_redaction import without_contacts
from tests.factories import BY, NOW, make_dispatch, make_edition, make_member, make_order
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
OPEN, CLOSED, UNDONE = 1, 2, 3
EMAIL, PHONE = "lea.dubois@orderer.example", "+32475123456"
COLLEAGUE = "paul@colleague.example"


@pytest.fixture
def volunteer(app: Flask, office: Office) -> FlaskClient:
    """A volunteer; dispatches of each state, and orders in every other one."""
    with app.app_context():
        make_edition(shelf=1_000)
        colleague = make_member(email=COLLEAGUE)
        for number, end in enumerate((None, lifecycle.close, lifecycle.undo)):
            dispatch = make_dispatch(an_order(number))
            dispatch.made_by_id = colleague.id
            db.session.commit()
            if end is lifecycle.close:
                transact(lifecycle.close, dispatch.id, at=NOW, by=BY, everything=True)
            elif end is lifecycle.undo:
                transact(lifecycle.undo, dispatch.id, at=NOW, by=BY)
        an_order(3, delivery=Delivery.PICKUP)
        an_order(4)
    return office(StaffRole.VOLUNTEER)


def an_order(number: int, **fields: Any) -> Order:
    message = f"Écrivez-moi à {EMAIL} ou au 0475 12 34 56, porte verte"
    return make_order(name="Léa Dubois", email=f"{number}.{EMAIL}", phone=PHONE, message=message, **fields)


def may_open(app: Flask) -> list[tuple[str, set[str]]]:
    """Every address whose page is opened to volunteers, with the methods that it takes."""
    with app.app_context():
        return [
            (rule.rule, (rule.methods or set()) - {"HEAD", "OPTIONS"})
            for rule in app.url_map.iter_rules()
            if getattr(app.view_functions[rule.endpoint], "role_needed", None) is StaffRole.VOLUNTEER
        ]


def addresses(rule: str, dispatch_id: int) -> str:
    return re.sub(r"<[^>]+>", "1", rule.replace("<int:dispatch_id>", str(dispatch_id)))


def test_no_page_that_a_volunteer_can_open_shows_how_to_reach_an_orderer(app: Flask, volunteer: FlaskClient) -> None:
    opened = [addresses(rule, OPEN) for rule, methods in may_open(app) if "GET" in methods]
    assert "/office/shipping/1" in opened
    assert "/office/shipping/scan" in opened
    for url in [*opened, *(f"/office/shipping/1?step={step}" for step in ("take", "print", "pack", "post"))]:
        answer = volunteer.get(url)
        if answer.mimetype == "text/html":
            assert_reaches_nobody(answer.get_data(as_text=True), url)
    assert "porte verte" in volunteer.get("/office/shipping/1?step=pack").get_data(as_text=True)


def test_no_answer_to_a_scan_does_either(app: Flask, volunteer: FlaskClient) -> None:
    with app.app_context():
        references = list(db.session.scalars(select(Order.reference)))
    token = Page.open(volunteer, "/office/shipping/scan").fields("/staff/logout")
    for url in ("/office/shipping/scan/look", "/office/shipping/scan"):
        for reference in references:
            answer = volunteer.post(url, data={**token, "reference": reference})
            assert_reaches_nobody(answer.get_data(as_text=True), reference)


def assert_reaches_nobody(text: str, where: str) -> None:
    for reach in (COLLEAGUE, EMAIL, "orderer.example", PHONE, "0475", "12 34 56"):
        assert reach not in text, (where, reach)


def test_the_office_reads_the_whole_message(office: Office, volunteer: FlaskClient) -> None:
    assert EMAIL in office(StaffRole.OFFICE).get("/office/shipping/1?step=pack").get_data(as_text=True)


@pytest.mark.parametrize("dispatch_id", [CLOSED, UNDONE])
def test_a_dispatch_that_has_ended_is_closed_to_volunteers(
    app: Flask, office: Office, volunteer: FlaskClient, dispatch_id: int
) -> None:
    urls = [addresses(rule, dispatch_id) for rule, methods in may_open(app) if "<int:dispatch_id>" in rule]
    for url in urls:
        assert volunteer.get(url).status_code in (403, 405), url
    listed = Page.open(volunteer, "/office/shipping/")
    assert f"Envoi {dispatch_id}" in listed.words().replace("\u00a0", " ")
    assert f'href="/office/shipping/{dispatch_id}"' not in listed.text
    assert office(StaffRole.OFFICE).get(f"/office/shipping/{dispatch_id}").status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "/office/ordering/",
        "/office/ordering/?q=lea",
        "/office/shipping/1/carrier.csv",
        "/office/shipping/1/tracking",
        "/office/shipping/scan/return",
        "/office/shipping/scan/pickup",
        "/office/staff/",
        "/office/stock/",
    ],
)
def test_searching_exports_and_the_rest_are_refused(volunteer: FlaskClient, url: str) -> None:
    assert volunteer.get(url).status_code == 403


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Appelez le 0475/12.34.56 svp", "Appelez le … svp"),
        ("+32 (0)475 12 34 56 ou a.b@c.be.", "… ou …"),
        ("Livrer au 2e étage, 24 élèves, avant le 10/12", "Livrer au 2e étage, 24 élèves, avant le 10/12"),
        ("02 123 45 67", "…"),
    ],
)
def test_ways_to_reach_somebody_are_taken_out_of_a_message(text: str, left: str) -> None:
    assert without_contacts(text) == left

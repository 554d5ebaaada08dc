"""A school of the directory is found while its name is typed, or by a button; choosing it fills the order in."""

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.clock import now
from orders.database import db, transact
from orders.directory import importing, list_reader
from orders.mail import signed_links
from orders.ordering.models import Order
from orders.staff.journal import Actor
from orders.staff.models import StaffRole
from tests.directory.lists import row, write
from tests.factories import make_edition
from tests.page import Page

TYPED = {
    "audience": "school",
    "name": "Zoé Dupont",
    "email": "zoe@example.org",
    "street": "Rue Haute",
    "number": "1",
    "postcode": "1000",
    "town": "Bruxelles",
    "copies-LIV26": "24",
}


@pytest.fixture(autouse=True)
def directory(app: Flask, tmp_path: Path) -> None:
    """An open edition, and two schools in the directory."""
    rows = (
        row(1),
        row(2, 'Ecole fondamentale "Clair Soleil"', address="Rue du Pont 170", postcode="1070", town="FOREST"),
    )
    with app.app_context():
        make_edition(shelf=100)
        places = list_reader.read(write(tmp_path / "list.csv", *rows)).places
        transact(importing.take_over, "fwb", places, at=now(), by=Actor("command"))


def _order(app: Flask) -> Order:
    with app.app_context():
        return db.session.scalars(select(Order)).one()


def test_what_is_typed_finds_schools_with_all_that_fills_the_form_in(client: FlaskClient) -> None:
    (found,) = client.get("/order/institutions?q=ar+auderg").get_json()["found"]
    assert found["label"] == "Athénée royal d'Auderghem, Avenue du Parc 27, 1160 Auderghem"
    assert found["changes"] == {
        "organisation": "Athénée royal d'Auderghem",
        "street": "Avenue du Parc",
        "number": "27",
        "box": "2",
        "building": "",
        "postcode": "1160",
        "town": "Auderghem",
        "institution": "1",
    }


@pytest.mark.parametrize("typed", ["", "ar", "%3Cb%3E", "zzzzzzz", "x" * 5_000])
def test_what_finds_nothing_answers_an_empty_list(client: FlaskClient, typed: str) -> None:
    assert client.get(f"/order/institutions?q={typed}").get_json() == {"found": []}


def test_without_a_script_a_button_offers_schools_and_one_more_fills_the_form_in(client: FlaskClient) -> None:
    fields = Page.open(client, "/order").fields("/order")
    offered = client.post("/order", data=fields | TYPED | {"organisation": "clair soliel", "find_school": "1"})
    key = "organisation:Ecole fondamentale &#34;Clair Soleil&#34;, Rue du Pont 170, 1070 Forest"
    assert offered.status_code == 200
    assert key in offered.text
    chosen = client.post(
        "/order",
        data=fields | TYPED | {"organisation": "clair soliel", "use": key.replace("&#34;", '"')},
    )
    assert 'name="institution" value="2"' in chosen.text
    assert 'value="Rue du Pont"' in chosen.text


def test_the_number_goes_along_with_the_order(app: Flask, client: FlaskClient) -> None:
    fields = Page.open(client, "/order").fields("/order")
    sent = client.post("/order", data=fields | TYPED | {"organisation": "Athénée", "institution": "1"})
    assert sent.status_code == 303
    assert _order(app).institution == "1"


@pytest.mark.parametrize("number", ["99", "vl:1", "x" * 500, "1\x00", "<b>"])
def test_a_number_that_no_longer_exists_leaves_the_order_as_it_was_typed(
    app: Flask, client: FlaskClient, number: str
) -> None:
    fields = Page.open(client, "/order").fields("/order")
    sent = client.post("/order", data=fields | TYPED | {"organisation": "Athénée", "institution": number})
    assert sent.status_code == 303
    assert (_order(app).institution, _order(app).organisation) == (None, "Athénée")


def test_a_search_that_finds_nothing_says_so_and_keeps_what_was_typed(client: FlaskClient) -> None:
    fields = Page.open(client, "/order").fields("/order")
    asked = client.post("/order", data=fields | TYPED | {"organisation": "Zzzzz", "find_school": "1"})
    assert "Nous n’avons pas trouvé cette école" in asked.text
    assert 'value="Zzzzz"' in asked.text


def test_who_changes_an_order_finds_a_school_by_the_button(app: Flask, client: FlaskClient) -> None:
    typed = {**TYPED, "organisation": "Le Phare"}
    client.post("/order", data={**Page.open(client, "/order").fields("/order", "post"), **typed})
    order = _order(app)
    with app.app_context():
        link = f"/o/{signed_links.token(order.reference, order.link_nonce)}/change"
    sent = {**Page.open(client, link).fields(link), "organisation": "clair soleil", "find_school": "1"}
    found = Page.of(client.post(link, data=sent))
    assert 'src="/static/schools.js' in found.text
    (key,) = re.findall('name="use" value="(organisation:[^"]+)"', found.text)
    del sent["find_school"]
    chosen = Page.of(client.post(link, data={**sent, "use": html.unescape(key)})).fields(link)
    assert (chosen["institution"], chosen["street"], chosen["postcode"]) == ("2", "Rue du Pont", "1070")
    assert client.post(link, data={**chosen, "confirm": "place"}).status_code == 303
    assert _order(app).institution == "2"


def test_the_office_chooses_a_school_for_an_order_on_paper(app: Flask, office: Callable[..., FlaskClient]) -> None:
    client = office(StaffRole.OFFICE)
    address = "/office/ordering/new"
    page = Page.open(client, address)
    assert 'data-schools="/order/institutions"' in page.text
    sent = {**page.fields(address, "post"), **TYPED, "organisation": "Clair Soleil", "institution": "2"}
    assert client.post(address, data={**sent, "confirm": "place"}).status_code == 303
    order = _order(app)
    assert order.institution == "2"
    change = f"/office/ordering/{order.reference}/change"
    kept = Page.open(client, change).fields(change)
    assert kept["institution"] == "2"
    assert client.post(change, data={**kept, "institution": "none", "phone": "0475 12 34 56"}).status_code == 303
    assert _order(app).institution is None


def test_the_office_chooses_a_school_by_two_buttons_where_it_has_no_script(
    app: Flask, office: Callable[..., FlaskClient]
) -> None:
    client, address = office(StaffRole.OFFICE), "/office/ordering/new"
    sent = {**Page.open(client, address).fields(address, "post"), **TYPED, "organisation": "Clair Soliel"}
    found = Page.of(client.post(address, data={**sent, "find_school": "1"}))
    (label,) = re.findall('name="use_school" value="([^"]+)"', found.text)
    pressed = {**found.fields(address, "post"), "use_school": html.unescape(label)}
    chosen = Page.of(client.post(address, data=pressed)).fields(address, "post")
    assert (chosen["institution"], chosen["street"], chosen["name"]) == ("2", "Rue du Pont", TYPED["name"])
    assert client.post(address, data={**chosen, "confirm": "place"}).status_code == 303
    change = f"/office/ordering/{_order(app).reference}/change"
    pressed = {**Page.open(client, change).fields(change), "organisation": "Zzzzz", "find_school": "1"}
    assert "Pas dans la liste" in Page.of(client.post(change, data=pressed)).words()
    pressed = {**pressed, "organisation": "Clair Soleil", "use_school": html.unescape(label)}
    assert Page.of(client.post(change, data=pressed)).fields(change)["postcode"] == "1070"

"""What an address can only mean is mended when the form is sent, shown as mended, and put back by one button."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.database import db
from orders.ordering.models import Order
from tests.factories import make_edition
from tests.page import Page
from tests.public.test_ordering import send

NOWHERE = {"street": "", "number": "", "box": "", "postcode": "", "town": ""}
HERE = {"street": "Rue Haute", "number": "12", "postcode": "1050", "town": "Ixelles"}
IN_ONE_WAY = [
    ({"street": "Rue de la Station 44", "number": ""}, {"street": "Rue de la Station", "number": "44"}),
    ({"street": "Rue Haute 12", "number": "12"}, {"street": "Rue Haute", "number": "12"}),
    ({"street": "Rue Haute 12 12", "number": ""}, {"street": "Rue Haute", "number": "12"}),
    ({"box": "bte 3"}, {"box": "3"}),
    ({"number": "n°12"}, {"number": "12"}),
    ({"number": "32/20"}, {"number": "32", "box": "20"}),
    ({"postcode": "5590 Ciney", "town": ""}, {"postcode": "5590", "town": "Ciney"}),
    ({"postcode": "B-5000", "town": "Namur"}, {"postcode": "5000"}),
    ({"street": "12, rue Haute", "number": ""}, {"street": "Rue Haute", "number": "12"}),
    ({"postcode": "1050", "town": ""}, {"town": "Ixelles"}),
    ({"number": "12 b12, 1050 XL", "postcode": "", "town": ""}, {"number": "12", "box": "12", "town": "Ixelles"}),
    ({"postcode": "1050", "town": "XL"}, {"town": "Ixelles"}),
    *(
        ({**NOWHERE, field: f"{before}Rue Haute 12, 1050 Ixelles"}, HERE)
        for field, before in (("street", ""), ("town", ""), ("box", ""), ("postcode", ""), ("name", "Zoé, "))
    ),
    ({**NOWHERE, "street": "B-1050 Ixelles, Rue Haute 12"}, HERE),
]


@pytest.fixture(autouse=True)
def edition(app: Flask) -> None:
    with app.app_context():
        make_edition()


def asks(client: FlaskClient, typed: dict[str, str], **more: str) -> Any:
    return send(client, **{"box": "", **typed, **more})


def undone(client: FlaskClient, page: Page, url: str = "/order") -> Page:
    """The page once the first button that undoes a mending was pressed."""
    button = next(each for each in page.tree.iter("button") if each.get("name") == "undo")
    return Page.of(client.post(url, data={**page.fields(url, "post"), "undo": button.get("value")}))


@pytest.mark.parametrize(("typed", "mended"), IN_ONE_WAY)
def test_what_has_one_reading_is_mended_and_the_order_goes_through(
    app: Flask, client: FlaskClient, typed: dict[str, str], mended: dict[str, str]
) -> None:
    sent = asks(client, typed)
    assert sent.status_code == 303
    with app.app_context():
        order = db.session.query(Order).one()
        assert {name: getattr(order, name) for name in mended} == mended


def test_a_form_that_comes_back_shows_what_was_mended_and_undoes_it_for_good(client: FlaskClient) -> None:
    typed = {"street": "Rue de la Station 44", "number": ""}
    page = Page.of(asks(client, typed, email=""), status=422)
    assert "Mis en forme : Rue de la Station 44." in page.words()
    back = undone(client, page)
    assert {name: back.fields("/order")[name] for name in typed} == typed
    again = Page.of(client.post("/order", data={**back.fields("/order"), "email": "zoe@example.org"}), status=422)
    assert {name: again.fields("/order")[name] for name in typed} == typed, "not mended a second time"
    assert "pas de numéro de maison" in again.words()


def test_the_orders_page_says_once_what_was_mended_and_puts_it_back(client: FlaskClient) -> None:
    own = asks(client, {"number": "32/20"}).location
    page = Page.open(client, own)
    assert "Votre adresse, mise en forme : Rue de la Senne 32 bte 20." in page.words()
    change = undone(client, page, f"{own}/change")
    assert change.fields(f"{own}/change")["number"] == "32/20"
    assert client.post(f"{own}/change", data=change.fields(f"{own}/change")).status_code == 303
    again = Page.open(client, own)
    assert "Rue de la Senne 32/20" in again.words()
    assert "mise en forme" not in again.words()


@pytest.mark.parametrize("mended", ["", "{}", '{"done": [{"key": 1}]}.x', "x" * 50_000, "\0"])
def test_what_a_stranger_writes_into_the_record_undoes_nothing(client: FlaskClient, mended: str) -> None:
    page = Page.of(send(client, mended=mended, undo="street:Rue Haute 12"))
    assert page.fields("/order")["street"] == "Rue de la Senne"


def test_a_question_about_a_field_stands_beside_it(client: FlaskClient) -> None:
    page = Page.of(send(client, street="Rue Haute 99", number="1", box=""), status=422)
    (room,) = [each for each in page.tree.iter("div") if each.get("id") == "help-street"]
    assert [each.get("value") for each in room.iter("input")] == ["number"]
    offered = ["".join(each.itertext()) for each in room.iter("button")]
    assert offered == ["Utiliser «\u00a0Rue Haute 99\u00a0»", "Utiliser «\u00a0Rue Haute 1\u00a0»"]

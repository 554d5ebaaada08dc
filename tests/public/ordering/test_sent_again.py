"""The order form sent again with other contents: the page says so and offers what can be done."""

from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.database import db
from orders.ordering.lifecycle import cancellation
from orders.ordering.models import Order
from tests.factories import BY, NOW, make_edition
from tests.page import Page

TYPED = {
    "audience": "school",
    "organisation": "École Saint-Roch",
    "name": "Marie Dupont",
    "street": "Rue de la Senne",
    "number": "32",
    "postcode": "5590",
    "town": "Ciney",
    "email": "marie@example.org",
    "copies-MAN26": "2",
    "message": "Merci !",
}


@pytest.fixture
def sent(app: Flask, client: FlaskClient) -> dict[str, str]:
    """What stood in a form that has made an order."""
    with app.app_context():
        make_edition()
    fields = {**Page.open(client, "/order").fields("/order"), **TYPED}
    assert client.post("/order", data=fields).status_code == 303
    return fields


def copies(app: Flask) -> list[int]:
    """Copies of each order that there is."""
    with app.app_context():
        return [order.lines[0].copies for order in db.session.scalars(select(Order).order_by(Order.id))]


def button(page: Page, words: str) -> Element:
    (found,) = [each for each in page.tree.iter("button") if words in "".join(each.itertext())]
    return found


def press(client: FlaskClient, page: Page, pressed: Element) -> Any:
    """Send the form of the page by this button, as a browser would."""
    fields = {**page.fields("/order"), pressed.get("name", ""): pressed.get("value", "")}
    return client.post(pressed.get("formaction", "/order"), data=fields)


def test_other_contents_are_not_taken_for_the_order_that_was_made(
    app: Flask, client: FlaskClient, sent: dict[str, str]
) -> None:
    page = Page.of(client.post("/order", data={**sent, "copies-MAN26": "3", "message": "Trois."}), status=422)
    with app.app_context():
        assert (
            f"Déjà envoyé : c’est votre commande {db.session.scalars(select(Order)).one().shown_reference}"
            in page.words()
        )
    back = page.fields("/order")
    assert (back["copies-MAN26"], back["message"], back["submission"]) == ("3", "Trois.", sent["submission"])
    assert copies(app) == [2]


@pytest.mark.parametrize(
    "more",
    [{}, {"opened": ""}, {"confirm": "place"}, {"name": " Marie  Dupont "}, {"lang": "nl"}],
    ids=["the same", "an old page", "an answer", "spaces", "a language"],
)
def test_the_same_contents_lead_to_the_order_however_they_are_sent(
    app: Flask, client: FlaskClient, sent: dict[str, str], more: dict[str, str]
) -> None:
    if "opened" in more:
        more = {"opened": Page.open(client, "/order").fields("/order")["opened"]}
    client.get("/order?lang=nl" if "lang" in more else "/order")
    assert client.post("/order", data={**sent, **more}).status_code == 303
    assert copies(app) == [2]


@pytest.mark.parametrize("changed", [{"email": "jean@example.org"}, {"number": "33"}, {"news": "y"}, {"box": "4"}])
def test_whatever_differs_is_noticed(
    app: Flask, client: FlaskClient, sent: dict[str, str], changed: dict[str, str]
) -> None:
    Page.of(client.post("/order", data={**sent, **changed}), status=422)
    assert copies(app) == [2]


def test_one_press_changes_the_order(app: Flask, client: FlaskClient, sent: dict[str, str]) -> None:
    page = Page.of(client.post("/order", data={**sent, "copies-MAN26": "3"}), status=422)
    answer = press(client, page, button(page, "Changer la commande"))
    assert (answer.status_code, copies(app)) == (303, [3])
    assert "Vos changements sont enregistrés" in Page.open(client, answer.location).words()


def test_one_press_makes_another_order_and_two_make_one(app: Flask, client: FlaskClient, sent: dict[str, str]) -> None:
    other = {"copies-MAN26": "3", "email": "jean@example.org", "street": "Rue Haute", "organisation": "Athénée"}
    page = Page.of(client.post("/order", data={**sent, **other}), status=422)
    again = button(page, "En faire une autre")
    first, second = press(client, page, again), press(client, page, again)
    assert (first.status_code, first.location) == (303, second.location)
    assert copies(app) == [2, 3]


def test_another_order_that_looks_repeated_is_asked_about_and_then_made(
    app: Flask, client: FlaskClient, sent: dict[str, str]
) -> None:
    page = Page.of(client.post("/order", data={**sent, "copies-MAN26": "3"}), status=422)
    asked = Page.of(press(client, page, button(page, "En faire une autre")), status=422)
    assert "Déjà envoyé" not in asked.words()
    answers = {"confirm": "repeat", "reason": "Pour l’autre classe"}
    assert client.post("/order", data={**asked.fields("/order"), **answers}).status_code == 303
    assert copies(app) == [2, 3]


def test_an_order_that_cannot_become_it_offers_no_change(app: Flask, client: FlaskClient, sent: dict[str, str]) -> None:
    """An e-mail address is the key of an order's page, and nothing of a cancelled order changes."""
    other_person = Page.of(client.post("/order", data={**sent, "email": "jean@example.org"}), status=422)
    assert "Changer la commande" not in other_person.words()
    with app.app_context():
        cancellation.cancel(db.session.scalars(select(Order.reference)).one(), at=NOW, by=BY)
        db.session.commit()
    over = Page.of(client.post("/order", data={**sent, "copies-MAN26": "3"}), status=422)
    assert "Changer la commande" not in over.words()
    assert "En faire une autre" in over.words()

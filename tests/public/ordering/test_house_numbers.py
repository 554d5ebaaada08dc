"""No house number, and two of them, on the pages and in a file: asked once, kept as it was confirmed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.database import db
from orders.ordering.models import Order
from orders.staff.models import StaffRole
from tests.factories import make_edition
from tests.page import Page
from tests.public.test_ordering import send

NONE, TWO = "pas de numéro de maison", "Il y a deux numéros"


@pytest.fixture(autouse=True)
def edition(app: Flask) -> None:
    with app.app_context():
        make_edition()


def printed(app: Flask) -> list[str]:
    """The street lines of all orders."""
    with app.app_context():
        return [order.address.lines()[-2] for order in db.session.scalars(select(Order).order_by(Order.id))]


@pytest.mark.parametrize(
    ("street", "number", "asked", "kept"),
    [
        ("Place de Nassau", "", NONE, "Place de Nassau"),
        ("Rue de l’Église", "s/n", NONE, "Rue de l’Église"),
        ("Rue de l’Église", "?", NONE, "Rue de l’Église"),
        ("Rue Haute 99", "1", TWO, "Rue Haute 99 1"),
    ],
)
def test_no_number_or_two_is_a_question_to_tick(
    app: Flask, client: FlaskClient, street: str, number: str, asked: str, kept: str
) -> None:
    page = Page.of(send(client, street=street, number=number, box=""), status=422)
    assert asked in page.words()
    assert printed(app) == []
    assert client.post("/order", data={**page.fields("/order"), "confirm": "number"}).status_code == 303
    assert printed(app) == [kept]


def test_what_was_confirmed_is_not_asked_again_when_the_order_is_changed(app: Flask, client: FlaskClient) -> None:
    sent = send(client, street="Place de Nassau", number="", box="", confirm="number")
    change = f"{sent.location}/change"
    typed = {**Page.open(client, change).fields(change), "phone": "02 538 81 77"}
    assert client.post(change, data=typed).status_code == 303
    back = client.post(change, data={**typed, "version": "", "street": "Nouvelle Cité"})
    assert back.status_code == 422


def test_the_same_number_twice_is_kept_once_and_not_asked_about(app: Flask, client: FlaskClient) -> None:
    assert send(client, street="Rue Haute 12 bte 3", number="12", box="").status_code == 303
    assert printed(app) == ["Rue Haute 12 bte 3"]


def test_the_office_is_asked_the_same(app: Flask, office: Callable[[StaffRole], FlaskClient]) -> None:
    client, url = office(StaffRole.OFFICE), "/office/ordering/new"
    hidden = Page.open(client, url).forms(url)[1].iter("input")
    keys = {each.get("name", ""): each.get("value", "") for each in hidden if each.get("type") == "hidden"}
    typed = keys | {"name": "Zoé", "street": "Place de Nassau", "number": "-", "postcode": "5590", "town": "Ciney"}
    typed |= {"audience": "family", "copies-MAN26": "1"}
    assert NONE in Page.of(client.post(url, data=typed), status=422).words()
    assert client.post(url, data={**typed, "confirm": "number"}).status_code == 303
    assert printed(app) == ["Place de Nassau"]


def test_a_file_tells_what_a_form_would_ask_and_takes_it_as_confirmed(app: Flask, tmp_path: Path) -> None:
    rows = ["Nouvelle Cité;", "Rue de l’Église;s/n", "Rue Haute 12;12", "Rue Haute 99;1"]
    lines = [f"family;Zoé {n};{where};5590;Ciney;zoe{n}@example.org;1" for n, where in enumerate(rows)]
    file = tmp_path / "o.csv"
    file.write_text("\n".join(["audience;name;street;number;postcode;town;email;MAN26", *lines]), encoding="utf-8")
    done = app.test_cli_runner().invoke(args=["orders", "import", str(file)])
    assert done.exit_code == 0, done.output
    told = [line for line in done.output.splitlines() if "numér" in line]
    assert [line.split(":")[0] for line in told if NONE in line or TWO in line] == ["line 2", "line 3", "line 5"]
    assert printed(app) == ["Nouvelle Cité", "Rue de l’Église", "Rue Haute 12", "Rue Haute 99 1"]

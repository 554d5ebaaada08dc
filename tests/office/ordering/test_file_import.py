"""Orders from a file, through the office's page: looked at first, placed together, never twice."""

import base64
import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from orders.database import db
from orders.ordering.models import Order
from orders.staff.models import StaffRole
from tests import DATA
from tests.factories import make_edition
from tests.page import Page

URL = "/office/ordering/import"
HEADER = "audience,organisation,name,street,number,postcode,town,email,MAN26"
GOOD = "school,École Saint-Roch,Marie Dupont,Rue Haute,1,1000,Bruxelles,marie@example.org,3"


@pytest.fixture
def client(app: Flask, office: Callable[[StaffRole], FlaskClient]) -> FlaskClient:
    with app.app_context():
        make_edition()
    return office(StaffRole.OFFICE)


def send(client: FlaskClient, content: bytes, name: str = "orders.csv") -> Any:
    fields = Page.open(client, URL).fields(URL)
    return client.post(URL, data={"csrf_token": fields["csrf_token"], "file": (io.BytesIO(content), name)})


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Order)) or 0


def test_a_good_file_is_shown_first_and_placed_once_it_is_confirmed(app: Flask, client: FlaskClient) -> None:
    preview = Page.of(send(client, f"{HEADER}\n{GOOD}\n".encode()))
    assert "École Saint-Roch" in preview.words()
    assert count(app) == 0
    done = client.post(URL, data=preview.fields(URL))
    assert "1 commande importée" in Page.open(client, done.location).words()
    assert count(app) == 1


def test_the_same_file_is_not_taken_twice_unless_it_is_meant(app: Flask, client: FlaskClient) -> None:
    file = f"{HEADER}\n{GOOD}\n".encode()
    client.post(URL, data=Page.of(send(client, file)).fields(URL))
    refused = Page.of(client.post(URL, data=Page.of(send(client, file)).fields(URL)), status=409)
    assert "déjà été importé" in refused.words()
    assert count(app) == 1
    assert client.post(URL, data=refused.fields(URL)).status_code == 303
    assert count(app) == 2


def test_one_wrong_row_keeps_all_out_and_each_says_its_line(app: Flask, client: FlaskClient) -> None:
    bad = GOOD.replace("1000", "105").replace("marie@example.org", "marie")
    page = Page.of(send(client, f"{HEADER}\n{GOOD}\n{bad}\n".encode()), status=422)
    assert "1 ligne est à corriger" in page.words()
    assert "3 postcode" in page.words()
    assert "3 email" in page.words()
    assert "confirmed" not in page.fields(URL)
    assert count(app) == 0


def test_what_is_read_otherwise_than_written_is_shown_before_it_is_placed(app: Flask, client: FlaskClient) -> None:
    written = GOOD.replace("Rue Haute,1,1000", "Rue Haute 1,,B-1000").replace("school", "École")
    page = Page.of(send(client, f"Commandes\n{HEADER}\n{written}\n".encode()))
    assert "3 street Rue Haute 1 Rue Haute" in page.words()
    assert "number – 1" in page.words()
    assert "postcode B-1000 1000" in page.words()
    assert "« Commandes » est au-dessus des titres" in page.words().replace("\u00a0", " ")
    assert client.post(URL, data=page.fields(URL)).status_code == 303
    with app.app_context():
        assert db.session.execute(select(Order.street, Order.number, Order.postcode)).one() == (
            "Rue Haute",
            "1",
            "1000",
        )


def test_a_file_can_be_read_again_as_it_is_written(app: Flask, client: FlaskClient) -> None:
    page = Page.of(send(client, f"{HEADER}\n{GOOD.replace(',1,1000', ',1 bte 2,1000')}\n".encode()))
    assert "Lu autrement qu’écrit" in page.words()
    token, content = page.fields(URL)["csrf_token"], page.fields(URL)["content"]
    written = {"csrf_token": token, "content": content, "name": "orders.csv", "as_written": "1"}
    again = Page.of(client.post(URL, data=written))
    assert "Lu autrement qu’écrit" not in again.words()
    assert client.post(URL, data=again.fields(URL)).status_code == 303
    with app.app_context():
        assert db.session.execute(select(Order.number, Order.box)).one() == ("1 bte 2", "")


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "empty.csv", "vide"),
        (b"not a zip", "orders.xlsx", "pas un tableau lisible"),
        (b"%PDF-1.7", "orders.pdf", "ni un CSV ni un XLSX"),
        (f"{HEADER},name".encode(), "orders.csv", "deux fois"),
        (f"{HEADER},prix".encode(), "orders.csv", "ne connaît pas ces colonnes"),
        (HEADER.replace(",MAN26", "").encode(), "orders.csv", "combien d’exemplaires"),
        (b"a,b\n1,2\n", "orders.csv", "Il y manque des colonnes"),
        (HEADER.encode(), "orders.csv", "aucune commande"),
    ],
)
def test_what_is_no_file_of_orders_is_said_so(client: FlaskClient, content: bytes, name: str, told: str) -> None:
    assert told in Page.of(send(client, content, name), status=422).words()


def test_no_file_a_large_one_and_a_broken_page_are_said_so(client: FlaskClient) -> None:
    token = Page.open(client, URL).fields(URL)["csrf_token"]
    assert "Choisissez" in Page.of(client.post(URL, data={"csrf_token": token}), status=422).words()
    broken = {"csrf_token": token, "content": "%%%", "name": "orders.csv", "confirmed": "1"}
    large = {**broken, "content": base64.b64encode(b"x" * (5 * 1024 * 1024 + 1)).decode()}
    assert "dépasse 5" in Page.of(client.post(URL, data=large), status=422).words()
    assert "en entier" in Page.of(client.post(URL, data=broken), status=422).words()


def test_four_hundred_orders_come_in_by_hand(app: Flask, client: FlaskClient) -> None:
    preview = Page.of(send(client, (DATA / "orders-400.csv").read_bytes()))
    assert client.post(URL, data=preview.fields(URL)).status_code == 303
    assert count(app) == 400


def test_only_that_page_takes_large_files(client: FlaskClient) -> None:
    token = Page.open(client, URL).fields(URL)["csrf_token"]
    large = {"csrf_token": token, "reference": "x" * 1_000_000}
    assert client.post("/office/ordering/cancel", data=large).status_code == 413

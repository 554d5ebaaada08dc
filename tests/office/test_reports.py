"""Orders and copies by what a coordinator likes to know, as a page, a chart and a file."""

import csv
import io
from collections.abc import Callable
from datetime import datetime

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.database import transact
from orders.ordering.lifecycle import cancellation
from orders.packing.postage import Charge
from orders.shipping.dispatches import lifecycle
from orders.shipping.dispatches.lifecycle import Counted
from orders.staff.models import StaffRole
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order, price_parcels
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
BY_ALL = ("day", "week", "audience", "province", "postcode", "publication")
DAY = 24 * 60


@pytest.fixture
def coordinator(app: Flask, office: Office) -> FlaskClient:
    with app.app_context():
        make_edition(shelf=100)
        make_order(lines={"MAN26": 5, "LIV26": 2}, minutes=-8 * DAY)
        make_order(lines={"MAN26": 30}, audience="school", postcode="5590", town="Ciney", minutes=-DAY)
        make_order(lines={"MAN26": 7}, postcode="4000", town="Liège", minutes=14 * 60 + 30)
        off = make_order(lines={"MAN26": 50})
        transact(cancellation.cancel, off.reference, at=NOW, by=BY)
    return office(StaffRole.COORDINATOR)


def file(client: FlaskClient, by: str) -> list[list[str]]:
    """The rows of the CSV, without its head."""
    text = client.get(f"/office/reports/{by}.csv?edition=2026").get_data(as_text=True).lstrip("\ufeff")
    return list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))[1:]


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        ("day", [["12/11/2026", "1", "7"], ["19/11/2026", "1", "30"], ["21/11/2026", "1", "7"]]),
        ("week", [["09/11/2026", "1", "7"], ["16/11/2026", "2", "37"]]),
        ("audience", [["une école", "1", "30"], ["une famille", "2", "14"]]),
        ("province", [["Namur", "1", "30"], ["Bruxelles", "1", "7"], ["Liège", "1", "7"]]),
        ("postcode", [["5590", "1", "30"], ["1000", "1", "7"], ["4000", "1", "7"]]),
        ("publication", [["MAN26", "3", "42"], ["LIV26", "1", "2"]]),
    ],
)
def test_orders_and_copies_are_counted_by_each(coordinator: FlaskClient, by: str, rows: list[list[str]]) -> None:
    assert [row[:3] for row in file(coordinator, by)] == rows


def test_the_copies_of_each_publication_stand_beside(coordinator: FlaskClient) -> None:
    assert file(coordinator, "day")[0][3:] == ["0", "5", "2"]


@pytest.mark.parametrize("by", BY_ALL)
def test_page_file_and_chart_say_the_same(coordinator: FlaskClient, by: str) -> None:
    words = Page.open(coordinator, f"/office/reports/?by={by}").words()
    answer = coordinator.get(f"/office/reports/{by}.xlsx")
    assert "commandes-par-" in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    found = [row[0] for row in book.active.iter_rows(min_row=2, values_only=True)][:-1]  # type: ignore[union-attr]
    keys = [f"{key:%d/%m/%Y}" if isinstance(key, datetime) else str(key) for key in found]
    assert len(keys) == len(file(coordinator, by))
    assert {type(key) for key in found} == {datetime if by in ("day", "week") else str}
    book.close()
    drawn = coordinator.get(f"/office/reports/{by}.svg").get_data(as_text=True)
    for key in keys:
        assert key in words
        assert key in drawn


def test_editions_are_compared_as_far_from_the_tenth_of_december(app: Flask, office: Office) -> None:
    with app.app_context():
        make_edition(year=2025)
        make_order(lines={"MAN25": 9}, minutes=-DAY * 400)
        make_edition()
        make_order(lines={"MAN26": 4})
    words = Page.open(office(StaffRole.COORDINATOR), "/office/reports/").words().replace("\u00a0", " ")
    assert "Marathon des lettres 2025" in words
    assert "9 exemplaires, 1 commande" in words


def test_an_edition_without_orders_says_what_will_appear(app: Flask, office: Office) -> None:
    client = office(StaffRole.COORDINATOR)
    assert "se compteront ici" in Page.open(client, "/office/reports/").words()
    with app.app_context():
        make_edition()
    assert "dès la première" in Page.open(client, "/office/reports/?by=province").words()
    assert client.get("/office/reports/province.svg").status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "?by=colour",
        "colour.csv",
        "day.pdf",
        "?edition=1999",
        "?edition=abc",
        "?edition=-1",
        "day.csv?edition=99999999999",
    ],
)
def test_what_cannot_be_counted_is_not_there(coordinator: FlaskClient, url: str) -> None:
    assert coordinator.get(f"/office/reports/{url}").status_code == 404


def test_what_the_post_cost_and_what_is_to_be_invoiced(app: Flask, office: Office) -> None:
    with app.app_context():
        make_edition(shelf=100)
        box = {"MAN26": 30}
        noted = make_dispatch(make_order(), make_order(lines=box, accepted_postage=Charge(690)))
        price_parcels(750)
        counted = Counted(letters=1, parcels=1, cents=1_234)
        transact(lifecycle.close, noted.id, at=NOW, by=BY, everything=True, counted=counted)
        price_parcels(None)
        unnoted = make_dispatch(make_order(lines=box))
        transact(lifecycle.close, unnoted.id, at=NOW, by=BY, everything=True)
    words = Page.open(office(StaffRole.COORDINATOR), "/office/reports/").words().replace("\u00a0", " ")
    assert "12,34 € pour 2 envois postés" in words
    assert "1 envoi a été clôturé sans noter" in words
    assert "6,90 € pour 2 commandes" in words
    assert "Le prix de 1 commande n’est pas connu" in words

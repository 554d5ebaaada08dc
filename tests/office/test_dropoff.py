"""Coordinators keep drop-off points on pages: one by one, from a file, and as a file."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.dropoff import lookup
from orders.staff.models import StaffRole
from tests.dropoff.points import make_point, typed
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
LIST, NEW, IMPORT = "/office/places/", "/office/places/new", "/office/places/import"


@pytest.fixture
def client(office: Office) -> FlaskClient:
    return office(StaffRole.COORDINATOR)


def send(client: FlaskClient, url: str, fields: dict[str, Any], status: int = 200) -> Page:
    shown = Page.open(client, url).fields(url, "post")
    answer = client.post(url, data={**shown, **fields}, follow_redirects=True)
    return Page.of(answer, status=status)


def count(app: Flask) -> int:
    with app.app_context():
        return len(lookup.all_points())


def test_a_point_is_added_changed_and_deleted(app: Flask, client: FlaskClient) -> None:
    assert "adresse postale" in Page.open(client, LIST).words()
    page = send(client, NEW, typed(name="Oxfam & Cie"))
    assert "Oxfam & Cie" in page.words()
    assert "belgium-here" not in page.text
    form = Page.open(client, "/office/places/1")
    assert "belgium-here" in form.text
    assert "ma-sa" in send(client, "/office/places/1", {"hours": "ma-sa"}).words()
    token = form.fields("/office/places/1")["csrf_token"]
    client.post("/office/places/1/delete", data={"csrf_token": token})
    assert count(app) == 0


def test_everything_that_is_wrong_stands_beside_its_field_and_nothing_is_kept(app: Flask, client: FlaskClient) -> None:
    wrong = typed(name="x" * 10_000, last_day="1/1/2099", latitude="4.87", longitude="50.47")
    page = send(client, NEW, wrong, 422)
    for said in ("80 caractères au plus", "trop loin", "échangées"):
        assert said in page.words()
    assert count(app) == 0
    with app.app_context():
        make_point()
    assert "déjà connu" in send(client, NEW, typed(), 422).words()


def test_what_somebody_else_saved_meanwhile_is_told(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_point()
    stale = Page.open(client, "/office/places/1").fields("/office/places/1")
    send(client, "/office/places/1", {"hours": "ma-sa"})
    page = Page.of(client.post("/office/places/1", data={**stale, "note": "au comptoir"}), status=409)
    assert "« ma-sa »" in page.words()


def test_a_file_is_shown_first_then_taken_over_whole(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_point()
    exported = client.get("/office/places/points.csv").data
    day = typed()["last_day"]
    good = exported + f"Phare;Rue Basse 3;1000;Bruxelles;;{day};{day};;;\n".encode()
    page = send(client, IMPORT, {"file": (io.BytesIO(good), "points.csv")})
    assert "Nouveaux : 1. Changés : 0. Comme avant : 1." in page.words()
    assert count(app) == 1
    form = page.fields(IMPORT, "post")
    client.post(IMPORT, data=form)
    assert count(app) == 2
    wrong = good + b"=cmd();Rue Basse 4;10;Bruxelles;;;;;;\n"
    page = send(client, IMPORT, {"file": (io.BytesIO(wrong), "points.csv")}, 422)
    assert "1 ligne est à corriger" in page.words()
    assert count(app) == 2
    assert "ni un CSV ni un XLSX" in send(client, IMPORT, {"file": (io.BytesIO(b"%PDF"), "points.pdf")}, 422).words()


@pytest.mark.parametrize(("language", "heading"), [("fr", "Heures d’ouverture"), ("en", "Opening hours")])
def test_a_workbook_has_the_names_of_the_page_and_is_read_again(
    app: Flask, client: FlaskClient, language: str, heading: str
) -> None:
    with app.app_context():
        make_point()
    workbook = client.get(f"/office/places/points.xlsx?lang={language}").data
    first, *_ = openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0].iter_rows(values_only=True)
    assert heading in first, first
    page = send(client, IMPORT, {"file": (io.BytesIO(workbook), "points.xlsx")})
    assert "ce point y est déjà, tel quel" in page.words()


def test_only_coordinators_keep_them(office: Office) -> None:
    client = office(StaffRole.OFFICE)
    assert client.get(LIST).status_code == 403
    assert client.get("/office/places/points.csv").status_code == 403

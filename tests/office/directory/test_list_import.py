"""A coordinator uploads a list of places, sees what it changes, and takes it over; nothing is ever half done."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from orders.clock import now
from orders.database import db, transact
from orders.directory import importing, list_reader
from orders.directory.models import Place
from orders.staff.journal import Actor
from orders.staff.models import StaffRole
from tests.directory.lists import HEADINGS, row, write
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
IMPORT = "/office/directory/import"
ATTACK = '=HYPERLINK("x")<script>alert(1)</script>'


@pytest.fixture
def coordinator(app: Flask, office: Office, tmp_path: Path) -> FlaskClient:
    """Signed in, with three places of the official list taken over."""
    with app.app_context():
        listed = list_reader.read(
            write(tmp_path / "list.csv", row(1), row(2, "Old name"), row(3, "École du Parc"))
        ).places
        transact(importing.take_over, "fwb", listed, at=now(), by=Actor("command"))
    return office(StaffRole.COORDINATOR)


def _send(client: FlaskClient, content: str | bytes, name: str = "list.csv", **more: str) -> TestResponse:
    raw = content.encode() if isinstance(content, str) else content
    data = {**Page.open(client, IMPORT).fields(IMPORT), "file": (io.BytesIO(raw), name), **more}
    return client.post(IMPORT, data=data, content_type="multipart/form-data")


def _confirm(client: FlaskClient, address: str, **more: str) -> TestResponse:
    return client.post(address, data={**Page.open(client, address).fields(address), **more})


def _words(client: FlaskClient, address: str) -> str:
    return Page.open(client, address).words().replace("\xa0", " ")


def _list(*rows: str) -> str:
    return "\n".join((HEADINGS, *rows)) + "\n"


def _numbers(app: Flask) -> list[str]:
    with app.app_context():
        return sorted(db.session.scalars(select(Place.number).where(Place.gone_at.is_(None))))


def test_a_list_shows_what_it_changes_before_it_does(app: Flask, coordinator: FlaskClient) -> None:
    shown = _send(coordinator, _list(row(2, "New name"), row(3, "École du Parc"), row(4, ATTACK))).location
    words = _words(coordinator, shown)
    assert "Nouveaux : 1, changés : 1, disparus : 1, comme avant : 1" in words
    assert ATTACK in words
    changed = _words(coordinator, f"{shown}?show=changed")
    assert "Old name, WBE, Secondaire ordinaire → New name" in changed
    assert _numbers(app) == ["1", "2", "3"]
    sent = Page.open(coordinator, shown).fields(shown)
    done = coordinator.post(shown, data=sent)
    assert (done.status_code, done.location) == (303, "/office/directory/")
    assert _numbers(app) == ["2", "3", "4"]
    assert coordinator.post(shown, data=sent).status_code == 303  # pressed twice
    words = _words(coordinator, "/office/directory/")
    assert "3 lieux de la liste « fwb »" in words
    assert "1 ancien lieu gardé" in words


def test_half_a_file_is_only_taken_when_it_is_meant(app: Flask, coordinator: FlaskClient) -> None:
    _confirm(coordinator, _send(coordinator, _list(*map(row, range(1, 61)))).location)
    half = _send(coordinator, _list(*map(row, range(1, 31)))).location
    refused = Page.of(_confirm(coordinator, half), status=409)
    assert "semble coupé" in refused.words()
    assert len(_numbers(app)) == 60
    assert "disparus : 30" in _words(coordinator, f"{half}?show=gone&page=9")
    assert _confirm(coordinator, half, fewer="1").status_code == 303
    assert len(_numbers(app)) == 30


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ("", "list.csv", "vide"),
        (b"%PDF-1.7\n\x00\x01", "list.csv", "colonnes"),
        (b"PK\x03\x04 half a workbook", "list.xlsx", "tableau"),
        ("a;b\n1;2\n", "list.pdf", "ni un CSV ni un XLSX"),
        ("name;town\nPhare;Namur\n", "list.csv", "colonne"),
        (HEADINGS + "\n", "list.csv", "aucun lieu"),
        (_list(row(1), '6;"half a'), "list.csv", "guillemet"),
        ("number;name;street;postcode;town\n1;Phare;Rue Haute;5000;Namur\n", "list.csv", "nom court"),
        (_list(row(1), row(name="Long " * 2_000)), "list.csv", "200 caractères au plus"),
        (_list(row(1), ";".join(row(2).split(";")[:7]) + ";;Rue Haute 1;1000;BRUXELLES;;;"), "list.csv", "numéro"),
        (_list(row(1), row(1, address="Rue Haute 3")), "list.csv", "est déjà à la ligne 2"),
        (_list(row(1), row(2, point="4.4331;50.8152")), "list.csv", "échangées"),
        (_list(row(1), row(2, point="48.8566;2.3522")), "list.csv", "n’est pas en Belgique"),
    ],
)
def test_a_file_that_cannot_be_right_says_why_and_changes_nothing(
    app: Flask, coordinator: FlaskClient, content: str | bytes, name: str, said: str
) -> None:
    answer = _send(coordinator, content, name)
    assert said in Page.of(answer, status=422).words()
    assert _numbers(app) == ["1", "2", "3"]


def test_a_plain_list_keeps_its_short_name(coordinator: FlaskClient) -> None:
    plain = "number;name;street;postcode;town\n7;Bibliothèque;Rue Haute;5000;Namur\n"
    _confirm(coordinator, _send(coordinator, plain, list="bibliotheques").location)
    assert "Bibliothèque" in _words(coordinator, "/office/directory/places/bibliotheques:7")
    assert "bibliotheques:7" in _words(coordinator, "/office/directory/?q=biblio namur")


def test_places_are_found_by_words_and_number_and_gone_ones_stay(coordinator: FlaskClient) -> None:
    _confirm(coordinator, _send(coordinator, _list(row(2, "Old name"), row(3, "École du Parc"))).location)
    found = _words(coordinator, "/office/directory/?q=athenee+auderg")
    assert "Athénée royal d'Auderghem" in found
    assert "plus dans la liste" in found
    assert "École du Parc" in _words(coordinator, "/office/directory/?q=3")
    assert "Aucun lieu" in _words(coordinator, "/office/directory/?q=zzzz")
    assert "reste connu" in _words(coordinator, "/office/directory/places/1")
    assert coordinator.get("/office/directory/places/99").status_code == 404
    assert coordinator.get(f"{IMPORT}/99").status_code == 404

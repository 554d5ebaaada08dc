"""Whatever file is given at a door that takes one, the answer is a page or a way back, never an error of ours."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some
from openpyxl import Workbook
from PIL import Image

from orders.catalogue import defended_persons, publication_files
from orders.catalogue.defended_persons import PersonContent
from orders.catalogue.publication_files import FileOf
from orders.database import transact
from orders.staff.models import StaffRole
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order
from tests.page import Page

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
DOORS = (
    "/office/ordering/import",
    "/office/shipping/1/tracking",
    "/office/catalogue/publications/MAN26/cover",
    "/office/catalogue/publications/MAN26/reading",
    "/office/catalogue/persons/1/portrait",
    "/office/settings/logo",
    "/office/directory/import",
    "/office/places/import",
)
FUZZ = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
TABLE = "nom;rue;numéro;code postal;localité;e-mail;MAN26\nZoé;Rue Haute;1;1000;Bruxelles;zoe@example.org;2\n".encode()
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def workbook() -> bytes:
    book, file = Workbook(), BytesIO()
    book.worksheets[0].append(["nom", "rue"])
    book.save(file)
    return file.getvalue()


def picture(kind: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (4, 3), "yellow").save(file, kind)
    return file.getvalue()


NAMES = some.sampled_from(
    ["a.csv", "a.xlsx", "a.pdf", "a.png", "a", ".csv", "é\u202e.CSV", "../../a.xlsx", "a.csv\0.xlsx"]
)
GOOD = (TABLE, PDF, workbook(), *(picture(kind) for kind in ("PNG", "JPEG", "GIF", "WEBP")))


@some.composite
def damaged(draw: some.DrawFn) -> bytes:
    """A good file of some kind, cut off or with other bytes in the middle."""
    good = draw(some.sampled_from(GOOD))
    begin = draw(some.integers(0, len(good)))
    return good[:begin] + draw(some.binary(max_size=20)) + good[begin + draw(some.integers(0, 40)) :]


@dataclass(frozen=True)
class Door:
    url: str
    token: str
    client: FlaskClient

    def give(self, name: str, content: bytes) -> int:
        data = {"csrf_token": self.token, "file": (BytesIO(content), name)}
        with self.client.post(self.url, data=data, content_type="multipart/form-data") as answer:
            return int(answer.status_code)


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest, app: Flask, office: Callable[[StaffRole], FlaskClient]) -> Door:
    with app.app_context():
        make_edition()
        make_dispatch(make_order())
        transact(publication_files.give_file, "MAN26", FileOf.COVER, picture("WEBP"), at=NOW, by=BY)
        transact(defended_persons.add, 2026, PersonContent("Oqba Hashad"), at=NOW, by=BY)
    client = office(StaffRole.ADMINISTRATOR)
    return Door(request.param, Page.open(client, "/office/").fields("/staff/logout")["csrf_token"], client)


@FUZZ
@given(NAMES, some.one_of(some.binary(max_size=300), damaged(), some.text(max_size=200).map(str.encode)))
@example("a.csv", b"")
@example("a.xlsx", b"PK\x03\x04")
@example("a.csv", b";" * 120_000)
@example("a.csv", b"a" * 120_000)
def test_any_file_at_any_door_is_an_answer(door: Door, name: str, content: bytes) -> None:
    assert door.give(name, content) in (200, 303, 409, 422)


def test_every_door_that_takes_a_file_is_tried() -> None:
    fields = sum(page.read_text().count('type="file"') for page in TEMPLATES.rglob("*.html"))
    assert fields == len(DOORS)

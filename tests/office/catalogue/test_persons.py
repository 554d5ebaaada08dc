"""Persons whom an edition defends: described by a coordinator in every language, with a portrait, shown to all."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select

from orders.catalogue.models import DefendedPerson, Upload
from orders.database import db
from orders.staff.models import AuditEntry, StaffRole
from tests.catalogue.test_uploaded_media import photograph, picture
from tests.factories import make_edition
from tests.office.catalogue.test_editing import send
from tests.page import Page

EDITION = "/office/catalogue/2026"
NEW = f"{EDITION}/persons/new"
OQBA = "/office/catalogue/persons/1"
TYPED = {
    "name": "Oqba Hashad",
    "countries-fr": "Égypte",
    "countries-nl": "Egypte",
    "sentences-fr": "Étudiant, en prison <b>sans</b> procès.",
    "links-fr": "https://exemple.be/oqba",
    "alt_texts-fr": "Un jeune homme qui sourit",
    "credit": "© Maria Lopez",
}


@pytest.fixture
def coordinator(app: Flask, office: Callable[[StaffRole], FlaskClient]) -> FlaskClient:
    with app.app_context():
        make_edition()
    client = office(StaffRole.COORDINATOR)
    assert send(client, NEW, **TYPED).status_code == 303
    return client


def give_portrait(client: FlaskClient, content: bytes, url: str = OQBA) -> Any:
    token = Page.open(client, url).fields(url)["csrf_token"]
    data = {"csrf_token": token, "file": (io.BytesIO(content), "photo.jpg")}
    return client.post(f"{url}/portrait", data=data, content_type="multipart/form-data")


def test_a_person_is_shown_with_a_portrait_and_a_sentence_in_the_language_of_the_page(
    app: Flask, coordinator: FlaskClient, client: FlaskClient
) -> None:
    assert give_portrait(coordinator, photograph()).status_code == 303
    page = Page.open(client, "/")
    for shown in ("Oqba Hashad", "Égypte", "prison <b>sans</b> procès", "Lire son histoire", "Photo : © Maria Lopez"):
        assert shown in page.words()
    images = [each for each in page.tree.iter("img") if each.get("class") == "portrait"]
    assert [each.get("alt") for each in images] == ["Oqba Hashad", "Un jeune homme qui sourit"]
    assert {each.get("loading") for each in images} == {"lazy"}
    answer = client.get(str(images[0].get("src")))
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    drawn = Image.open(io.BytesIO(answer.data))
    assert (drawn.format, drawn.size, len(drawn.getexif())) == ("WEBP", (320, 320), 0)
    dutch = Page.open(client, "/?lang=nl")
    assert "Egypte" in dutch.words()
    assert '<span lang="fr">Étudiant' in dutch.text


def test_persons_are_shown_in_their_order_and_one_taken_away_leaves_no_portrait(
    app: Flask, coordinator: FlaskClient, client: FlaskClient
) -> None:
    for name in ("Neth Nahara", "Joel Paredes"):
        send(coordinator, NEW, name=name)
    give_portrait(coordinator, picture())
    token = Page.open(coordinator, EDITION).fields("/office/catalogue/persons/3/up")
    assert coordinator.post("/office/catalogue/persons/3/up", data=token).status_code == 303
    words = Page.open(client, "/").words()
    assert words.index("Oqba") < words.index("Joel") < words.index("Neth")
    assert coordinator.post(f"{OQBA}/delete", data=token).status_code == 303
    assert "Oqba" not in Page.open(client, "/").words()
    with app.app_context():
        kept = select(DefendedPerson.name).order_by(DefendedPerson.position)
        assert db.session.scalars(kept).all() == ["Joel Paredes", "Neth Nahara"]
        assert db.session.scalar(select(func.count()).select_from(Upload)) == 0
        entries = db.session.scalars(select(AuditEntry).where(AuditEntry.thing.startswith("defended person"))).all()
        assert len(entries) == 6
        assert "Oqba" not in str([(each.before, each.after) for each in entries])


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"sentences-de": "x" * 241}, "sentences-de"),
        ({"links-nl": "javascript:alert(1)"}, "links-nl"),
        ({"credit": "\x07"}, "credit"),
    ],
)
def test_what_cannot_be_said_of_a_person_is_explained_beside_its_field(
    coordinator: FlaskClient, typed: dict[str, str], field: str
) -> None:
    page = Page.of(send(coordinator, OQBA, **typed), status=422)
    assert f'id="{field}-error"' in page.text
    assert page.fields(OQBA)["countries-nl"] == "Egypte"


@pytest.mark.parametrize("content", [b"", b"<svg><script>alert(1)</script></svg>", picture()[:100]])
def test_a_file_that_is_no_portrait_is_refused_with_what_to_do(coordinator: FlaskClient, content: bytes) -> None:
    page = Page.of(give_portrait(coordinator, content), status=422)
    assert 'class="error-summary' in page.text
    assert page.fields(OQBA)["name"] == "Oqba Hashad"


def test_two_coordinators_at_one_person_are_told_apart(
    coordinator: FlaskClient, office: Callable[[StaffRole], FlaskClient]
) -> None:
    seen = Page.open(coordinator, OQBA).fields(OQBA)
    assert send(office(StaffRole.COORDINATOR), OQBA, name="Oqba H.").status_code == 303
    page = Page.of(coordinator.post(OQBA, data={**seen, "credit": "Autre"}), status=409)
    assert "Oqba H." in page.words()

"""The settings of the association: previewed, saved, refused, journaled."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from orders.association import forget
from orders.database import db
from orders.staff.models import AuditEntry, StaffRole
from tests.labels.pdf_reading import text_of
from tests.page import Page

URL = "/office/settings/"
Office = Callable[[StaffRole], FlaskClient]
OTHER = {
    "languages": ["fr"],
    "name-fr": "Les lettres du soir",
    "short_name-fr": "Lettres",
    "campaign-fr": "La semaine des lettres",
    "street-fr": "Rue Basse",
    "number": "3",
    "postcode": "4000",
    "town-fr": "Liège",
    "email": "soir@example.org",
    "mail_sender": "Les lettres <soir@example.org>",
    "carrier_name": "Lettres du soir",
    "dpo_contact": "dpo@example.org",
    "accent": "#ffcc66",
}


@pytest.fixture
def administrator(office: Office) -> FlaskClient:
    return office(StaffRole.ADMINISTRATOR)


def hidden(page: Page) -> dict[str, str]:
    fields = page.fields(URL)
    return {name: fields[name] for name in ("csrf_token", "shown")}


def send(client: FlaskClient, url: str = URL, **change: Any) -> Any:
    page = Page.open(client, URL)
    return client.post(url, data={**hidden(page), **OTHER, **change})


def test_the_page_shows_what_is_kept(administrator: FlaskClient) -> None:
    page = Page.open(administrator, URL)
    assert page.fields(URL)["postcode"] == "1050"


def test_saved_settings_stand_on_pages_at_once(app: Flask, administrator: FlaskClient) -> None:
    assert send(administrator).status_code == 303
    front = administrator.get("/").get_data(as_text=True)
    assert "Les lettres du soir" in front
    assert "Rue Basse 3, 4000 Liège" in front
    assert "/association/ffcc66.css" in front
    assert "?lang=nl" not in front


def test_the_journal_says_what_changed(app: Flask, administrator: FlaskClient) -> None:
    send(administrator)
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.thing == "association")).one()
        assert (entry.before or {})["postcode"] == "1050"
        assert (entry.after or {})["postcode"] == "4000"
        assert "dpo_contact" not in (entry.after or {})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name-fr": ""}, "Remplissez cette case"),
        ({"languages": []}, "au moins une langue"),
        ({"accent": "#000080"}, "Trop foncée"),
        ({"email": "soir"}, "pas la bonne forme"),
        ({"name-fr": "N" * 80, "street-fr": "R" * 80}, "ne tient pas sur le bordereau"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_kept(
    app: Flask, administrator: FlaskClient, change: dict[str, Any], said: str
) -> None:
    answer = send(administrator, **change)
    assert said in Page.of(answer, status=422).words()
    forget(app)
    assert Page.open(administrator, URL).fields(URL)["postcode"] == "1050"


def test_who_saves_over_anothers_change_is_told_so_first(administrator: FlaskClient) -> None:
    page = Page.open(administrator, URL)
    send(administrator)
    answer = administrator.post(URL, data={**hidden(page), **OTHER, "number": "5"})
    assert "Enregistré entre-temps" in Page.of(answer, status=409).words()


@pytest.mark.parametrize("what", ["page", "mail"])
def test_a_preview_shows_what_was_typed_and_keeps_nothing(app: Flask, administrator: FlaskClient, what: str) -> None:
    answer = send(administrator, f"{URL}preview/{what}")
    assert answer.status_code == 200
    assert "Les lettres du soir" in answer.get_data(as_text=True)
    assert "Les lettres du soir" not in administrator.get("/").get_data(as_text=True)


@pytest.mark.parametrize("what", ["label", "slip"])
def test_paper_is_previewed_as_pdf(administrator: FlaskClient, what: str) -> None:
    answer = send(administrator, f"{URL}preview/{what}")
    assert answer.mimetype == "application/pdf"
    assert "Les lettres du soir" in text_of(answer.data)


def test_a_preview_that_does_not_exist_is_no_page(administrator: FlaskClient) -> None:
    assert send(administrator, f"{URL}preview/nothing").status_code == 404


def test_a_logo_is_shown_and_taken_away(administrator: FlaskClient) -> None:
    picture = io.BytesIO()
    Image.effect_noise((600, 600), 80).save(picture, "PNG")  # more than a form may hold
    picture.seek(0)
    token = Page.open(administrator, URL).fields(URL)["csrf_token"]
    administrator.post(f"{URL}logo", data={"csrf_token": token, "file": (picture, "logo.png")})
    front = administrator.get("/").get_data(as_text=True)
    address = front.split('src="/association/')[1].split('"')[0]
    assert administrator.get(f"/association/{address}").mimetype == "image/webp"
    administrator.post(f"{URL}logo", data={"csrf_token": token, "remove": "1"})
    assert administrator.get(f"/association/{address}").status_code == 404
    assert administrator.get("/association/" + "0" * 64 + ".webp").status_code == 404


def test_what_is_no_picture_is_refused(administrator: FlaskClient) -> None:
    token = Page.open(administrator, URL).fields(URL)["csrf_token"]
    sent = {"csrf_token": token, "file": (io.BytesIO(b"<svg onload=alert(1)>"), "logo.svg")}
    answer = administrator.post(f"{URL}logo", data=sent, follow_redirects=True)
    assert "image" in Page.of(answer).words()


@pytest.mark.parametrize("colour", ["red", "ffff0", "FFFF00", "ffff00}body{display:none"])
def test_a_colour_that_is_none_is_no_stylesheet(client: FlaskClient, colour: str) -> None:
    assert client.get(f"/association/{colour}.css").status_code == 404

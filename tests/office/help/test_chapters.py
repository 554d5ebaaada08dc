"""The guide inside the application: every page leads to a chapter, and nobody reads about what is closed to them."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.office.access import role_needed
from orders.office.help.chapter_rendering import FOLDER, LANGUAGE
from orders.office.help.chapters import CHAPTERS, chapter_about
from orders.staff.models import StaffRole
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]


def test_every_page_leads_to_a_chapter_that_whoever_may_open_it_may_read(app: Flask) -> None:
    with app.app_context():
        for endpoint in (rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())):
            if not endpoint.startswith("office.") or endpoint.startswith("office.help."):
                continue
            chapter, role = chapter_about(endpoint), role_needed(endpoint)
            assert chapter, endpoint
            needed = role_needed(chapter.main)
            assert role, endpoint
            assert needed, chapter.name
            assert role.includes(needed), f"{endpoint} leads to {chapter.name}"


def test_every_chapter_is_listed_and_every_beginning_is_of_a_page(app: Flask) -> None:
    files = {file.stem for file in (FOLDER / LANGUAGE).glob("*.md")}
    assert files == {chapter.name for chapter in CHAPTERS}
    for beginning in (each for chapter in CHAPTERS for each in chapter.about):
        assert any(endpoint.startswith(beginning) for endpoint in app.view_functions), beginning


def test_a_page_opens_its_chapter_with_its_pictures_beside_it(office: Office) -> None:
    client = office(StaffRole.OFFICE)
    link = re.search(r'class="bar-help" href="([^"]+)"', Page.open(client, "/office/ordering/import").text)
    assert link
    assert link[1] == "/office/help/importer"
    page = Page.open(client, link[1])
    pictures = [each.get("src") or "" for each in page.tree.iter("img") if "/help/" in (each.get("src") or "")]
    assert len(pictures) == 1
    with client.get(pictures[0]) as answer:
        assert (answer.status_code, answer.mimetype) == (200, "image/png")
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(("role", "status"), [(StaffRole.VOLUNTEER, 403), (StaffRole.ADMINISTRATOR, 200)])
def test_chapters_about_pages_that_are_closed_are_neither_listed_nor_read(
    office: Office, role: StaffRole, status: int
) -> None:
    client = office(role)
    listed = re.findall(r'href="/office/help/([a-z-]+)"', Page.open(client, "/office/help/").text)
    assert "emballer" in listed
    assert ("importer" in listed) == (status == 200)
    for name in listed:
        Page.open(client, f"/office/help/{name}")
    assert client.get("/office/help/importer").status_code == status
    assert client.get("/office/help/nothing").status_code == 404

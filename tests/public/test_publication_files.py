"""Reading instead of receiving: offered on the cards, and counted."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.catalogue import edition_lookup, publication_choices
from orders.catalogue.publication_choices import Chosen
from orders.database import db
from orders.staff.models import StaffRole
from tests.factories import make_edition
from tests.page import Page

MANUAL = "https://example.org/manuel.pdf"


@pytest.fixture(autouse=True)
def season(app: Flask) -> None:
    with app.app_context():
        make_edition()
        edition_lookup.get_publication("MAN26").read_online_url = MANUAL
        db.session.commit()


def chosen(app: Flask, code: str = "MAN26") -> Chosen:
    with app.app_context():
        publication = edition_lookup.get_publication(code)
        total = publication_choices.totals([publication.id])[publication.id]
        days = publication_choices.by_day([publication.id]).values()
        assert sum(day[publication.id].read for day in days) == total.read
        return total


def test_a_card_offers_to_read_and_to_receive(client: FlaskClient) -> None:
    page = Page.open(client, "/")
    assert page.text.count("/read/MAN26") == 1
    assert "/read/LIV26" not in page.text
    assert "/receive/MAN26" in page.text
    assert "/receive/LIV26" in page.text


def test_each_choice_leads_on_and_is_counted(app: Flask, client: FlaskClient) -> None:
    for _ in range(2):
        answer = client.get("/read/MAN26")
        assert (answer.status_code, answer.location) == (303, MANUAL)
    answer = client.get("/receive/MAN26")
    assert (answer.status_code, answer.location) == (303, "/order#copies-MAN26")
    assert chosen(app) == Chosen(read=2, receive=1)
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("HEAD", {}),
        ("GET", {"Sec-Purpose": "prefetch;prerender"}),
        ("GET", {"Purpose": "prefetch"}),
        ("GET", {"X-Moz": "prefetch"}),
        ("GET", {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}),
    ],
)
def test_what_nobody_chose_is_not_counted(
    app: Flask, client: FlaskClient, method: str, headers: dict[str, str]
) -> None:
    assert client.open("/read/MAN26", method=method, headers=headers).status_code == 303
    assert chosen(app) == Chosen()


@pytest.mark.parametrize("url", ["/read/LIV26", "/read/NONE", "/receive/NONE"])
def test_what_cannot_be_read_or_does_not_exist_is_said_so(client: FlaskClient, url: str) -> None:
    Page.open(client, url, status=404)


def test_the_office_sees_what_was_chosen(
    client: FlaskClient, office: Callable[[StaffRole], FlaskClient], page: Callable[..., Page]
) -> None:
    for _ in range(3):
        client.get("/read/MAN26")
    words = Page.open(office(StaffRole.COORDINATOR), "/office/stock/").words()
    assert "Manuel MAN26 3 0" in words
    assert "Jour par jour" in words

"""The first page, open and closed, and what search engines and programs that show a link learn of our pages."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.clock import local_day, now
from orders.database import db
from orders.mail import signed_links
from orders.wording import long_day
from tests.dropoff.points import make_point
from tests.events.events import publish
from tests.factories import make_edition, make_order
from tests.page import Page

NO_INDEX = '<meta name="robots" content="noindex, nofollow">'


def make_closed_edition(*, letters_back_in: int) -> None:
    """An edition that took orders until yesterday, of which the manual can be read online."""
    today = local_day(now())
    edition = make_edition(closes_on=today - timedelta(days=1), letters_back_by=today + timedelta(days=letters_back_in))
    edition.publications[0].read_online_url = "https://exemple.be/manuel.pdf"
    db.session.commit()


def test_the_first_page_leads_to_drop_off_points_and_events_where_there_are_any(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        make_edition()
    page = Page.open(client, "/")
    assert 'class="nearby"' not in page.text
    with app.app_context():
        make_point()
        publish()
    page = Page.open(client, "/")
    assert "1 point de dépôt" in page.words()
    assert "1 événement annoncé" in page.words()


@pytest.mark.parametrize(("letters_back_in", "said"), [(20, "Renvoyez vos lettres avant le"), (-1, "étaient à")])
def test_the_closed_page_says_what_comes_next_until_when_letters_are_taken_and_what_can_be_read(
    app: Flask, client: FlaskClient, letters_back_in: int, said: str
) -> None:
    today = local_day(now())
    with app.app_context():
        make_closed_edition(letters_back_in=letters_back_in)
        make_edition(year=2031, opens_on=today + timedelta(days=200))
        make_point()
    with app.test_request_context():
        opens, back = (long_day(today + timedelta(days=days)) for days in (200, letters_back_in))
    for url in ("/", "/order"):
        words = Page.open(client, url).words()
        for each in (f"Elles rouvrent le {opens}", said, back, "Lire en ligne : Manuel", "1 point de dépôt"):
            assert each in words
        assert "Livret" not in words


def test_only_pages_that_are_the_same_for_everybody_may_be_found_by_search_engines(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        order = make_order(lines={"MAN26": 1}) if make_edition() else None
        assert order is not None
        own = f"/o/{signed_links.token(order.reference, order.link_nonce)}"
    for url in (own, "/find", "/staff/login", f"{own}/change"):
        answer = client.get(url)
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow", url
        assert NO_INDEX in answer.text
        assert "og:title" not in answer.text
    assert client.get("/nowhere").headers["X-Robots-Tag"] == "noindex, nofollow"
    for url in ("/", "/order", "/where", "/events", "/privacy", "/robots.txt"):
        answer = client.get(url)
        assert "X-Robots-Tag" not in answer.headers, url
        assert NO_INDEX not in answer.text


def test_a_link_to_the_first_page_is_shown_with_words_and_a_picture_in_the_language_asked_for(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        make_edition()
    page = Page.open(client, "/?lang=nl", headers={"Host": "elsewhere.example"})
    found: dict[Any, Any] = {
        each.get("property") or each.get("name"): each.get("content") for each in page.tree.iter("meta")
    }
    assert found["og:title"].startswith("Marathon des lettres 2026")
    assert found["og:description"] == found["description"]
    assert found["description"].startswith("Bestel gratis")
    assert found["og:image"].endswith("/static/share.png")
    for each in ("/static/share.png", "/apple-touch-icon.png"):
        with client.get(each, follow_redirects=True) as picture:
            assert picture.mimetype == "image/png"
    links = {(each.get("rel"), each.get("hreflang")): each.get("href") for each in page.tree.iter("link")}
    home = app.config["PUBLIC_URL"]
    assert links["canonical", None] == f"{home}/?lang=nl"
    assert links["alternate", "de"] == f"{home}/?lang=de"


def test_robots_are_kept_from_nothing_that_says_noindex_itself(client: FlaskClient) -> None:
    closed = client.get("/robots.txt").text.split()
    assert "/office/" in closed
    assert not [each for each in closed if each.startswith("/o/")]

"""The public pages: what there is, the form, and one's own order."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from orders.association import in_language
from orders.association.profile_cache import starter_profile
from orders.database import db
from orders.mail.models import OutgoingMail
from orders.ordering.models import Delivery, Order, OrderStatus, WhenShort
from orders.stock.models import Movement
from tests.factories import make_edition
from tests.page import Page

Opener = Callable[..., Page]

TYPED = {
    "audience": "school",
    "organisation": "École Saint-Roch",
    "name": "Mme Marie Dupont",
    "street": "Rue de la Senne",
    "number": "32",
    "box": "20",
    "postcode": "5590",
    "town": "Ciney",
    "email": "marie@example.org",
    "copies-MAN26": "2",
    "copies-LIV26": "24",
    "message": "Merci beaucoup !\nÀ bientôt",
}


@pytest.fixture
def edition(app: Flask) -> None:
    with app.app_context():
        make_edition()


def rows(app: Flask) -> tuple[int, int, int]:
    """How many orders, movements for orders and mails there are."""
    with app.app_context():
        orders = db.session.scalar(select(func.count()).select_from(Order)) or 0
        movements = select(func.count()).select_from(Movement).where(Movement.order_id.is_not(None))
        mails = db.session.scalar(select(func.count()).select_from(OutgoingMail)) or 0
        return orders, db.session.scalar(movements) or 0, mails


def send(client: FlaskClient, **changed: str | None) -> Any:
    """Load the form, fill it in, send it; a field changed to `None` is not sent."""
    fields: dict[str, str | None] = {**Page.open(client, "/order").fields("/order"), **TYPED, **changed}
    return client.post("/order", data={name: value for name, value in fields.items() if value is not None})


def test_the_front_page_shows_the_open_edition_and_its_publications(page: Opener, edition: None) -> None:
    front = page("/")
    assert "Marathon des lettres 2026" in front.words()
    assert "Manuel" in front.words()
    assert "Livret d’activités" in front.words()


def test_the_public_learns_no_numbers_of_the_stock(page: Opener, app: Flask) -> None:
    with app.app_context():
        make_edition(shelf=4711)
    assert "4711" not in page("/").text + page("/order").text


def test_outside_the_season_the_pages_say_so_and_take_nothing(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition(opens_on=date(2080, 9, 1), closes_on=date(2080, 12, 31))
    for url in ("/", "/order"):
        assert "1er septembre 2080" in Page.open(client, url).words()
    Page.of(client.post("/order", data=TYPED), status=409)
    assert rows(app) == (0, 0, 0)


def test_an_empty_installation_has_a_front_page(page: Opener) -> None:
    page("/")


def test_a_good_order_leads_to_its_own_page(app: Flask, client: FlaskClient, edition: None) -> None:
    sent = send(client)
    assert sent.status_code == 303
    own = Page.open(client, sent.location)
    for word in ("Mme Marie Dupont", "Rue de la Senne 32 bte 20", "5590 CINEY", "24"):
        assert word in own.words()
    with app.app_context():
        order = db.session.scalars(select(Order)).one()
        assert order.shown_reference in own.words()
        assert (order.status, order.door, order.message) == (OrderStatus.READY, "web", "Merci beaucoup !\nÀ bientôt")
    assert rows(app) == (1, 2, 1)


def test_the_same_form_sent_twice_is_one_order(app: Flask, client: FlaskClient, edition: None) -> None:
    fields = {**Page.open(client, "/order").fields("/order"), **TYPED}
    first, again = (client.post("/order", data=fields).location for _ in range(2))
    assert first == again
    assert rows(app) == (1, 2, 1)


def test_two_loads_of_the_page_are_two_orders(app: Flask, client: FlaskClient, edition: None) -> None:
    other = {"audience": "family", "email": "jean@example.org", "number": "7"}
    assert send(client).location != send(client, **other).location
    assert rows(app)[0] == 2


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("audience", "martien"),
        ("copies-MAN26", "-3"),
        ("copies-MAN26", "3.5"),
        ("copies-MAN26", "1000000000000"),
        ("postcode", "105"),
        ("street", "R" * 81),
        ("name", "Marie\0Dupont"),
        ("name", "محمد علي"),
        ("email", "pas une adresse"),
        ("needed_by", "demain"),
        ("delivery", "pigeon"),
        ("when_short", "jamais"),
        ("message", "x" * 501),
        ("phone", "douze"),
    ],
)
def test_a_mistake_brings_the_form_back_with_everything_typed_and_a_link_to_the_field(
    app: Flask, client: FlaskClient, edition: None, field: str, typed: str
) -> None:
    page = Page.of(send(client, **{field: typed}), status=422)
    assert page.text.split("<title>")[1].startswith("Erreur")
    back = page.fields("/order")
    for name, value in {**TYPED, field: typed}.items():
        if name != field or "\0" not in value and name not in ("audience", "delivery", "when_short"):
            assert back.get(name, "").replace("\r\n", "\n") == value, name
    targets = {link.get("href") for link in page.tree.iter("a")}
    (wrong,) = [each for each in page.tree.iter() if each.get("name") == field and each.get("aria-invalid")][:1]
    assert any(f"#{each.get('id')}" in targets for each in page.tree.iter() if each.get("id"))
    assert wrong.get("aria-describedby")
    assert rows(app) == (0, 0, 0)


def test_an_empty_cart_is_said_so(app: Flask, client: FlaskClient, edition: None) -> None:
    page = Page.of(send(client, **{"copies-MAN26": "", "copies-LIV26": "0"}), status=422)
    assert "Il n’y a rien dans la commande" in page.words()
    assert rows(app) == (0, 0, 0)


def test_a_publication_that_does_not_exist_is_said_so(app: Flask, client: FlaskClient, edition: None) -> None:
    page = Page.of(send(client, **{"copies-XYZ": "3"}), status=422)
    assert "XYZ" in page.words()
    assert rows(app) == (0, 0, 0)


@pytest.mark.parametrize("token", [None, "", "wrong", "a\0b"])
def test_without_a_good_token_nothing_is_kept_and_nothing_typed_is_lost(
    app: Flask, client: FlaskClient, edition: None, token: str | None
) -> None:
    page = Page.of(send(client, csrf_token=token), status=422)
    back = page.fields("/order")
    assert {name: back[name].replace("\r\n", "\n") for name in TYPED} == TYPED
    assert rows(app) == (0, 0, 0)
    again = client.post("/order", data=back)
    assert again.status_code == 303


def test_the_field_for_robots_stops_them(app: Flask, client: FlaskClient, edition: None) -> None:
    Page.of(send(client, website="https://spam.example"), status=422)
    assert rows(app) == (0, 0, 0)


def test_a_body_of_two_megabytes_is_refused_in_words(app: Flask, client: FlaskClient, edition: None) -> None:
    page = Page.of(send(client, message="x" * 2_000_000), status=413)
    assert "trop long" in page.words()
    assert rows(app) == (0, 0, 0)


def test_what_is_short_is_told_on_the_orders_own_page(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition(shelf={"MAN26": 5})
    own = Page.open(client, send(client, **{"copies-MAN26": "12", "copies-LIV26": ""}).location)
    assert "7" in own.words()
    with app.app_context():
        assert db.session.scalars(select(Order)).one().lines[0].waiting == 7


def test_who_takes_fewer_of_nothing_hears_it_at_the_form(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition(shelf=0)
    page = Page.of(send(client, when_short="fewer"), status=422)
    assert "choisissez d’attendre" in page.words()
    assert rows(app) == (0, 0, 0)


def test_the_news_are_asked_for_and_kept_with_the_text_that_was_shown(
    app: Flask, client: FlaskClient, edition: None
) -> None:
    send(client)
    send(client, news="y", organisation="École du Parc", number="7", email="jean@example.org")
    with app.app_context():
        without, asked = db.session.scalars(select(Order).order_by(Order.id))
        assert (without.news_text, "nouvelles" in asked.news_text) == ("", True)


def test_what_is_typed_never_becomes_markup(app: Flask, client: FlaskClient, edition: None) -> None:
    name = '<b>"Marie" & co</b>'
    own = Page.open(client, send(client, name=name).location)
    assert name in own.words()
    assert "<b>" not in own.text


def test_a_wrong_link_tells_nothing(app: Flask, client: FlaskClient, edition: None) -> None:
    own = send(client).location
    for wrong in (own[:-1] + ("A" if own[-1] != "A" else "B"), own + "x", "/o/KLNBRTVX", "/o/é", "/o/%00", "/o/..."):
        answer = client.get(wrong)
        assert answer.status_code in (400, 404), wrong
        assert "Dupont" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("url", ["/privacy", "/accessibility"])
def test_the_notices_are_there_from_the_first_day(page: Opener, url: str) -> None:
    page(url)


def test_the_privacy_notice_makes_every_point(page: Opener) -> None:
    words, sender = page("/privacy").words(), in_language(starter_profile(), "fr")
    for point in (
        sender.company_number,
        sender.street_line,
        sender.dpo_contact,
        "Autorité de protection des données",
        "3 mois après la fin de l’édition",
    ):
        assert point in words.replace("\u00a0", " "), point


def test_an_unknown_address_is_answered_in_words(client: FlaskClient) -> None:
    Page.of(client.get("/nowhere"), status=404)
    Page.of(client.post("/privacy"), status=405)


def test_every_answer_carries_the_headers_that_keep_a_page_safe(client: FlaskClient, edition: None) -> None:
    for url in ("/", "/order", "/nowhere", "/staff/login"):
        headers = client.get(url).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_no_page_asks_another_host_for_anything(client: FlaskClient, edition: None) -> None:
    for url in ("/", "/order", "/privacy", "/staff/login"):
        page = Page.open(client, url)
        for each in page.tree.iter():
            if each.tag in ("script", "img", "link") and each.get("rel") not in ("canonical", "alternate"):
                assert not (each.get("src") or each.get("href") or "").startswith(("http", "//")), url


@pytest.mark.parametrize("delivery", Delivery)
@pytest.mark.parametrize("when_short", WhenShort)
@pytest.mark.parametrize("shelf", [0, 5, 100])
def test_an_order_has_a_page_in_every_state(
    app: Flask, client: FlaskClient, delivery: Delivery, when_short: WhenShort, shelf: int
) -> None:
    if shelf == 0 and when_short is WhenShort.FEWER:
        return
    with app.app_context():
        make_edition(shelf=shelf)
    Page.open(client, send(client, delivery=delivery.value, when_short=when_short.value).location)


def test_health_and_readiness_are_answered(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200

"""Four languages: which one a page speaks, how it is changed, and what an order keeps of it."""

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.association.profile import LANGUAGES
from orders.catalogue.models import Publication
from orders.database import db, transaction
from orders.mail.models import OutgoingMail
from orders.ordering.models import Order
from tests.factories import make_edition
from tests.page import Page
from tests.public.test_ordering import TYPED

Opener = Callable[..., Page]


@pytest.fixture
def edition(app: Flask) -> None:
    with app.app_context():
        make_edition(front_text="Cette année, neuf personnes.")


def spoken(page: Page) -> str:
    (root,) = page.tree.iter("html")
    return root.get("lang") or ""


def preferring(header: str) -> dict[str, Any]:
    return {"headers": {"Accept-Language": header}}


def switches(page: Page) -> dict[str, Element]:
    """The links or buttons that change the language, by language."""
    (nav,) = [each for each in page.tree.iter("nav") if each.get("class") == "languages"]
    return {each.get("lang") or "": each for each in nav.iter() if each.get("lang") and each.tag != "span"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_chooses_and_a_cookie_keeps_it(client: FlaskClient, edition: None, language: str) -> None:
    answer = client.get(f"/?lang={language}", **preferring("en"))
    assert spoken(Page.of(answer)) == language
    assert answer.headers["Content-Language"] == language
    assert {"Cookie", "Accept-Language"} <= {each.strip() for each in answer.headers["Vary"].split(",")}
    cookie = answer.headers["Set-Cookie"]
    assert f"lang={language};" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert spoken(Page.open(client, "/order", **preferring("en"))) == language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("nl-BE", "nl"),
        ("nl-BE,fr;q=0.5", "nl"),
        ("de-DE,de;q=0.9,en;q=0.8", "de"),
        ("es,en-GB;q=0.3", "en"),
        ("fr-BE,nl;q=0.9", "fr"),
        ("es-ES, ja", "fr"),
        ("en;q=0, nl;q=0.1", "nl"),
        ("*", "fr"),
        (";;,q=;=", "fr"),
        ("", "fr"),
    ],
)
def test_else_the_browser_says_what_it_prefers(page: Opener, edition: None, header: str, language: str) -> None:
    assert spoken(page("/", **preferring(header))) == language


@pytest.mark.parametrize("unknown", ["xx", "", "nl-BE", "NL", "fr'\"><script>", "../../en"])
def test_a_language_that_nobody_speaks_here_is_ignored(client: FlaskClient, edition: None, unknown: str) -> None:
    answer = client.get("/", query_string={"lang": unknown}, **preferring("nl"))
    assert spoken(Page.of(answer)) == "nl"
    assert "Set-Cookie" not in answer.headers
    client.set_cookie("lang", unknown)
    assert spoken(Page.open(client, "/")) == "fr"


@pytest.mark.parametrize("url", ["/", "/order", "/find", "/privacy", "/accessibility", "/o/nothing", "/nowhere"])
def test_every_page_can_be_read_in_the_others(client: FlaskClient, edition: None, url: str) -> None:
    page = Page.of(client.get(f"{url}?page=2&a=b%26c&a=d&lang=de"), status=404 if "/no" in url else 200)
    assert {code: link.get("href") for code, link in switches(page).items()} == {
        code: f"?page=2&a=b%26c&a=d&lang={code}" for code in ("fr", "nl", "en")
    }
    assert all(link.get("hreflang") == code for code, link in switches(page).items())
    names = {code: "".join(link.itertext()) for code, link in switches(page).items()}
    assert names == {"fr": "Français", "nl": "Nederlands", "en": "English"}


def test_a_page_that_answers_to_a_form_only_leads_to_the_front_page(client: FlaskClient) -> None:
    page = Page.of(client.post("/o/nothing/cancel"), status=400)
    assert switches(page)["nl"].get("href") == "/?lang=nl"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_order_keeps_the_language_it_was_placed_in(
    app: Flask, client: FlaskClient, edition: None, language: str
) -> None:
    fields = Page.open(client, f"/order?lang={language}").fields("/order")
    assert client.post("/order", data={**fields, **TYPED, "news": "y"}).status_code == 303
    client.get("/?lang=fr")
    with app.app_context():
        order = db.session.scalars(select(Order)).one()
        assert order.language == language
        mail = db.session.scalars(select(OutgoingMail)).one()
        assert mail.language == language
        assert f'<html lang="{language}">' in mail.html


def test_an_order_sent_to_an_address_with_a_language_is_placed_in_it(
    app: Flask, client: FlaskClient, edition: None
) -> None:
    fields = Page.open(client, "/order").fields("/order")
    assert client.post("/order?lang=nl", data={**fields, **TYPED}).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Order.language)).one() == "nl"


def test_changing_the_language_after_an_error_loses_nothing(app: Flask, client: FlaskClient, edition: None) -> None:
    fields = {**Page.open(client, "/order").fields("/order"), **TYPED, "postcode": "bad"}
    refused = Page.of(client.post("/order", data=fields), status=422)
    button = switches(refused)["nl"]
    assert (button.tag, button.get("form")) == ("button", refused.forms("/order")[0].get("id"))
    sent = {**refused.fields("/order"), button.get("name", ""): button.get("value", "")}
    switched = Page.of(client.post(f"/order{button.get('formaction')}", data=sent))
    assert spoken(switched) == "nl"
    given_back = switched.fields("/order")
    assert {name: given_back[name] for name in TYPED} == {**TYPED, "postcode": "bad"}
    assert given_back["submission"] == fields["submission"]
    assert [each for each in switched.tree.iter("input") if each.get("aria-invalid")]
    with app.app_context():
        assert db.session.scalars(select(Order)).all() == []
    switched_back = client.post("/order?lang=fr", data={**given_back, "postcode": "5590"})
    assert switched_back.status_code == 303


def test_a_form_in_another_language_is_not_an_order(app: Flask, client: FlaskClient, edition: None) -> None:
    sent = {**Page.open(client, "/order").fields("/order"), **TYPED, "language_switch": "checked"}
    assert Page.of(client.post("/order?lang=de", data=sent)).fields("/order")["street"] == "Rue de la Senne"
    with app.app_context():
        assert db.session.scalars(select(Order)).all() == []


def test_find_keeps_what_was_typed_too(client: FlaskClient) -> None:
    fields = {**Page.open(client, "/find").fields("/find"), "email": "marie@"}
    refused = Page.of(client.post("/find", data=fields), status=422)
    button = switches(refused)["en"]
    sent = {**refused.fields("/find"), button.get("name", ""): button.get("value", "")}
    switched = Page.of(client.post(f"/find{button.get('formaction')}", data=sent))
    assert (spoken(switched), switched.fields("/find")["email"]) == ("en", "marie@")


def test_links_are_mailed_in_the_language_of_the_page(app: Flask, client: FlaskClient, edition: None) -> None:
    fields = {**Page.open(client, "/order?lang=nl").fields("/order"), **TYPED}
    client.post("/order", data=fields)
    fields = {**Page.open(client, "/find?lang=de").fields("/find"), "email": TYPED["email"]}
    client.post("/find", data=fields)
    with app.app_context():
        mails = db.session.scalars(select(OutgoingMail.language).order_by(OutgoingMail.id)).all()
    assert mails == ["nl", "de"]


def test_a_title_is_in_the_language_of_the_page(page: Opener, edition: None) -> None:
    for url in ("/?lang=de", "/order?lang=de"):
        german = page(url)
        assert "Handbuch" in german.words()
        assert "Manuel" not in german.text


def test_a_title_that_is_only_in_french_says_so(app: Flask, client: FlaskClient, edition: None) -> None:
    with app.app_context(), transaction():
        db.session.query(Publication).filter_by(code="MAN26").one().titles = {"fr": "Manuel <2>"}
    order = client.post("/order", data={**Page.open(client, "/order?lang=nl").fields("/order"), **TYPED}).location
    for url in ("/", "/order", order):
        page = Page.open(client, url)
        french = {"".join(each.itertext()) for each in page.tree.iter("span") if each.get("lang") == "fr"}
        assert "Manuel <2>" in french
        assert unmarked(page.tree, "Manuel <2>") == []


def test_what_an_edition_says_is_french_on_every_page(client: FlaskClient, edition: None) -> None:
    assert {"Marathon des lettres 2026", "Cette année, neuf personnes."} == marked_as_french(client, "nl")
    assert marked_as_french(client, "fr") == set()


def marked_as_french(client: FlaskClient, language: str) -> set[str]:
    main = next(Page.open(client, f"/?lang={language}").tree.iter("main"))
    return {"".join(each.itertext()) for each in main.iter() if each.get("lang") == "fr"}


def unmarked(element: Element, words: str) -> list[str]:
    """The tags that hold these words outside anything marked as French."""
    if element.get("lang") == "fr" and element.tag != "html":
        return []
    here = [element.tag] if words in (element.text or "") else []
    for child in element:
        here += unmarked(child, words)
        if words in (child.tail or ""):
            here.append(element.tag)
    return here


def test_days_and_numbers_are_written_as_their_language_does(client: FlaskClient, edition: None) -> None:
    written = {language: Page.open(client, f"/?lang={language}").words() for language in LANGUAGES}
    assert "31 décembre 2090" in written["fr"]
    assert "31 december 2090" in written["nl"]
    assert "31. Dezember 2090" in written["de"]
    assert "31 December 2090" in written["en"]
    prices = {
        language: client.get(f"/order/postage?copies-MAN26=40&lang={language}").get_json() for language in LANGUAGES
    }
    said = {language: " ".join(answer["sentences"]) for language, answer in prices.items()}
    assert "3,0 kg" in said["de"].replace("\u00a0", " ")
    assert "3.0 kg" in said["en"].replace("\u00a0", " ")

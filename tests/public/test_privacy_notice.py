"""What the privacy notice says of cookies and questions is so."""

from http.cookies import SimpleCookie

from flask import Flask
from flask.testing import FlaskClient

from orders.mail import signed_links
from tests.factories import make_edition, make_order
from tests.page import Page

ASKED = {
    *("audience", "organisation", "name", "department", "building", "street", "number", "box", "postcode", "town"),
    *("country", "email", "phone", "delivery", "when_short", "needed_by", "gathering_on", "people", "message", "news"),
    *("remember", "list_event"),
    *("billing_name", "billing_address", "purchase_order"),  # for the invoice of a parcel
}
FOR_ROBOTS = "website"
CLASS_HELPER = {"age", "classes", "pupils", "sentence"}  # read to fill in other fields: nothing of it is kept


def cookies(client: FlaskClient, *urls: str) -> dict[str, str]:
    """By name, how long each cookie lives that these pages set: its Max-Age, nothing until the browser closes."""
    found = SimpleCookie()
    for url in urls:
        for header in client.get(url).headers.getlist("Set-Cookie"):
            found.load(header)
    return {name: each["max-age"] for name, each in found.items()}


def test_a_visitor_has_two_cookies_and_no_more(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition()
        order = make_order()
        mine = f"/o/{signed_links.token(order.reference, order.link_nonce)}"
    pages = ("/", "/order", "/find", "/privacy", mine, f"{mine}/change", "/read/MAN26", "/receive/MAN26")
    kept = cookies(client, *pages)
    assert list(kept.values()) == [""], kept
    [language] = set(cookies(client, "/?lang=nl").items()) - set(kept.items())
    assert language[1] == str(365 * 24 * 60 * 60)


def test_the_form_asks_for_nothing_else_than_the_notice_says(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition()
    page = Page.open(client, "/order")
    fields = {
        field.get("name") or ""
        for form in page.tree.iter("form")
        if (form.get("action") or "").startswith("/order")
        for kind in ("input", "select", "textarea")
        for field in form.iter(kind)
        if field.get("type") != "hidden"
    }
    assert {name for name in fields if name and not name.startswith("copies-")} - ASKED - CLASS_HELPER == {FOR_ROBOTS}

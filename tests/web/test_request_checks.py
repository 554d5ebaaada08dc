"""What every request meets: bodies that are no form are refused everywhere, and `HEAD` answers as `GET`."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.database import db
from orders.mail import signed_links
from orders.mail.models import OutgoingMail
from orders.staff.models import StaffRole
from tests.factories import make_dispatch, make_edition, make_order
from tests.page import Page

FORM = "application/x-www-form-urlencoded"
NO_FORMS = [
    ("application/json", b'{"email": 1}'),
    ("application/json", b"[1, [2]]"),
    ("application/json; charset=utf-16", b"{"),
    ("application/vnd.api+json", b"{}"),
    ("text/plain", b"name=Marie"),
    ("application/xml", b"<a/>"),
    ("application/octet-stream", b"\0\xff"),
    ("nonsense", b"x"),
    ("", b"name=Marie"),
    ("multipart/form-data", b"no boundary"),
]
PART = b"--x\r\nContent-Disposition: form-data%s\r\n\r\n%s\r\n--x--\r\n"
ODD_FORMS = [
    (FORM, b"%ff=%fe&%00=%00&=&&==&;"),
    (FORM, b"copies-MAN26=&copies-MAN26=1e9&copies=-99999999999999999999&page=%F0%9F%98%80"),
    (FORM + "; charset=utf-16", b"a=b"),
    (FORM, b"&".join(b"a%d=1" % number for number in range(1_100))),
    ("multipart/form-data; boundary=x", b"nothing of the kind"),
    ("multipart/form-data; boundary=x", PART % (b'; name="copies"; filename="f"', b"\0")),
    ("multipart/form-data; boundary=x", PART % (b"", b"a part without a name")),
    ("multipart/form-data; boundary=x", PART % (b'; filename="f"', b"a file without a name")),
    ("multipart/form-data; boundary=x", PART % (b'; name="file"', b"no file")),
    ("multipart/form-data; boundary=x", PART % (b'; name="\xff"', b"\xff")),
]


Addresses = Callable[[str], list[str]]


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """A test that goes everywhere changes everything."""
    return own_app


@pytest.fixture
def addresses(app: Flask) -> Addresses:
    """Every address of the application that knows a method: of things that exist, where a page shows one."""
    with app.app_context():
        make_edition()
        dispatch = make_dispatch(make_order())
        order = make_order()
        named = {
            "token": signed_links.token(order.reference, order.link_nonce),
            "reference": order.reference,
            "code": "MAN26",
            "year": "2026",
            "dispatch_id": str(dispatch.id),
            "mail_id": str(db.session.scalars(select(OutgoingMail.id).limit(1)).one()),
            "ending": "csv",
            "by": "days",
        }

    def of(method: str) -> list[str]:
        rules = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]
        return [re.sub(r"<(?:\w+:)?(\w+)>", lambda found: named.get(found[1], "1"), rule.rule) for rule in rules]

    return of


@pytest.fixture
def administrator(app: Flask, office: Callable[[StaffRole], FlaskClient]) -> FlaskClient:
    return office(StaffRole.ADMINISTRATOR)


@pytest.mark.slow
def test_a_body_that_is_no_form_is_refused_everywhere_in_every_method(
    addresses: Addresses, administrator: FlaskClient
) -> None:
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        for address in [*addresses(method), "/nowhere"]:
            for content_type, body in NO_FORMS:
                answer = administrator.open(address, method=method, data=body, content_type=content_type)
                expected = 400 if content_type.startswith("multipart") else 415
                assert answer.status_code == expected, (method, address, content_type)


@pytest.mark.slow
def test_a_form_with_nonsense_in_it_is_no_error_of_ours(addresses: Addresses, administrator: FlaskClient) -> None:
    token = Page.open(administrator, "/office/").fields("/staff/logout")["csrf_token"]
    for address in set(addresses("POST")) - {"/staff/logout"}:
        for content_type, body in ODD_FORMS:
            answer = administrator.post(address, data=body, content_type=content_type, headers={"X-CSRFToken": token})
            assert answer.status_code < 500, (address, content_type, body)


def test_a_refused_body_is_said_in_the_house_s_own_words(client: FlaskClient) -> None:
    page = Page.of(client.post("/order", json={"name": "Marie"}), status=415)
    assert "que nous ne comprenons pas" in page.words()


@pytest.mark.parametrize(
    "url", ["/", "/order", "/find", "/staff/login", "/office/", "/healthz", "/nowhere", "/order/postage"]
)
def test_head_answers_as_get_does_without_the_page(client: FlaskClient, app: Flask, url: str) -> None:
    head, get = client.head(url), client.get(url)
    assert (head.status_code, head.data) == (get.status_code, b"")
    assert head.headers.get("Content-Length") == get.headers.get("Content-Length")
    assert head.headers.get("Location") == get.headers.get("Location")


def test_head_answers_as_get_does_on_every_page(addresses: Addresses, administrator: FlaskClient) -> None:
    for address in addresses("GET"):
        statuses = [administrator.open(address, method=method).status_code for method in ("HEAD", "GET")]
        assert statuses[0] == statuses[1], address


def test_a_body_without_a_length_is_one_all_the_same(app: Flask) -> None:
    answer: Any = app.test_client().open(
        "/order",
        method="POST",
        input_stream=BytesIO(b"{}"),
        headers={"Transfer-Encoding": "chunked", "Content-Type": "application/json"},
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert answer.status_code == 415

"""Responses are compressed, except those in which compression could reveal a secret."""

import gzip
import re
from collections.abc import Callable
from contextlib import closing

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from orders.mail import signed_links
from orders.staff.models import StaffRole
from tests.factories import make_edition, make_order

FIRST_VISIT = 45_000  # bytes
BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}


@pytest.fixture(autouse=True)
def _edition(app: Flask) -> None:
    with app.app_context():
        make_edition()


def get(client: FlaskClient, url: str, accepted: str = BROWSER["Accept-Encoding"], **headers: str) -> TestResponse:
    """The answer, read to its end."""
    with closing(client.get(url, headers={"Accept-Encoding": accepted, **headers}, buffered=True)) as answer:
        return answer


def test_the_first_visit_of_the_form_is_small(client: FlaskClient) -> None:
    page = client.get("/order")
    linked = re.findall(r'(?:href|src)="(/[^"]+\?v=[^"]+)"', page.get_data(as_text=True))
    assert len(set(linked)) >= 6
    sizes = {url: len(get(client, url).get_data()) for url in {"/order", *linked}}
    assert sum(sizes.values()) <= FIRST_VISIT, sizes


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0.5, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("identity", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("url", ["/static/pli.css", "/static/bootstrap.css", "/privacy"])
def test_a_browser_gets_the_best_that_it_reads(
    client: FlaskClient, url: str, accepted: str, coding: str | None
) -> None:
    unpack: dict[str | None, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
    plain, answer = get(client, url, accepted="identity"), get(client, url, accepted)
    assert answer.headers.get("Content-Encoding") == coding
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert unpack[coding](answer.get_data()) == plain.get_data()
    assert int(answer.headers["Content-Length"]) == len(answer.get_data())


def test_a_browser_that_has_a_file_is_told_so(client: FlaskClient) -> None:
    etag = get(client, "/static/pli.css").headers["ETag"]
    again = get(client, "/static/pli.css", **{"If-None-Match": etag})
    assert (again.status_code, again.get_data()) == (304, b"")


def test_a_piece_of_a_file_is_a_piece_of_the_file_itself(client: FlaskClient) -> None:
    piece = get(client, "/static/pli.css", Range="bytes=0-9")
    assert (piece.status_code, len(piece.get_data()), "Content-Encoding" in piece.headers) == (206, 10, False)


def test_pages_that_repeat_what_somebody_else_may_choose_are_not_compressed(
    app: Flask, client: FlaskClient, office: Callable[[StaffRole], FlaskClient]
) -> None:
    with app.app_context():
        order = make_order()
        own = f"/o/{signed_links.token(order.reference, order.link_nonce)}"
    answers = [
        get(client, "/order?name=Marie"),
        client.post("/order", headers=BROWSER),
        get(client, own),
        get(office(StaffRole.OFFICE), "/office/"),
    ]
    assert [(each.status_code, each.headers.get("Content-Encoding")) for each in answers] == [
        (200, None),
        (422, None),
        (200, None),
        (200, None),
    ]


def test_a_head_says_what_a_get_would(client: FlaskClient) -> None:
    head = client.head("/static/pli.css", headers=BROWSER)
    assert (head.status_code, head.get_data(), head.headers["Content-Encoding"]) == (200, b"", "br")

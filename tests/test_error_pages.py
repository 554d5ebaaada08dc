"""What a bug or a database that is away looks like."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from orders.database import db
from orders.errors import Refused
from tests.conftest import make_app
from tests.factories import make_edition
from tests.page import Page

NOWHERE = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"


@pytest.fixture
def live(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application that answers a bug as it does in earnest."""
    app = make_app(database_url, tmp_path, TESTING=False)
    yield app
    with app.app_context():
        db.engine.dispose()


def test_a_bug_is_our_fault_has_a_number_and_tells_nobodys_secrets(
    live: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> str:
        raise ValueError("marie@example.org")

    live.add_url_rule("/broken", "broken", broken)
    with caplog.at_level(logging.ERROR):
        page = Page.of(live.test_client().get("/broken?email=marie@example.org"), status=500)
    assert "rien n’a été enregistré" in page.words()
    (said,) = [record.getMessage() for record in caplog.records if "incident" in record.getMessage()]
    incident = said.split()[1].rstrip(":")
    assert incident in page.words()
    assert "ValueError" in said
    assert "marie" not in said + page.text


def test_a_refusal_that_nobody_foresaw_is_still_no_bug(live: Flask) -> None:
    def refusing() -> str:
        raise Refused

    live.add_url_rule("/refusing", "refusing", refusing)
    Page.of(live.test_client().get("/refusing"), status=409)


def test_while_the_database_is_away_pages_say_so_and_the_server_is_alive(tmp_path: Path) -> None:
    client = make_app(NOWHERE, tmp_path, TESTING=False).test_client()
    Page.of(client.get("/"), status=503)
    Page.of(client.post("/order", data={"name": "Marie"}), status=503)
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503


def test_somebody_signed_in_hears_it_too(tmp_path: Path) -> None:
    client = make_app(NOWHERE, tmp_path, TESTING=False).test_client()
    with client.session_transaction() as session:
        session.update(_user_id="somebody", _fresh=True, fs_cc="set")
    answer = client.get("/office/")
    assert answer.status_code == 503
    assert "Le service ne répond pas" in answer.get_data(as_text=True)


def test_nul_bytes_are_refused_wherever_they_stand(live: Flask) -> None:
    with live.app_context():
        make_edition()
    client = live.test_client()
    for url in ("/o/a%00b", "/?lang=%00", "/office/ordering/?q=%00", "/staff/login?next=%00"):
        assert client.get(url).status_code in (302, 400), url
    assert client.post("/staff/login", data={"email": "a\0b"}).status_code == 400

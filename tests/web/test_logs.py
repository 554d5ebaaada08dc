"""Logs: a JSON line for each thing that happens, with the request's number and nothing of anybody."""

import json
import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from gunicorn.config import Config
from sqlalchemy import text

from orders.commands.web_server import Logger
from orders.database import db
from orders.mail import signed_links
from orders.web import logs
from tests.conftest import make_app
from tests.factories import make_edition, make_order

PROXY_ID = "5f1c8a7e-66c0-4c8d-9a4e-000000000001"


@pytest.fixture
def live(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application that logs JSON and answers errors as it does in earnest."""
    app = make_app(database_url, tmp_path, TESTING=False, LOG_FORMAT="json")
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def line() -> logging.Formatter:
    return logs.formatter("json")


def record(message: str, *about: object, error: bool = False) -> logging.LogRecord:
    return logging.LogRecord("some.library", logging.WARNING, "", 1, message, about, sys.exc_info() if error else None)


def test_each_request_is_one_json_line_with_its_number(live: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    answer = live.test_client().get("/privacy?lang=nl", headers={"X-Request-ID": PROXY_ID})
    (said,) = map(json.loads, capsys.readouterr().err.splitlines())
    assert answer.headers["X-Request-ID"] == said["request_id"] == PROXY_ID
    assert (said["method"], said["route"], said["status"], said["level"]) == ("GET", "/privacy", 200, "info")
    assert said["ms"] > 0


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "zoe@example.org", "é", "-a", "<script>", 'a"b', "a,b"])
def test_a_number_that_is_none_is_replaced(live: Flask, given: str) -> None:
    answers = [live.test_client().get("/healthz", headers={"X-Request-ID": given}) for _ in range(2)]
    first, second = [answer.headers["X-Request-ID"] for answer in answers]
    assert re.fullmatch("[0-9a-f]{32}", first)
    assert first != second


def test_health_checks_and_static_files_are_not_logged(live: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    live.test_client().get("/healthz")
    live.test_client().get("/static/pli.css").close()
    assert capsys.readouterr().err == ""


def test_nothing_of_anybody_stands_in_the_log(live: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> str:
        db.session.execute(text("SELECT :name FROM nowhere"), {"name": "Zoé Peeters"})
        raise AssertionError("unreachable")

    live.add_url_rule("/broken/<name>", "broken", broken)
    with live.app_context():
        make_edition()
        order = make_order()
        link = f"/o/{signed_links.token(order.reference, order.link_nonce)}"
    client = live.test_client()
    client.get(link)
    client.get("/Zoé-Peeters?email=zoe@example.org")
    client.get("/office/ordering/?q=Peeters")
    client.get("/broken/Peeters?email=zoe@example.org")
    client.post("/staff/login", data={"email": "zoe@example.org", "password": "Zoé Peeters 1990"})
    said = capsys.readouterr().err
    assert [json.loads(each)["message"].split()[0] for each in said.splitlines()].count("request") == 5
    for private in ("Zo", "Peeters", "zoe", "example.org", link.removeprefix("/o/"), "127.0.0.1"):
        assert private not in said


def test_an_exception_is_told_by_its_kind_and_place_and_never_by_its_text(line: logging.Formatter) -> None:
    try:
        raise ValueError("zoe@example.org")
    except ValueError:
        said = json.loads(line.format(record("could not do it", error=True)))
    assert said["error"] == "ValueError"
    assert "test_logs.py" in said["at"]
    assert "zoe" not in str(said)


@pytest.mark.parametrize(
    ("message", "cut"),
    [
        ("Error handling request GET /o/abc.def/change?name=Zoé", "Error handling request GET /o/…/change?…"),
        ("550 <zoe.peeters@example.org>: no such user", "550 <…@…>: no such user"),
        ("limit exceeded (192.0.2.17)", "limit exceeded (…)"),
        ("from 2001:db8::17, port 1", "from …, port 1"),
        ("postgresql://pli:secret@db/pli is away", "postgresql://…@… is away"),
        ("at 10:43:36 three of 12 were sent", "at 10:43:36 three of 12 were sent"),
    ],
)
def test_what_libraries_say_of_somebody_is_cut_out(line: logging.Formatter, message: str, cut: str) -> None:
    assert json.loads(line.format(record("%s", message)))["message"] == cut


def test_text_is_one_line_too(live: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    said = logs.formatter("text").format(record("two\nlines of zoe@example.org"))
    assert said.count("\n") == 0
    assert "warning some.library: two lines of …@…" in said


def test_the_web_server_speaks_the_same_way(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLI_LOG_FORMAT", "json")
    logger = Logger(Config())
    logger.warning("Invalid request from ip=192.0.2.17: Invalid HTTP Header: 'zoe'")
    logger.error("Error handling request %s", "/order?name=Zoé")
    said = [json.loads(each)["message"] for each in capsys.readouterr().err.splitlines()]
    assert said == ["a request that is no HTTP was refused", "Error handling request /order?…"]

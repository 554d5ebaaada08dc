"""How soon after loading the form an order may come: robots are quick, people are not, and nobody loses anything."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from orders.database import db
from tests.conftest import make_app
from tests.factories import make_edition
from tests.page import Page
from tests.public.test_ordering import TYPED, rows

LOADED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def strict(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application with the three seconds that it has by default."""
    app = make_app(database_url, tmp_path, FORM_MINIMUM_SECONDS=3)
    with app.app_context():
        make_edition()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def filled(strict: Flask) -> dict[str, str]:
    """A form that was loaded at `LOADED`, filled in."""
    with time_machine.travel(LOADED, tick=False):
        return {**Page.open(strict.test_client(), "/order").fields("/order"), **TYPED}


def sent(app: Flask, fields: dict[str, str], after: timedelta) -> tuple[int, FlaskClient, Page | None]:
    client = app.test_client()
    with time_machine.travel(LOADED, tick=False):
        fields = {**fields, "csrf_token": Page.open(client, "/order").fields("/order")["csrf_token"]}
    with time_machine.travel(LOADED + after, tick=False):
        answer = client.post("/order", data=fields)
        page = Page.of(answer, status=422) if answer.status_code == 422 else None
    return answer.status_code, client, page


@pytest.mark.parametrize("seconds", [-5, 0, 1, 2.9])
def test_a_form_that_comes_too_soon_comes_back_with_everything_typed(
    strict: Flask, filled: dict[str, str], seconds: float
) -> None:
    status, _, page = sent(strict, filled, timedelta(seconds=seconds))
    assert status == 422
    assert page is not None
    assert "Rien n’est perdu" in page.words()
    back = page.fields("/order")
    assert {name: back[name].replace("\r\n", "\n") for name in TYPED} == TYPED
    assert back["opened"] == filled["opened"], "who corrects a form does not wait again"
    assert rows(strict) == (0, 0, 0)
    assert sent(strict, back, timedelta(seconds=3))[0] == 303


@pytest.mark.parametrize("after", [timedelta(seconds=3), timedelta(minutes=10), timedelta(days=1), timedelta(days=7)])
def test_soon_enough_and_any_time_later_it_is_an_order(strict: Flask, filled: dict[str, str], after: timedelta) -> None:
    assert sent(strict, filled, after)[0] == 303
    assert rows(strict)[0] == 1


@pytest.mark.parametrize("forged", [None, "", "0", "1700000000000", "1700000000000.c2ln", "é", "a\0b", "x" * 10_000])
def test_a_missing_or_forged_moment_brings_the_form_back_with_a_good_one(
    strict: Flask, filled: dict[str, str], forged: str | None
) -> None:
    fields = {name: value for name, value in filled.items() if name != "opened"}
    status, _, page = sent(strict, fields if forged is None else {**fields, "opened": forged}, timedelta(hours=1))
    assert status == 422
    assert page is not None
    back = page.fields("/order")
    assert {name: back[name].replace("\r\n", "\n") for name in TYPED} == TYPED
    assert rows(strict) == (0, 0, 0)
    assert sent(strict, back, timedelta(hours=1, seconds=3))[0] == 303


def test_a_session_that_is_over_brings_the_form_back_filled_in(strict: Flask, filled: dict[str, str]) -> None:
    status, client, page = sent(strict, filled, timedelta(days=40))
    assert status == 422
    assert page is not None
    back = page.fields("/order")
    assert {name: back[name].replace("\r\n", "\n") for name in TYPED} == TYPED
    with time_machine.travel(LOADED + timedelta(days=40, seconds=1), tick=False):
        assert client.post("/order", data=back).status_code == 303


def test_the_buttons_that_send_nothing_need_no_patience(strict: Flask, filled: dict[str, str]) -> None:
    for pressed in ({"propose": "1", "people": "30"}, {"use": "town:Ciney"}):
        assert sent(strict, {**filled, **pressed}, timedelta())[0] == 200


def test_a_secret_that_was_changed_brings_the_form_back_filled_in(
    strict: Flask, filled: dict[str, str], database_url: str, tmp_path: Path
) -> None:
    later = make_app(database_url, tmp_path, FORM_MINIMUM_SECONDS=3, SECRET_KEY="another key, as long as the other")
    client = later.test_client()
    page = Page.of(client.post("/order", data=filled), status=422)
    said = [each for each in page.tree.iter("li") if "ouverte depuis trop longtemps" in "".join(each.itertext())]
    assert len(said) == 1, "one reason, said once"
    back = page.fields("/order")
    assert {name: back[name].replace("\r\n", "\n") for name in TYPED} == TYPED
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=3), tick=False):
        assert client.post("/order", data=back).status_code == 303
    with later.app_context():
        db.session.remove()
        db.engine.dispose()

"""The untouched form is rendered once for a moment; what belongs to one reader is each reader's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from orders.database import db
from orders.public.ordering import untouched_form
from tests.conftest import make_app
from tests.factories import make_edition
from tests.page import Page
from tests.public.test_ordering import TYPED, rows

OWN = ("csrf_token", "submission", "opened")


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application that keeps the untouched form for a minute."""
    app = make_app(database_url, tmp_path, FORM_KEPT_SECONDS=60)
    with app.app_context():
        make_edition()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def own_values(page: Page) -> dict[str, str]:
    fields = page.fields("/order")
    return {name: fields[name] for name in OWN}


def test_each_reader_gets_keys_of_their_own_in_the_same_page(app: Flask) -> None:
    first, second = (Page.open(app.test_client(), "/order") for _ in range(2))
    here, there = own_values(first), own_values(second)
    assert [name for name in OWN if here[name] == there[name]] == []
    for name in OWN:
        assert here[name] not in second.text
    assert first.words() == second.words()


def test_a_kept_page_asks_the_database_nothing(app: Flask) -> None:
    Page.open(app.test_client(), "/order")
    asked: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *found: asked.append(found[2]))
    Page.open(app.test_client(), "/order")
    assert asked == []


def test_everybody_can_order_with_the_kept_page(app: Flask) -> None:
    for name in ("marie", "paul"):
        client = app.test_client()
        other = {"email": f"{name}@example.org", "organisation": f"Club {name}", "street": f"Rue {name}"}
        fields = {**Page.open(client, "/order").fields("/order"), **TYPED, **other}
        assert client.post("/order", data=fields).status_code == 303
    assert rows(app)[0] == 2


def test_each_language_has_a_page_of_its_own(app: Flask) -> None:
    Page.open(app.test_client(), "/order")
    dutch = app.test_client().get("/order", headers={"Accept-Language": "nl"}).get_data(as_text=True)
    french = app.test_client().get("/order", headers={"Accept-Language": "fr"}).get_data(as_text=True)
    assert '<html lang="nl">' in dutch
    assert '<html lang="fr">' in french


def test_starting_values_of_an_address_are_not_kept_for_others(app: Flask) -> None:
    assert "Zoé Visible" in app.test_client().get("/order?name=Zoé+Visible").get_data(as_text=True)
    assert "Zoé Visible" not in app.test_client().get("/order").get_data(as_text=True)


def test_what_one_reader_is_told_reaches_nobody_else(app: Flask) -> None:
    told = app.test_client()
    for _ in range(2):
        with told.session_transaction() as session:
            session["_flashes"] = [("done", "Seulement pour vous.")]
        assert "Seulement pour vous." in told.get("/order").get_data(as_text=True)
    for client in (told, app.test_client()):
        assert "Seulement pour vous." not in client.get("/order").get_data(as_text=True)


def test_a_page_is_rendered_anew_after_its_time(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = app.test_client()
    moments = iter([100.0, 159.9, 160.1, 160.1])
    monkeypatch.setattr(untouched_form, "monotonic", lambda: next(moments))
    client.get("/order")
    with app.app_context():
        db.session.execute(db.text("UPDATE edition SET opens_on = '2200-01-01', closes_on = '2200-12-31'"))
        db.session.commit()
    assert 'action="/order"' in client.get("/order").get_data(as_text=True)
    assert 'action="/order"' not in client.get("/order").get_data(as_text=True)


def test_a_head_says_what_a_get_would(app: Flask) -> None:
    assert app.test_client().head("/order").status_code == 200

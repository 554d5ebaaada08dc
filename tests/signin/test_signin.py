"""Signing in and out, and accounts that end."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.clock import now
from orders.database import db, transact
from orders.staff import accounts
from orders.staff.journal import Actor
from orders.staff.models import AccountExists, StaffRole, UnusableEmail, first_moment_after
from orders.staff.passwords import UnusablePassword
from tests.factories import BY, NOW, make_member
from tests.page import Page

PASSWORD = "correct horse battery"


@pytest.fixture
def member(app: Flask) -> str:
    """The e-mail of somebody from the office with a password."""
    with app.app_context():
        add("marie@example.org", StaffRole.OFFICE)
    return "marie@example.org"


def add(email: str, role: StaffRole, **more: object) -> None:
    transact(accounts.add_member, email, role, PASSWORD, at=NOW, by=Actor("command"), **more)  # type: ignore[arg-type]


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD) -> Page | str:
    """Fill in the form; gives the address it leads to, or the page that refuses."""
    fields = Page.open(client, "/staff/login").fields("/staff/login")
    response = client.post("/staff/login", data={**fields, "email": email, "password": password})
    return response.location if response.status_code == 302 else Page.of(response)


def test_who_signs_in_comes_to_the_office(client: FlaskClient, member: str) -> None:
    assert sign_in(client, member) == "/office/"
    assert client.get("/office/").status_code == 200


def test_a_stranger_is_sent_to_sign_in_and_back(client: FlaskClient, member: str) -> None:
    asked = client.get("/office/shipping/")
    assert asked.status_code == 302
    assert asked.location.startswith("/staff/login?next=")
    page = Page.open(client, asked.location)
    fields = page.fields("/staff/login")
    done = client.post(asked.location, data={**fields, "email": member, "password": PASSWORD})
    assert done.location.endswith("/office/shipping/")


@pytest.mark.parametrize("hostile", ["https://evil.example/", "//evil.example/", "/\\evil.example/"])
def test_signing_in_leads_to_no_other_site(client: FlaskClient, member: str, hostile: str) -> None:
    fields = Page.open(client, "/staff/login").fields("/staff/login")
    done = client.post("/staff/login", data={**fields, "email": member, "password": PASSWORD, "next": hostile})
    assert re.match(r"/[^/\\]", done.headers.get("Location", "/office/"))


@pytest.mark.parametrize(("email", "password"), [("marie@example.org", "wrong"), ("nobody@example.org", PASSWORD)])
def test_a_wrong_password_and_an_unknown_account_look_the_same(
    client: FlaskClient, member: str, email: str, password: str
) -> None:
    page = sign_in(client, email, password)
    assert isinstance(page, Page)
    assert client.get("/office/").status_code == 302


@pytest.mark.parametrize("email", ["marie\0@example.org", "x" * 5000 + "@example.org", "é" * 40])
def test_odd_input_at_the_door_is_no_error_of_ours(client: FlaskClient, member: str, email: str) -> None:
    fields = Page.open(client, "/staff/login").fields("/staff/login")
    done = client.post("/staff/login", data={**fields, "email": email, "password": "x\0"})
    assert done.status_code in (200, 400, 422)


def test_signing_out_ends_the_session_at_the_server(app: Flask, client: FlaskClient, member: str) -> None:
    sign_in(client, member)
    page = Page.open(client, "/office/")
    stolen = client.get_cookie("session")
    assert stolen is not None
    done = client.post("/staff/logout", data=page.fields("/staff/logout"))
    assert done.status_code == 302
    thief = app.test_client()
    thief.set_cookie("session", stolen.value)
    assert thief.get("/office/").status_code == 302


def test_signing_out_needs_a_token_and_no_link_does_it(client: FlaskClient, member: str) -> None:
    sign_in(client, member)
    assert client.get("/staff/logout").status_code == 405
    assert client.post("/staff/logout").status_code == 400
    assert client.get("/office/").status_code == 200


def test_a_one_time_password_must_be_changed_before_anything_else(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        add("new@example.org", StaffRole.ADMINISTRATOR, must_change_password=True)
    sign_in(client, "new@example.org")
    assert client.get("/office/stock/").location == "/staff/change"
    fields = Page.open(client, "/staff/change").fields("/staff/change")
    mine = {"password": PASSWORD, "new_password": "my own one, long", "new_password_confirm": "my own one, long"}
    assert client.post("/staff/change", data={**fields, **mine}).location == "/office/"
    assert client.get("/office/").status_code == 200
    again = app.test_client()
    assert sign_in(again, "new@example.org", "my own one, long") == "/office/"
    assert again.get("/office/").status_code == 200


def test_an_account_that_has_ended_opens_nothing_even_with_a_session_from_before(
    app: Flask, client: FlaskClient, member: str
) -> None:
    sign_in(client, member)
    with app.app_context():

        def end() -> None:
            found = accounts.find_member(member)
            assert found is not None
            found.ends_at = now() - timedelta(seconds=1)

        transact(end)
    assert client.get("/office/").status_code == 302
    assert isinstance(sign_in(app.test_client(), member), Page)


def test_an_account_works_until_its_last_day_is_over_in_brussels() -> None:
    assert first_moment_after(date(2026, 11, 20)).isoformat() == "2026-11-20T23:00:00+00:00"
    assert first_moment_after(date(2026, 7, 20)).isoformat() == "2026-07-20T22:00:00+00:00"


def test_accounts_that_cannot_be_are_refused(app_context: Flask) -> None:
    add("marie@example.org", StaffRole.OFFICE)
    with pytest.raises(AccountExists):
        add("Marie@Example.org", StaffRole.OFFICE)
    with pytest.raises(UnusableEmail):
        add("marie", StaffRole.OFFICE)
    with pytest.raises(UnusablePassword):
        transact(accounts.add_member, "paul@example.org", StaffRole.OFFICE, "short", at=NOW, by=BY)


def test_each_role_contains_the_ones_before_it() -> None:
    assert StaffRole.ADMINISTRATOR.includes(StaffRole.VOLUNTEER)
    assert StaffRole.OFFICE.includes(StaffRole.OFFICE)
    assert not StaffRole.OFFICE.includes(StaffRole.COORDINATOR)


def test_an_account_that_was_switched_off_opens_nothing(app: Flask, member: str, client: FlaskClient) -> None:
    sign_in(client, member)
    with app.app_context():
        make_member()

        def switch_off() -> None:
            found = accounts.find_member(member)
            assert found is not None
            found.active = False

        transact(switch_off)
        db.session.remove()
    assert client.get("/office/").status_code == 302


def test_no_link_signs_anybody_out(app: Flask, office: Callable[[StaffRole], FlaskClient]) -> None:
    """Somebody else's page may lead to any of ours; signing out takes a press."""
    client = office(StaffRole.OFFICE)
    pages = {
        re.sub("<.*>", "x", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("security.") and "GET" in (rule.methods or ())
    }
    assert "/staff/tf-validate" in pages
    for page in pages:
        client.get(page)
        assert client.get("/office/").status_code == 200, page

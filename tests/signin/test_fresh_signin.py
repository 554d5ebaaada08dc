"""Dangerous pages ask for the password again when the sign-in was a while ago."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from orders.staff.models import StaffRole
from orders.web.fresh_signin import FRESH
from tests.factories import NOW
from tests.page import Page
from tests.signin.test_signin import PASSWORD, add, sign_in

ADD = "/office/staff/add"
A_WHILE = FRESH + timedelta(seconds=1)
NEW = {"email": "lea@example.org", "role": "volunteer", "until": ""}


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def client(app: Flask, clock: time_machine.Traveller) -> FlaskClient:
    """An administrator's browser, signed in a moment ago."""
    with app.app_context():
        add("marie@example.org", StaffRole.ADMINISTRATOR)
    client = app.test_client()
    sign_in(client, "marie@example.org")
    return client


def verify(client: FlaskClient, url: str, password: str = PASSWORD, **more: str) -> Page | str:
    """Type the password again; gives the address it leads to, or the page that refuses."""
    fields = Page.open(client, url).fields("/staff/verify")
    answer = client.post("/staff/verify", data={**fields, "password": password, **more})
    return answer.location if answer.status_code == 302 else Page.of(answer)


def test_a_sign_in_of_a_moment_ago_is_enough(client: FlaskClient, clock: time_machine.Traveller) -> None:
    clock.shift(FRESH - timedelta(seconds=1))
    assert client.get(ADD).status_code == 200


def test_later_the_password_is_asked_for_and_the_page_opens_then(
    client: FlaskClient, clock: time_machine.Traveller
) -> None:
    clock.shift(A_WHILE)
    asked = client.get(f"{ADD}?a=1")
    assert (asked.status_code, asked.location) == (302, "/staff/verify?next=/office/staff/add?a%3D1")
    refused = verify(client, asked.location, "not this one, no")
    assert isinstance(refused, Page)
    assert client.get(ADD).status_code == 302
    assert verify(client, asked.location) == "/office/staff/add?a=1"
    assert "C’est bien vous" in Page.open(client, ADD).words()


def test_other_pages_go_on_as_before(client: FlaskClient, clock: time_machine.Traveller) -> None:
    clock.shift(A_WHILE)
    assert client.get("/office/").status_code == 200
    assert client.get("/office/staff/").status_code == 200


def test_a_form_opened_in_time_is_sent_and_one_left_open_changes_nothing(
    client: FlaskClient, clock: time_machine.Traveller
) -> None:
    fields = Page.open(client, ADD).fields(ADD)
    clock.shift(A_WHILE)
    referrer = {"Referer": f"http://localhost{ADD}"}
    late = client.post(ADD, data={**fields, **NEW}, headers=referrer)
    assert (late.status_code, late.location) == (302, f"/staff/verify?next={ADD}")
    assert "lea@example.org" not in Page.open(client, "/office/staff/").words()
    assert verify(client, late.location) == ADD
    clock.shift(FRESH - timedelta(seconds=1))
    fields = Page.open(client, ADD).fields(ADD)
    clock.shift(FRESH - timedelta(seconds=1))
    assert client.post(ADD, data={**fields, **NEW}).status_code == 303


@pytest.mark.parametrize("referrer", ["https://evil.example/x", "//evil.example", "nonsense", ""])
def test_the_way_back_leads_to_no_other_site(client: FlaskClient, clock: time_machine.Traveller, referrer: str) -> None:
    fields = Page.open(client, ADD).fields(ADD)
    clock.shift(A_WHILE)
    late = client.post(ADD, data={**fields, **NEW}, headers={"Referer": referrer})
    assert late.location == "/staff/verify?next=/office/"
    assert isinstance(verify(client, late.location, next="https://evil.example/"), Page)


def test_pages_that_change_accounts_are_among_them(
    app: Flask, client: FlaskClient, clock: time_machine.Traveller
) -> None:
    token = Page.open(client, "/office/").fields("/staff/logout")["csrf_token"]
    clock.shift(A_WHILE)
    for url in ("/office/staff/add", "/office/staff/1", "/office/staff/1/end", "/office/staff/1/password"):
        answer = client.post(url, data={"csrf_token": token, "role": "office"})
        assert answer.location.startswith("/staff/verify"), url


def test_a_file_of_persons_is_among_them(client: FlaskClient, clock: time_machine.Traveller) -> None:
    assert client.get("/office/ordering/news.csv").status_code == 200
    clock.shift(A_WHILE)
    assert client.get("/office/ordering/news.csv").location == "/staff/verify?next=/office/ordering/news.csv"


def test_a_stranger_cannot_ask_to_be_asked(app: Flask) -> None:
    assert app.test_client().get("/staff/verify").location.startswith("/staff/login")


def test_a_sign_in_by_a_remembered_device_is_not_fresh(
    app: Flask, clock: time_machine.Traveller, client: FlaskClient
) -> None:
    other = app.test_client()
    fields = Page.open(other, "/staff/login").fields("/staff/login")
    other.post("/staff/login", data={**fields, "email": "marie@example.org", "password": PASSWORD, "remember": "y"})
    cookie = other.get_cookie("device")
    assert cookie is not None
    again = app.test_client()
    again.set_cookie("device", cookie.value)
    assert again.get("/office/staff/").status_code == 200
    assert again.get(ADD).location.startswith("/staff/verify")

"""How long one stays signed in: sessions end by role; a remembered device signs in again with a cookie for one use."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from flask_login import encode_cookie
from sqlalchemy import select
from werkzeug.test import TestResponse

from orders.clock import now
from orders.database import db, transact
from orders.staff import accounts
from orders.staff.models import AuditEntry, StaffRole
from orders.staff.session_models import StaffSession
from tests.conftest import make_app
from tests.factories import BY, NOW
from tests.page import Page

PASSWORD = "correct horse battery"
HTTPS = "https://pli.test"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def browser(app: Flask, clock: time_machine.Traveller) -> FlaskClient:
    return app.test_client()


def open_account(app: Flask, role: StaffRole) -> str:
    with app.app_context():
        until = NOW.date() + timedelta(days=300)
        transact(accounts.add_member, f"{role.value}@example.org", role, PASSWORD, at=NOW, by=BY, until=until)
    return f"{role.value}@example.org"


def sign_in(client: FlaskClient, email: str, *, remember: bool = False, base: str | None = None) -> TestResponse:
    fields = Page.open(client, "/staff/login", base_url=base).fields("/staff/login")
    ticked = {"remember": "y"} if remember else {}
    data = {**fields, "email": email, "password": PASSWORD, **ticked}
    return client.post("/staff/login", data=data, headers={"Referer": f"{HTTPS}/staff/login"}, base_url=base)


def is_in(client: FlaskClient) -> bool:
    return client.get("/office/").status_code == 200


def device_cookie(client: FlaskClient) -> str:
    cookie = client.get_cookie("device")
    assert cookie is not None
    return cookie.value


def on_device(app: Flask, cookie: str) -> FlaskClient:
    """A browser that was closed and opened again: of its cookies only the device's is left."""
    client = app.test_client()
    client.set_cookie("device", cookie)
    return client


@pytest.mark.parametrize(("role", "idle", "longest"), [(StaffRole.VOLUNTEER, 60, 12), (StaffRole.OFFICE, 480, 720)])
def test_a_session_ends_when_nobody_comes_back_in_time(
    app: Flask, browser: FlaskClient, clock: time_machine.Traveller, role: StaffRole, idle: int, longest: int
) -> None:
    sign_in(browser, open_account(app, role))
    clock.shift(timedelta(minutes=idle - 1))
    assert is_in(browser)
    clock.shift(timedelta(minutes=idle - 1))
    assert is_in(browser)
    clock.shift(timedelta(minutes=idle))
    assert not is_in(browser)


def test_a_session_ends_some_time_after_the_sign_in_however_busy_it_is(
    app: Flask, browser: FlaskClient, clock: time_machine.Traveller
) -> None:
    sign_in(browser, open_account(app, StaffRole.VOLUNTEER))
    for _ in range(23):
        clock.shift(timedelta(minutes=30))
        assert is_in(browser)
    clock.shift(timedelta(minutes=30))
    assert not is_in(browser)


def test_both_ends_are_settings(app: Flask, browser: FlaskClient, clock: time_machine.Traveller) -> None:
    app.config["SESSION_IDLE_MINUTES"] = {"volunteer": 5}
    sign_in(browser, open_account(app, StaffRole.VOLUNTEER))
    clock.shift(timedelta(minutes=5))
    assert not is_in(browser)


def test_a_cookie_that_was_copied_before_the_end_is_worth_nothing_after_it(
    app: Flask, browser: FlaskClient, clock: time_machine.Traveller
) -> None:
    sign_in(browser, open_account(app, StaffRole.VOLUNTEER))
    copied = browser.get_cookie("session")
    assert copied is not None
    clock.shift(timedelta(hours=12))
    thief = app.test_client()
    thief.set_cookie("session", copied.value)
    assert not is_in(thief)


def test_only_who_ticks_the_box_is_remembered(app: Flask, browser: FlaskClient) -> None:
    sign_in(browser, open_account(app, StaffRole.OFFICE))
    assert browser.get_cookie("device") is None
    assert browser.get_cookie("remember_token") is None


def test_a_remembered_device_signs_in_again_and_its_cookie_is_another_each_time(
    app: Flask, browser: FlaskClient, clock: time_machine.Traveller
) -> None:
    sign_in(browser, open_account(app, StaffRole.OFFICE), remember=True)
    cookies = [device_cookie(browser)]
    for _ in range(3):
        clock.shift(timedelta(days=2))
        again = on_device(app, cookies[-1])
        assert is_in(again)
        cookies.append(device_cookie(again))
        assert is_in(again)
        assert device_cookie(again) == cookies[-1]
    assert len(set(cookies)) == 4


def test_a_session_that_ended_goes_on_by_itself_on_a_remembered_device(
    app: Flask, browser: FlaskClient, clock: time_machine.Traveller
) -> None:
    sign_in(browser, open_account(app, StaffRole.OFFICE), remember=True)
    clock.shift(timedelta(days=3))
    assert is_in(browser)


def test_a_cookie_used_twice_was_copied_and_ends_every_session(
    app: Flask, browser: FlaskClient, clock: time_machine.Traveller
) -> None:
    sign_in(browser, open_account(app, StaffRole.OFFICE), remember=True)
    copied = device_cookie(browser)
    owner = on_device(app, copied)
    assert is_in(owner)
    renewed = device_cookie(owner)
    clock.shift(timedelta(minutes=2))
    assert not is_in(on_device(app, copied))
    assert not is_in(owner)
    assert not is_in(on_device(app, renewed))
    with app.app_context():
        assert db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()[-1] == "cookie used twice"


def test_tabs_that_open_at_once_are_no_theft(app: Flask, browser: FlaskClient) -> None:
    sign_in(browser, open_account(app, StaffRole.OFFICE), remember=True)
    tabs = [on_device(app, device_cookie(browser)) for _ in range(3)]
    assert all(map(is_in, tabs))
    assert is_in(tabs[0])


@pytest.mark.parametrize("cookie", ["", "x", "1.abc", "é", "a" * 3000, "0011223344556677.secret.signature"])
def test_a_made_up_cookie_opens_nothing_and_ends_nobody_s_session(
    app: Flask, browser: FlaskClient, cookie: str
) -> None:
    sign_in(browser, open_account(app, StaffRole.OFFICE), remember=True)
    assert not is_in(on_device(app, cookie))
    assert is_in(browser)


@pytest.mark.parametrize(("role", "hours"), [(StaffRole.OFFICE, 720), (StaffRole.VOLUNTEER, 12)])
def test_a_device_is_remembered_no_longer_than_a_session_may_last_and_thirty_days_at_most(
    app: Flask, browser: FlaskClient, clock: time_machine.Traveller, role: StaffRole, hours: int
) -> None:
    sign_in(browser, open_account(app, role), remember=True)
    clock.shift(timedelta(hours=hours - 1))
    again = on_device(app, device_cookie(browser))
    assert is_in(again)
    renewed = device_cookie(again)
    clock.shift(timedelta(hours=1))
    assert not is_in(again)
    assert not is_in(on_device(app, renewed))


def sign_out(client: FlaskClient, _app: Flask) -> None:
    client.post("/staff/logout", data=Page.open(client, "/office/").fields("/staff/logout"))


def change_password(client: FlaskClient, _app: Flask) -> None:
    fields = Page.open(client, "/staff/change").fields("/staff/change")
    new = "another horse battery"
    client.post(
        "/staff/change", data={**fields, "password": PASSWORD, "new_password": new, "new_password_confirm": new}
    )


def end_account(_client: FlaskClient, app: Flask) -> None:
    with app.app_context():
        member = accounts.find_member("office@example.org")
        assert member is not None
        transact(accounts.end, member.id, at=now(), by=BY)


@pytest.mark.parametrize("end", [sign_out, change_password, end_account])
def test_a_device_is_forgotten_with_its_session(
    app: Flask, browser: FlaskClient, end: Callable[[FlaskClient, Flask], None]
) -> None:
    sign_in(browser, open_account(app, StaffRole.OFFICE), remember=True)
    cookie = device_cookie(browser)
    end(browser, app)
    assert not is_in(on_device(app, cookie))
    with app.app_context():
        assert [each for each in db.session.scalars(select(StaffSession)) if each.is_remembered] == []


def test_signing_out_clears_the_cookie(app: Flask, browser: FlaskClient) -> None:
    sign_in(browser, open_account(app, StaffRole.OFFICE), remember=True)
    sign_out(browser, app)
    assert browser.get_cookie("device") is None


def test_the_cookie_that_flask_login_once_gave_for_a_year_opens_nothing(app: Flask, browser: FlaskClient) -> None:
    email = open_account(app, StaffRole.OFFICE)
    with app.app_context():
        member = accounts.find_member(email)
        assert member is not None
        cookie = encode_cookie(member.fs_uniquifier)
    browser.set_cookie("remember_token", cookie)
    assert not is_in(browser)


def test_under_https_cookies_belong_to_this_host_alone_and_browsers_come_back_by_https_only(
    database_url: str, tmp_path: Path
) -> None:
    app = make_app(database_url, tmp_path, PUBLIC_URL=HTTPS)
    client = app.test_client()
    answer = sign_in(client, open_account(app, StaffRole.OFFICE), remember=True, base=HTTPS)
    set_cookies = answer.headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in set_cookies} == {"__Host-session", "__Host-device", "__Host-known"}
    for cookie in set_cookies:
        (morsel,) = SimpleCookie(cookie).values()
        assert (morsel["secure"], morsel["httponly"]) == (True, True)
        assert (morsel["samesite"], morsel["path"], morsel["domain"]) == ("Lax", "/", "")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert client.get("/office/", base_url=HTTPS).status_code == 200
    with app.app_context():
        db.engine.dispose()


def test_without_https_nothing_promises_it(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers

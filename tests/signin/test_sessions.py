"""Sessions are kept at the server: listed in words, ended one by one or all, whichever web machine answers."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from orders.database import db
from orders.staff import accounts
from orders.staff.models import StaffRole
from orders.staff.user_agents import Program, read_program
from tests.conftest import make_app
from tests.factories import NOW
from tests.page import Page
from tests.signin.test_session_expiry import is_in, open_account
from tests.signin.test_signin import PASSWORD

ACCOUNT = "/office/account/"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def email(app: Flask, clock: time_machine.Traveller) -> str:
    return open_account(app, StaffRole.OFFICE)


def sign_in(app: Flask, email: str, agent: str = WINDOWS, address: str = "192.0.2.1", **ticked: str) -> FlaskClient:
    """A browser that says what it is."""
    client = app.test_client()
    client.environ_base.update(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
    fields = Page.open(client, "/staff/login").fields("/staff/login")
    client.post("/staff/login", data={**fields, "email": email, "password": PASSWORD, **ticked})
    return client


def buttons(client: FlaskClient, url: str = ACCOUNT) -> list[str]:
    """The addresses to which the buttons that end one session lead."""
    page = Page.open(client, url)
    actions = [form.get("action") or "" for form in page.forms("/office/")]
    return [action for action in actions if "/sessions/" in action and not action.endswith("sessions/end")]


def press(client: FlaskClient, url: str) -> int:
    token = Page.open(client, ACCOUNT).fields("/staff/logout")["csrf_token"]
    return client.post(url, data={"csrf_token": token}).status_code


def test_each_is_listed_in_words_and_one_s_own_is_marked(app: Flask, email: str, clock: time_machine.Traveller) -> None:
    sign_in(app, email, IPHONE, "2001:db8::1")
    clock.shift(timedelta(hours=1))
    here = sign_in(app, email)
    words = Page.open(here, ACCOUNT).words()
    assert "Firefox sur Windows 20/11/2026 11:00 20/11/2026 11:00 192.0.2.1 ici, maintenant" in words
    assert "Safari sur iOS 20/11/2026 10:00 20/11/2026 10:00 2001:db8::1 Terminer" in words
    assert len(buttons(here)) == 1


def test_one_is_ended_without_the_others(app: Flask, email: str) -> None:
    here, there, elsewhere = (sign_in(app, email) for _ in range(3))
    lost = buttons(here)[0]
    assert press(here, lost) == 303
    assert press(here, lost) == 404
    assert sorted(map(is_in, (there, elsewhere))) == [False, True]
    assert is_in(here)


def test_all_others_are_ended_at_once_also_on_remembered_devices(app: Flask, email: str) -> None:
    here, there = sign_in(app, email), sign_in(app, email, remember="y")
    cookie = there.get_cookie("device")
    assert cookie is not None
    assert press(here, "/office/account/sessions/end") == 303
    assert (is_in(here), is_in(there)) == (True, False)
    again = app.test_client()
    again.set_cookie("device", cookie.value)
    assert not is_in(again)
    assert buttons(here) == []


def test_nobody_ends_somebody_else_s(app: Flask, email: str) -> None:
    other = sign_in(app, open_account(app, StaffRole.COORDINATOR))
    second = sign_in(app, "coordinator@example.org")
    (theirs,) = buttons(second)
    assert press(sign_in(app, email), theirs) == 404
    assert is_in(other)


def test_an_administrator_sees_them_and_ends_them(app: Flask, email: str) -> None:
    boss = sign_in(app, open_account(app, StaffRole.ADMINISTRATOR))
    clients = [sign_in(app, email) for _ in range(3)]
    with app.app_context():
        member = accounts.find_member(email)
        assert member is not None
        url = f"/office/staff/{member.id}"
    listed = buttons(boss, url)
    assert len(listed) == 3
    assert press(boss, listed[0]) == 303
    assert sum(map(is_in, clients)) == 2
    assert press(boss, f"{url}/sessions/end") == 303
    assert not any(map(is_in, clients))
    assert is_in(boss)
    assert is_in(sign_in(app, email))


def test_what_ended_by_itself_is_not_listed(app: Flask, email: str, clock: time_machine.Traveller) -> None:
    sign_in(app, email)
    remembered = sign_in(app, email, remember="y")
    clock.shift(timedelta(hours=9))
    assert is_in(remembered)
    assert buttons(remembered) == []
    clock.shift(timedelta(days=29))
    assert is_in(remembered)
    clock.shift(timedelta(days=1))
    assert not is_in(remembered)
    with app.app_context():
        assert db.session.execute(db.text("SELECT count(*) FROM staff_session")).scalar() == 2
    sign_in(app, email)
    with app.app_context():
        assert db.session.execute(db.text("SELECT count(*) FROM staff_session")).scalar() == 1


def test_the_last_page_is_told_to_some_minutes(app: Flask, email: str, clock: time_machine.Traveller) -> None:
    here = sign_in(app, email)
    clock.shift(timedelta(minutes=4))
    assert "20/11/2026 10:00 20/11/2026 10:00" in Page.open(here, ACCOUNT).words()
    clock.shift(timedelta(minutes=6))
    assert "20/11/2026 10:00 20/11/2026 10:10" in Page.open(here, ACCOUNT).words()


def test_another_web_machine_knows_the_session_and_that_it_ended(app: Flask, email: str, tmp_path: Path) -> None:
    here = sign_in(app, email)
    cookie = here.get_cookie("session")
    assert cookie is not None
    other = make_app(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path)
    there = other.test_client()
    there.set_cookie("session", cookie.value)
    assert is_in(there)
    here.post("/staff/logout", data=Page.open(here, ACCOUNT).fields("/staff/logout"))
    assert not is_in(there)
    with other.app_context():
        db.engine.dispose()


def test_a_session_needs_its_row_and_its_member(app: Flask, email: str) -> None:
    here = sign_in(app, email)
    other = sign_in(app, open_account(app, StaffRole.COORDINATOR))
    with other.session_transaction() as stolen:
        theirs = stolen["session"]
    with here.session_transaction() as session:
        session["session"] = theirs
    assert not is_in(here)
    with here.session_transaction() as session:
        del session["session"]
    assert not is_in(here)


def test_signing_out_ends_this_session_alone(app: Flask, email: str) -> None:
    here, there = sign_in(app, email), sign_in(app, email)
    here.post("/staff/logout", data=Page.open(here, ACCOUNT).fields("/staff/logout"))
    assert (is_in(here), is_in(there)) == (False, True)


@pytest.mark.parametrize("agent", ["", "curl/8.9", "x" * 5000, "<script>alert(1)</script>", "Mozilla/5.0 (é; \u202e)"])
def test_a_browser_that_says_nothing_of_use_is_listed_too(app: Flask, email: str, agent: str) -> None:
    here = sign_in(app, email, agent.encode().decode("latin-1"))
    assert "ici, maintenant" in Page.open(here, ACCOUNT).words()


def test_what_a_browser_says_is_read_in_words() -> None:
    assert read_program(WINDOWS) == Program("Firefox", "Windows")
    assert read_program(IPHONE) == Program("Safari", "iOS")
    assert read_program("") == Program("", "")

"""Many wrong passwords close a sign-in for a while, and cannot keep anybody out for ever."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.clock import now
from orders.database import db, transact
from orders.staff import accounts, lockout
from orders.staff.models import AuditEntry, StaffRole
from orders.staff.signin_models import FailedSignin
from tests.factories import NOW
from tests.page import Page
from tests.signin.test_password_links import ask as ask_for_link
from tests.signin.test_password_links import choose, link, mails
from tests.signin.test_signin import PASSWORD, add, sign_in

EMAIL = "marie@example.org"
WRONG = "not this one, no"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def app(app: Flask, clock: time_machine.Traveller) -> Flask:
    with app.app_context():
        add(EMAIL, StaffRole.OFFICE)
    return app


def fail(app: Flask, times: int, email: str = EMAIL) -> None:
    """Wrong passwords, counted by the rule: each one through the page would take as long as a password takes."""
    with app.app_context():
        for _ in range(times):
            transact(lockout.note_failure, email, accounts.find_member(email), at=now())


def is_let_in(app: Flask, client: FlaskClient | None = None) -> bool:
    return sign_in(client or app.test_client(), EMAIL) == "/office/"


def test_wrong_passwords_on_the_page_are_counted_and_the_tenth_closes(app: Flask) -> None:
    fail(app, lockout.MOST - 2)
    sign_in(app.test_client(), EMAIL, WRONG)
    assert is_let_in(app)
    fail(app, lockout.MOST - 1)
    sign_in(app.test_client(), EMAIL.upper(), WRONG)
    assert not is_let_in(app)
    with app.app_context():
        assert "locked out" in db.session.scalars(select(AuditEntry.action)).all()


def test_it_ends_by_itself_however_many_more_try(app: Flask, clock: time_machine.Traveller) -> None:
    fail(app, lockout.MOST)
    for _ in range(14):
        clock.shift(timedelta(minutes=1))
        fail(app, 20)
        assert not is_let_in(app)
    clock.shift(timedelta(minutes=1))
    assert is_let_in(app)


def test_it_does_not_hold_where_somebody_signed_in_before(app: Flask) -> None:
    own = app.test_client()
    assert is_let_in(app, own)
    own.post("/staff/logout", data=Page.open(own, "/office/").fields("/staff/logout"))
    fail(app, lockout.MOST)
    assert not is_let_in(app)
    assert isinstance(sign_in(own, EMAIL, WRONG), Page)
    assert is_let_in(app, own)


def test_a_browser_known_to_one_account_is_not_known_to_another(app: Flask) -> None:
    with app.app_context():
        add("paul@example.org", StaffRole.OFFICE)
    shared = app.test_client()
    sign_in(shared, "paul@example.org")
    shared.post("/staff/logout", data=Page.open(shared, "/office/").fields("/staff/logout"))
    fail(app, lockout.MOST)
    assert not is_let_in(app, shared)
    shared.set_cookie("known", "1.2.3")
    assert not is_let_in(app, shared)


def test_a_new_password_by_mail_ends_it(app: Flask) -> None:
    fail(app, lockout.MOST)
    client = app.test_client()
    ask_for_link(client, EMAIL)
    assert choose(client, link(app, mails(app)[0]))[0] == 302
    assert sign_in(client, EMAIL, "quatre mots sans lien") == "/office/"


def test_flask_staff_unlock_ends_it(app: Flask) -> None:
    fail(app, lockout.MOST)
    done = app.test_cli_runner().invoke(args=["staff", "unlock", "Marie@example.org"])
    assert (done.exit_code, done.output) == (0, "marie@example.org can sign in again\n")
    assert is_let_in(app)
    unknown = app.test_cli_runner().invoke(args=["staff", "unlock", "nobody@example.org"])
    assert (unknown.exit_code, "has no account" in unknown.output) == (1, True)


def test_an_administrator_sees_and_ends_it(app: Flask, office: Callable[[StaffRole], FlaskClient]) -> None:
    boss = office(StaffRole.ADMINISTRATOR)
    with app.app_context():
        member = accounts.find_member(EMAIL)
        assert member is not None
        url = f"/office/staff/{member.id}"
    assert not Page.open(boss, url).forms(f"{url}/unlock")
    fail(app, lockout.MOST)
    fields = Page.open(boss, url).fields(f"{url}/unlock")
    assert boss.post(f"{url}/unlock", data=fields).status_code == 303
    assert is_let_in(app)


def test_who_signs_in_begins_anew(app: Flask) -> None:
    for _ in range(3):
        fail(app, lockout.MOST - 1)
        assert is_let_in(app)


def test_an_address_without_an_account_is_counted_alike_and_looks_alike(app: Flask) -> None:
    pages = []
    for email in (EMAIL, "nobody@example.org"):
        fail(app, lockout.MOST, email)
        page = sign_in(app.test_client(), email, PASSWORD)
        assert isinstance(page, Page)
        pages.append((page.status, page.words()))
    assert pages[0] == pages[1]
    with app.app_context():
        assert len(db.session.scalars(select(FailedSignin)).all()) == 2


def test_addresses_are_kept_a_day_and_not_readable(app: Flask, clock: time_machine.Traveller) -> None:
    fail(app, 1, "somebody@example.org")
    clock.shift(timedelta(days=1, seconds=1))
    fail(app, 1)
    with app.app_context():
        (kept,) = db.session.scalars(select(FailedSignin.name))
    assert len(kept) == 64
    assert "@" not in kept


def test_a_clock_that_was_ahead_holds_nobody_back(app: Flask, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(days=100))
    fail(app, lockout.MOST)
    clock.move_to(NOW)
    assert is_let_in(app)


def test_the_password_asked_again_is_counted_apart(app: Flask, clock: time_machine.Traveller) -> None:
    client = app.test_client()
    sign_in(client, EMAIL)
    fail(app, lockout.MOST)
    fields = Page.open(client, "/staff/verify").fields("/staff/verify")
    assert client.post("/staff/verify", data={**fields, "password": PASSWORD}).status_code == 302

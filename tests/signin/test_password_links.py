"""Passwords by mail: invitations, and a new one for who forgot theirs; nobody learns who has an account."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from orders.clock import now
from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.staff import accounts
from orders.staff.models import StaffMember, StaffRole
from tests.factories import BY, NOW
from tests.page import Page
from tests.signin.test_signin import PASSWORD, add, sign_in

FORGOT = "/staff/reset"
OWN = "quatre mots sans lien"
EMAIL = "marie@example.org"
Office = Callable[[StaffRole], FlaskClient]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def member(app: Flask, clock: time_machine.Traveller) -> str:
    with app.app_context():
        add(EMAIL, StaffRole.OFFICE)
    return EMAIL


def ask(client: FlaskClient, email: str) -> Page:
    """Ask for a link, as who forgot the password does."""
    fields = Page.open(client, FORGOT).fields(FORGOT)
    return Page.of(client.post(FORGOT, data={**fields, "email": email}))


def mails(app: Flask) -> list[OutgoingMail]:
    with app.app_context():
        return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


def link(app: Flask, mail: OutgoingMail) -> str:
    """The path of the link in a mail; it begins with the address of the settings, whatever host was asked."""
    with app.app_context():
        (found,) = re.findall(r"^http://pli\.test(/staff/reset/\S+)$", mail.text, re.MULTILINE)
        assert f'href="http://pli.test{found}"' in mail.html
    return str(found)


def choose(client: FlaskClient, url: str, password: str = OWN) -> tuple[int, str]:
    """Open a link and type a password twice; gives the status and where it leads."""
    fields = Page.open(client, url).fields(url)
    answer = client.post(url, data={**fields, "password": password, "password_confirm": password})
    return answer.status_code, answer.headers.get("Location", "")


def test_who_forgot_the_password_gets_a_link_and_chooses_another(app: Flask, client: FlaskClient, member: str) -> None:
    elsewhere = app.test_client()
    sign_in(elsewhere, member)
    ask(client, " Marie@Example.org ")
    (mail,) = mails(app)
    assert (mail.address, mail.kind) == (member, "staff_password_link")
    assert choose(client, link(app, mail)) == (302, "/staff/login")
    assert "Votre mot de passe est changé" in Page.open(client, "/staff/login").words()
    assert elsewhere.get("/office/").status_code == 302
    assert isinstance(sign_in(app.test_client(), member, PASSWORD), Page)
    assert sign_in(app.test_client(), member, OWN) == "/office/"
    assert [each.kind for each in mails(app)] == ["staff_password_link", "staff_password_changed"]


def test_a_link_works_once_and_for_a_day(
    app: Flask, client: FlaskClient, member: str, clock: time_machine.Traveller
) -> None:
    ask(client, member)
    used = link(app, mails(app)[0])
    assert choose(client, used)[0] == 302
    assert client.get(used).location == FORGOT
    assert "Ce lien ne va plus" in Page.open(client, FORGOT).words()
    clock.shift(timedelta(hours=1))
    ask(client, member)
    late = link(app, mails(app)[-1])
    clock.shift(timedelta(days=1, seconds=1))
    assert client.get(late).location == FORGOT
    assert "plus d’un jour" in Page.open(client, FORGOT).words()


@pytest.mark.parametrize("token", ["x", "WyIxIl0.x.y", "a" * 3000, "é"])
def test_a_made_up_link_opens_nothing(client: FlaskClient, member: str, token: str) -> None:
    assert client.get(f"{FORGOT}/{token}").location == FORGOT
    fields = Page.open(client, FORGOT).fields(FORGOT)
    made_up = {"csrf_token": fields["csrf_token"], "password": OWN, "password_confirm": OWN}
    assert client.post(f"{FORGOT}/{token}", data=made_up).location == FORGOT
    assert isinstance(sign_in(client, member, OWN), Page)


@pytest.mark.parametrize("password", ["short", "azertyuiop123", EMAIL])
def test_the_rule_for_passwords_holds_here_too(app: Flask, client: FlaskClient, member: str, password: str) -> None:
    ask(client, member)
    assert choose(client, link(app, mails(app)[0]), password) == (200, "")
    assert sign_in(client, member) == "/office/"


def statements_of(app: Flask, client: FlaskClient, email: str) -> tuple[str, list[str]]:
    """What a page asks of the database to answer who forgot the password, and what it says."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement.split()[0])

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        return ask(client, email).words().replace(email, "…"), statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_nobody_learns_which_addresses_have_an_account(app: Flask, client: FlaskClient, member: str) -> None:
    """The same page, and the same work: a mail is written for everybody, and thrown away where it goes to nobody."""
    with app.app_context():
        add("ended@example.org", StaffRole.OFFICE, until=NOW.date())

        def end() -> None:
            found = accounts.find_member("ended@example.org")
            assert found is not None
            found.ends_at = NOW - timedelta(days=1)

        transact(end)
    ask(client, "first@example.org")  # what a process reads once
    known = statements_of(app, client, member)
    for email in ("nobody@example.org", "ended@example.org"):
        said, statements = statements_of(app, client, email)
        assert said == known[0]
        assert [each for each in statements if each != "DELETE"] == known[1]
    assert [mail.address for mail in mails(app)] == [member]


def test_who_asks_often_gets_one_mail_in_a_quarter_of_an_hour(
    app: Flask, client: FlaskClient, member: str, clock: time_machine.Traveller
) -> None:
    for _ in range(4):
        ask(client, member)
    assert len(mails(app)) == 1
    clock.shift(timedelta(minutes=16))
    ask(client, member)
    assert len(mails(app)) == 2


@pytest.mark.parametrize("email", ["", "marie", "x" * 5000 + "@example.org"])
def test_what_is_no_address_is_said(client: FlaskClient, email: str) -> None:
    fields = Page.open(client, FORGOT).fields(FORGOT)
    page = Page.of(client.post(FORGOT, data={**fields, "email": email}), status=422)
    assert "adresse e-mail complète" in page.words()


def test_asking_needs_a_token(client: FlaskClient) -> None:
    assert client.post(FORGOT, data={"email": EMAIL}).status_code == 400


def test_a_colleague_is_invited_by_mail_and_chooses_the_password(app: Flask, office: Office) -> None:
    boss = office(StaffRole.ADMINISTRATOR)
    invite(boss, "lea@example.org")
    page = Page.open(boss, "/office/staff/")
    assert "invité·e" in page.words()
    (mail,) = mails(app)
    assert (mail.address, mail.kind) == ("lea@example.org", "staff_invitation")
    assert choose(app.test_client(), link(app, mail)) == (302, "/staff/login")
    assert sign_in(app.test_client(), "lea@example.org", OWN) == "/office/"
    assert "invité·e" not in Page.open(boss, "/office/staff/").words()


def invite(boss: FlaskClient, email: str) -> None:
    fields = Page.open(boss, "/office/staff/add").fields("/office/staff/add")
    asked = {**fields, "email": email, "role": "office", "until": ""}
    assert boss.post("/office/staff/add", data=asked).location == "/office/staff/"


def send_link(app: Flask, boss: FlaskClient, email: str) -> None:
    with app.app_context():
        number = db.session.scalars(select(StaffMember.id).where(StaffMember.email == email)).one()
    fields = Page.open(boss, f"/office/staff/{number}").fields(f"/office/staff/{number}/password")
    assert boss.post(f"/office/staff/{number}/password", data=fields).status_code == 303


def test_a_second_invitation_replaces_the_first(app: Flask, office: Office) -> None:
    boss = office(StaffRole.ADMINISTRATOR)
    invite(boss, "lea@example.org")
    send_link(app, boss, "lea@example.org")
    first, second = (link(app, mail) for mail in mails(app))
    assert app.test_client().get(first).location == FORGOT
    assert choose(app.test_client(), second)[0] == 302


def test_an_administrator_sends_a_link_to_who_forgot(app: Flask, office: Office, member: str) -> None:
    send_link(app, office(StaffRole.ADMINISTRATOR), member)
    (mail,) = mails(app)
    assert mail.kind == "staff_password_link"
    assert sign_in(app.test_client(), member) == "/office/"


def test_an_invited_account_has_no_password_that_anybody_knows(app: Flask, office: Office) -> None:
    invite(office(StaffRole.ADMINISTRATOR), "lea@example.org")
    for password in ("", "*", OWN, "lea@example.org"):
        assert isinstance(sign_in(app.test_client(), "lea@example.org", password), Page)


def test_a_password_from_the_terminal_that_is_changed_by_mail_need_not_be_changed_again(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        add("new@example.org", StaffRole.OFFICE, must_change_password=True)
    ask(client, "new@example.org")
    choose(client, link(app, mails(app)[0]))
    sign_in(client, "new@example.org", OWN)
    assert client.get("/office/").status_code == 200


def test_a_link_of_an_account_that_ended_meanwhile_opens_no_office(
    app: Flask, client: FlaskClient, member: str
) -> None:
    ask(client, member)
    with app.app_context():
        found = accounts.find_member(member)
        assert found is not None
        transact(accounts.end, found.id, at=now(), by=BY)
    assert client.get(link(app, mails(app)[0])).location == FORGOT

"""Accounts: opened with a password for one time, changed, ended; never without an administrator."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.clock import local_day, now
from orders.database import db, transact
from orders.staff import accounts
from orders.staff.models import AuditEntry, LastAdministrator, StaffMember, StaffRole
from tests.factories import BY, make_member
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
ACCOUNTS = "/office/staff/"
ADD = "/office/staff/add"


@pytest.fixture
def client(office: Office) -> FlaskClient:
    return office(StaffRole.ADMINISTRATOR)


def send(client: FlaskClient, url: str, **fields: Any) -> Any:
    token = Page.open(client, ACCOUNTS).fields("/staff/logout")["csrf_token"]
    return client.post(url, data={"csrf_token": token, **fields})


def get_member(email: str) -> StaffMember:
    found = accounts.find_member(email)
    assert found is not None
    return found


def test_a_volunteer_s_account_ends_tonight(app: Flask, client: FlaskClient) -> None:
    assert Page.open(client, ADD).fields(ADD)["role"] == "volunteer"
    assert send(client, ADD, email="Lea@Example.org", role="volunteer", until="").location == ACCOUNTS
    with app.app_context():
        assert get_member("lea@example.org").last_day == local_day(now())


def test_an_account_of_the_office_has_no_end_unless_one_is_given(app: Flask, client: FlaskClient) -> None:
    tomorrow = local_day(now()) + timedelta(days=1)
    send(client, ADD, email="a@example.org", role="office", until="")
    send(client, ADD, email="b@example.org", role="office", until=tomorrow.isoformat())
    send(client, ADD, email="c@example.org", role="office", until=tomorrow.strftime("%d/%m/%Y"))
    with app.app_context():
        days = [get_member(f"{name}@example.org").last_day for name in "abc"]
    assert days == [None, tomorrow, tomorrow]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"email": "marie"}, "adresse e-mail complète"),
        ({"email": ""}, "adresse e-mail complète"),
        ({"email": "here@example.org"}, "déjà un compte"),
        ({"role": "chief"}, "Choisissez un rôle"),
        ({"role": ""}, "Choisissez un rôle"),
        ({"until": "2020-01-01"}, "un jour à venir"),
        ({"until": "9999-12-31"}, "un jour à venir"),
        ({"until": "31/02/2027"}, "Écrivez un jour"),
        ({"until": "demain"}, "Écrivez un jour"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_opened(
    app: Flask, client: FlaskClient, wrong: dict[str, str], told: str
) -> None:
    with app.app_context():
        make_member(email="here@example.org")
    typed = {"email": "new@example.org", "role": "office", "until": "", **wrong}
    page = Page.of(send(client, ADD, **typed), status=422)
    assert told in page.words()
    assert page.fields(ADD)["email"] == typed["email"]
    with app.app_context():
        assert accounts.find_member("new@example.org") is None


def test_a_role_is_changed_at_once_also_for_who_is_signed_in(app: Flask, client: FlaskClient, office: Office) -> None:
    other = office(StaffRole.OFFICE)
    with app.app_context():
        member_id = db.session.scalars(select(StaffMember.id).where(StaffMember.role == StaffRole.OFFICE)).one()
    assert other.get("/office/ordering/").status_code == 200
    assert send(client, f"{ACCOUNTS}{member_id}", role="volunteer", until="").status_code == 303
    assert other.get("/office/ordering/").status_code == 403
    with app.app_context():
        assert accounts.get_member(member_id).last_day == local_day(now())
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "changed")).one()
        assert entry.after == {"role": "volunteer", "last_day": local_day(now()).isoformat()}


def test_an_ended_account_opens_nothing_stays_in_the_list_and_can_be_reopened(
    app: Flask, client: FlaskClient, office: Office
) -> None:
    other = office(StaffRole.VOLUNTEER)
    with app.app_context():
        member = db.session.scalars(select(StaffMember).where(StaffMember.role == StaffRole.VOLUNTEER)).one()
        url, email = f"{ACCOUNTS}{member.id}", member.email
    assert send(client, f"{url}/end").status_code == 303
    assert send(client, f"{url}/end").status_code == 303
    assert other.get("/office/").status_code == 302
    page = Page.open(client, ACCOUNTS)
    assert "1 compte terminé" in page.words()
    assert email in page.words()
    assert "Rouvrir le compte" in Page.open(client, url).words()
    send(client, url, role="volunteer", until="")
    with app.app_context():
        assert get_member(email).is_active


@pytest.mark.parametrize("fields", [{"role": "office", "until": ""}, {"role": "administrator", "until": "2090-01-01"}])
def test_the_last_administrator_stays_one(app: Flask, client: FlaskClient, fields: dict[str, str]) -> None:
    with app.app_context():
        member_id = db.session.scalars(select(StaffMember.id)).one()
        make_member(role=StaffRole.ADMINISTRATOR, ends_at=now() - timedelta(days=1))
        make_member(role=StaffRole.ADMINISTRATOR, active=False)
    page = Page.of(send(client, f"{ACCOUNTS}{member_id}", **fields), status=422)
    assert "dernier compte d’administration" in page.words()
    assert "/staff/1" in send(client, f"{ACCOUNTS}{member_id}/end").location
    assert client.get(ACCOUNTS).status_code == 200
    with app.app_context():
        make_member(role=StaffRole.ADMINISTRATOR)
    assert send(client, f"{ACCOUNTS}{member_id}", **fields).status_code == 303


def test_an_account_that_does_not_exist_is_said_so(client: FlaskClient) -> None:
    Page.of(client.get(f"{ACCOUNTS}999"), status=404)
    Page.of(send(client, f"{ACCOUNTS}999/end"), status=404)


def test_one_time_passwords_are_long_and_each_another() -> None:
    made = {accounts.one_time_password() for _ in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"(\w{5}-){3}\w{5}", each) for each in made)


def test_the_rule_itself_keeps_an_administrator(app_context: Flask) -> None:
    first, second = make_member(role=StaffRole.ADMINISTRATOR), make_member(role=StaffRole.ADMINISTRATOR)
    transact(accounts.end, first.id, at=now(), by=BY)
    with pytest.raises(LastAdministrator):
        transact(accounts.end, second.id, at=now(), by=BY)

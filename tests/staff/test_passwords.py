"""Passwords: which are refused, and that they outlive the secret key."""

import hashlib
import hmac
from base64 import b64encode
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from passlib.hash import argon2
from werkzeug.test import TestResponse

from orders import create_app
from orders.database import db, transact
from orders.mail import signed_links
from orders.staff import accounts
from orders.staff.models import StaffRole
from orders.staff.passwords import CommonPassword, TooShortPassword, check, hashed
from tests.conftest import KEY, make_app
from tests.factories import BY, NOW, make_edition, make_member, make_order
from tests.page import Page

PASSWORD = "correct horse battery"
EMAIL = "marie.dupont@example.org"
NEW_KEY = "another key, long enough too"


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "j’aime les frites",
        "été à la mer du nord",
        "Ծնունդդ շնորհավոր",
        "7305 1184 6629",
        "org 7305118466",
    ],
)
def test_a_sentence_of_twelve_letters_is_enough_whatever_letters(password: str) -> None:
    check(password, EMAIL)


def test_eleven_letters_are_too_few_however_odd_and_accents_do_not_count_twice() -> None:
    for password in ("x9$Kq!2zP_w", "é" * 11):
        with pytest.raises(TooShortPassword):
            check(password, EMAIL)


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "MotDePasse2026",
        "azertyuiop12",
        "123456789012",
        "aaaaaaaaaaaaaaa",
        "marathon2026",
        "P@ssw0rd1234",
    ]
    + ["marie.dupont@example.org", "marie.dupont", "Marie.Dupont1", "qwertyuiop[]", "wachtwoord123", "amnestyamnesty"]
    + ["amnesty amnesty", "Amnesty Bruxelles!", "marie.example.org", "org / Dupont / 26", "administrateur"],
)
def test_what_anybody_would_try_first_is_refused(password: str) -> None:
    with pytest.raises(CommonPassword):
        check(password, EMAIL)


def test_a_password_of_hundreds_of_letters_is_taken(app: Flask) -> None:
    open_account(app, "quatre mots sans lien " * 30)


def open_account(app: Flask, password: str = PASSWORD) -> None:
    with app.app_context():
        transact(accounts.add_member, EMAIL, StaffRole.OFFICE, password, at=NOW, by=BY)


def sign_in(client: FlaskClient, password: str = PASSWORD) -> str:
    """Where the sign-in leads; nowhere when it is refused."""
    fields = Page.open(client, "/staff/login").fields("/staff/login")
    return client.post("/staff/login", data={**fields, "email": EMAIL, "password": password}).headers.get(
        "Location", ""
    )


def kept(app: Flask) -> str:
    with app.app_context():
        member = accounts.find_member(EMAIL)
        assert member is not None
        return member.password


def legacy_hash(password: str, key: str) -> str:
    """As passwords were kept before: mixed with the secret key, then argon2."""
    salt = hashlib.sha256(f"passwords {key}".encode()).hexdigest()
    mixed = b64encode(hmac.new(salt.encode(), password.encode(), hashlib.sha512).digest())
    return str(argon2.using(time_cost=1).hash(mixed))


def open_legacy_account(app: Flask) -> None:
    with app.app_context():
        make_member(role=StaffRole.OFFICE, email=EMAIL, password=legacy_hash(PASSWORD, KEY))


def with_key(app: Flask, tmp_path: Path, key: str, *fallbacks: str) -> Flask:
    return make_app(
        app.config["SQLALCHEMY_DATABASE_URI"], tmp_path, SECRET_KEY=key, SECRET_KEY_FALLBACKS=list(fallbacks)
    )


def test_a_password_costs_whoever_guesses_it_time_and_memory(tmp_path: Path) -> None:
    app = create_app({"SECRET_KEY": KEY, "DATABASE_URL": "sqlite://", "INSTANCE": str(tmp_path)})
    with app.app_context():
        assert hashed("correct horse battery", EMAIL).startswith("argon2$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_password_typed_with_accents_works_however_the_keyboard_composes_them(app: Flask) -> None:
    open_account(app, "été à la mer du nord")
    assert sign_in(app.test_client(), "e\u0301te\u0301 a\u0300 la mer du nord") == "/office/"


def test_staff_sign_in_after_the_key_was_lost(app: Flask, tmp_path: Path) -> None:
    open_account(app)
    other = with_key(app, tmp_path, NEW_KEY)
    assert sign_in(other.test_client()) == "/office/"
    close(other)


def test_a_password_from_before_works_once_more_and_is_kept_anew(app: Flask, tmp_path: Path) -> None:
    open_legacy_account(app)
    assert sign_in(app.test_client(), "not this one, no") == ""
    assert kept(app).startswith("$argon2id$")
    assert sign_in(app.test_client()) == "/office/"
    assert kept(app).startswith("argon2$argon2id$")
    other = with_key(app, tmp_path, NEW_KEY)
    assert sign_in(other.test_client()) == "/office/"
    close(other)


def test_a_password_from_before_outlives_a_rotation_too(app: Flask, tmp_path: Path) -> None:
    open_legacy_account(app)
    rotated = with_key(app, tmp_path, NEW_KEY, KEY)
    assert sign_in(rotated.test_client()) == "/office/"
    close(rotated)


def test_who_is_signed_in_with_a_password_from_before_can_change_it(app: Flask) -> None:
    open_legacy_account(app)
    client = app.test_client()
    sign_in(client)
    assert change(client, "a new one, long enough").headers["Location"] == "/office/"
    assert kept(app).startswith("argon2$argon2id$")


def change(client: FlaskClient, new: str) -> TestResponse:
    fields = Page.open(client, "/staff/change").fields("/staff/change")
    typed = {"password": PASSWORD, "new_password": new, "new_password_confirm": new}
    return client.post("/staff/change", data={**fields, **typed})


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("short", "Au moins 12 signes"),
        ("marie.dupont@example.org", "l’on essaierait"),
        ("azertyuiop123", "l’on essaierait"),
    ],
)
def test_a_bad_new_password_is_refused_beside_its_field(app: Flask, new: str, told: str) -> None:
    open_account(app)
    client = app.test_client()
    sign_in(client)
    answer = change(client, new)
    assert told in Page.of(answer, status=answer.status_code).words()
    assert sign_in(app.test_client()) == "/office/"


def test_sessions_and_links_of_orders_and_open_forms_live_through_a_rotation(app: Flask, tmp_path: Path) -> None:
    open_account(app)
    before, rotated = app.test_client(), with_key(app, tmp_path, NEW_KEY, KEY)
    forgot = with_key(app, tmp_path, NEW_KEY)
    sign_in(before)
    with app.app_context():
        make_edition()
        order = make_order()
        mailed = f"/o/{signed_links.token(order.reference, order.link_nonce)}"
    token = Page.open(before, "/office/").fields("/staff/logout")["csrf_token"]
    cookie = before.get_cookie("session")
    assert cookie is not None
    for other, lives in ((rotated, True), (forgot, False)):
        client = other.test_client()
        client.set_cookie("session", cookie.value)
        assert (client.get("/office/").status_code == 200) == lives
        assert (other.test_client().get(mailed).status_code == 200) == lives
        assert (client.post("/staff/logout", data={"csrf_token": token}).status_code == 302) == lives
        close(other)


def close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()

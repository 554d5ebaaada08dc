"""Signing in and out: Flask-Security, told about our accounts.

Its views commit by themselves, so this module opens their transactions. They write a new password and, with it, a new
name for the account's sessions, which invalidates older cookies.
"""

from typing import Any

from flask import Flask, current_app, request
from flask_security import PasswordUtil, RoleMixin, Security, SQLAlchemyUserDatastore, password_changed

from orders.clock import now
from orders.database import db
from orders.signin import session_cookies
from orders.signin.messages import OUR_MESSAGES, SigninWords
from orders.staff import accounts, journal, passwords, sessions
from orders.staff.journal import Actor
from orders.staff.models import StaffMember
from orders.web.fresh_signin import FRESH, ask_again
from orders.web.rate_limits import SIGN_INS, limiter


class NoRole(RoleMixin):
    """Flask-Security asks for a table of roles; an account here has one role, in a column of its own."""


class OurPasswords(PasswordUtil):
    """Our rule for new passwords in place of Flask-Security's."""

    def validate(self, password: str, is_register: bool, **known: Any) -> tuple[list[str] | None, str]:
        try:
            passwords.check(password, known["user"].email)
        except passwords.UnusablePassword as refusal:
            return [current_app.jinja_env.filters["sentence"](refusal)], password
        return None, self.normalize(password)


def init_app(app: Flask) -> None:
    app.config.update(
        SECURITY_URL_PREFIX="/staff",
        SECURITY_POST_LOGIN_VIEW="/office/",
        SECURITY_POST_LOGOUT_VIEW="/staff/login",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_CHANGEABLE=True,
        SECURITY_POST_CHANGE_VIEW="/office/",
        SECURITY_SEND_PASSWORD_CHANGE_EMAIL=False,
        SECURITY_LOGIN_USER_TEMPLATE="office/staff/login.html",
        SECURITY_CHANGE_PASSWORD_TEMPLATE="office/staff/change.html",  # noqa: S106 -- a file
        SECURITY_VERIFY_TEMPLATE="office/staff/verify.html",
        SECURITY_FRESHNESS=FRESH,
        SECURITY_FRESHNESS_GRACE_PERIOD=FRESH,
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        **passwords.settings(app.config),
        **OUR_MESSAGES,
    )
    Security(app, SQLAlchemyUserDatastore(db, StaffMember, NoRole), password_util_cls=OurPasswords)
    security = app.extensions["security"]
    security.i18n_domain = SigninWords(app)  # type: ignore[no-untyped-call]
    security.want_json(lambda _request: False)
    security.reauthn_handler(lambda _within, _grace: ask_again())
    password_changed.connect(_password_is_own, app)
    for endpoint in ("security.login", "security.change_password", "security.verify"):
        view: Any = app.view_functions[endpoint]
        app.view_functions[endpoint] = limiter.limit(SIGN_INS, methods=["POST"])(view)
    session_cookies.init_app(app)
    app.before_request(_write_from_the_start)


def _write_from_the_start() -> None:
    """Flask-Security reads, then writes: on SQLite that must begin as a writing transaction (see `database`)."""
    if request.method != "POST":
        return
    keeps_anew = request.endpoint == "security.login" and accounts.is_legacy_hash(request.form.get("email", ""))
    if keeps_anew or request.endpoint in ("security.change_password", "security.verify"):
        db.session.rollback()
        db.session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})


def _password_is_own(_sender: Flask, *, user: StaffMember, **_: object) -> None:
    """Flask-Security has renamed the account's sessions; a new one begins in this browser."""
    user.must_change_password = False
    sessions.forget_all(user.id)
    journal.record("password changed", f"staff {user.id}", at=now(), by=Actor("office", user.id))

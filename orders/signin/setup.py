"""Signing in and out: Flask-Security, told about our accounts.

Its views commit by themselves, so this module opens their transactions. They write a new password and, with it, a new
name for the account's sessions, which invalidates older cookies.
"""

from typing import Any, NoReturn

from flask import Flask, abort, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_security import (
    PasswordUtil,
    RoleMixin,
    Security,
    SQLAlchemyUserDatastore,
    current_user,
    password_changed,
    password_reset,
)

from orders.clock import now
from orders.database import db
from orders.signin import session_cookies, two_step_journal
from orders.signin.forms import CodeForm, LoginForm, PasskeyForm, RecoveryForm, RescueForm, SetupForm, VerifyForm
from orders.signin.messages import OUR_MESSAGES, SigninWords
from orders.signin.password_request import forgot_password
from orders.staff import accounts, password_links, passwords, two_step
from orders.staff.models import StaffMember
from orders.staff.signin_models import Passkey
from orders.staff.two_step import UsedOnce
from orders.web.fresh_signin import FRESH, ask_again
from orders.web.rate_limits import SIGN_INS, limiter
from orders.wording import sentence
from orders.wording.translation.languages import current_language

PAGES = {
    "LOGIN_USER": "signin/login.html",
    "VERIFY": "signin/verify.html",
    "CHANGE_PASSWORD": "signin/change.html",
    "RESET_PASSWORD": "signin/reset.html",
    "TWO_FACTOR_SETUP": "signin/code_setup.html",
    "TWO_FACTOR_VERIFY_CODE": "signin/code.html",
    "TWO_FACTOR_SELECT": "signin/choose_step.html",
    "MULTI_FACTOR_RECOVERY": "signin/recovery.html",
    "MULTI_FACTOR_RECOVERY_CODES": "signin/recovery_codes.html",
    "WAN_REGISTER": "signin/passkeys.html",
    "WAN_SIGNIN": "signin/passkey.html",
    "WAN_VERIFY": "signin/passkey_again.html",
}
FORMS: dict[str, Any] = {
    "login_form": LoginForm,
    "verify_form": VerifyForm,
    "two_factor_setup_form": SetupForm,
    "two_factor_rescue_form": RescueForm,
    "two_factor_verify_code_form": CodeForm,
    "mf_recovery_form": RecoveryForm,
    "wan_register_form": PasskeyForm,
}
CODES = ("two_factor_setup", "two_factor_setup_validate", "two_factor_token_validation", "mf_recovery")
CODE_PAGE = "security.two_factor_token_validation"
PASSKEYS = ("wan_register", "wan_register_response", "wan_signin_response", "wan_verify_response", "wan_delete")
PASSWORDS = ("change_password", "reset_password", "verify")
WRITING = tuple(f"security.{name}" for name in (*PASSWORDS, *CODES, "mf_recovery_codes", *PASSKEYS))
LIMITED = ("security.login", "security.forgot_password", *WRITING)


class NoRole(RoleMixin):
    """Flask-Security asks for a table of roles; an account here has one role, in a column of its own."""


class OurPasswords(PasswordUtil):
    """Our rule for new passwords in place of Flask-Security's."""

    def validate(self, password: str, is_register: bool, **known: Any) -> tuple[list[str] | None, str]:
        try:
            passwords.check(password, known["user"].email)
        except passwords.UnusablePassword as refusal:
            return [sentence(refusal)], password
        return None, self.normalize(password)


def _settings(app: Flask) -> dict[str, Any]:
    return {
        "SECURITY_URL_PREFIX": "/staff",
        "SECURITY_CLI_USERS_NAME": False,  # its commands change accounts past our rules and the journal
        "SECURITY_CLI_ROLES_NAME": False,
        "SECURITY_POST_LOGIN_VIEW": "/office/",
        "SECURITY_POST_LOGOUT_VIEW": "/staff/login",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_CHANGEABLE": True,
        "SECURITY_POST_CHANGE_VIEW": "/office/",
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_RESET_PASSWORD_WITHIN": password_links.GOOD_FOR,
        "SECURITY_SEND_PASSWORD_RESET_NOTICE_EMAIL": False,
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/office/account/",
        "SECURITY_FRESHNESS": FRESH,
        "SECURITY_FRESHNESS_GRACE_PERIOD": FRESH,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_DATETIME_FACTORY": now,
        **{f"SECURITY_{page}_TEMPLATE": file for page, file in PAGES.items()},
        **two_step.settings(app.config),
        **passwords.settings(app.config),
        **OUR_MESSAGES,
    }


def init_app(app: Flask) -> None:
    app.config.update(_settings(app))
    datastore = SQLAlchemyUserDatastore(db, StaffMember, NoRole, Passkey)
    Security(app, datastore, password_util_cls=OurPasswords, totp_cls=UsedOnce, **FORMS)
    security = app.extensions["security"]
    security.i18n_domain = SigninWords(app)  # type: ignore[no-untyped-call]
    security.want_json(lambda _request: False)
    security.reauthn_handler(lambda _within, _grace: ask_again())
    password_changed.connect(_password_is_chosen, app)
    password_reset.connect(_password_is_chosen, app)
    two_step_journal.init_app(app)
    app.view_functions["security.forgot_password"] = forgot_password
    app.view_functions["security.two_factor_rescue"] = _no_rescue
    for endpoint in LIMITED:
        view: Any = app.view_functions[endpoint]
        app.view_functions[endpoint] = limiter.limit(SIGN_INS, methods=["POST"])(view)
    session_cookies.init_app(app)
    app.before_request(_write_from_the_start)
    app.before_request(_keep_signed_in)


def _keep_signed_in() -> ResponseReturnValue | None:
    """Flask-Security signs out whoever opens the page of a code without being asked for one: a link would do it."""
    is_asked = session.get("tf_state") == "validating_profile"
    if request.endpoint != CODE_PAGE or is_asked or not current_user.is_authenticated:
        return None
    return redirect("/office/", 303)


def _write_from_the_start() -> None:
    """Flask-Security reads, then writes: on SQLite that must begin as a writing transaction (see `database`)."""
    if request.method != "POST":
        return
    keeps_anew = request.endpoint == "security.login" and accounts.is_legacy_hash(request.form.get("email", ""))
    if keeps_anew or request.endpoint in WRITING:
        db.session.rollback()
        db.session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})


def _no_rescue() -> NoReturn:
    """Flask-Security would send a mail to somebody: here one asks an administrator."""
    abort(404)


def _password_is_chosen(_sender: Flask, *, user: StaffMember, **_: object) -> None:
    """By its owner: with the one before, or a link. Flask-Security has renamed the account's sessions."""
    password_links.password_is_chosen(user, language=current_language(), at=now())

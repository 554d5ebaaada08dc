"""Two-step sign-in: codes of a telephone, recovery codes, and from which role on a second step is required."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.clock import now
from orders.database import db
from orders.staff import accounts, lockout
from orders.staff.models import AuditEntry, StaffRole
from tests.conftest import KEY, make_app
from tests.factories import NOW
from tests.page import Page
from tests.signin.test_signin import PASSWORD, add, sign_in

EMAIL = "marie@example.org"
SETUP, CODE, RECOVERY = "/staff/tf-setup", "/staff/tf-validate", "/staff/mf-recovery"
CODES, ACCOUNT = "/staff/mf-recovery-codes", "/office/account/"
Office = Callable[[StaffRole], FlaskClient]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def app(app: Flask, clock: time_machine.Traveller) -> Flask:
    with app.app_context():
        add(EMAIL, StaffRole.COORDINATOR)
    return app


def enter(app: Flask, client: FlaskClient | None = None) -> tuple[FlaskClient, str]:
    """Type the password; gives the browser and where it is led."""
    client = client or app.test_client()
    led = sign_in(client, EMAIL)
    return client, led if isinstance(led, str) else "refused"


def start(client: FlaskClient) -> tuple[pyotp.TOTP, str]:
    """Begin to set up; gives the telephone, which has read the key, and the address that checks its code."""
    fields = Page.open(client, SETUP).fields(SETUP)
    page = Page.of(client.post(SETUP, data={**fields, "setup": "authenticator"}))
    (key,) = [each.text or "" for each in page.tree.iter("code")]
    assert 'src="data:image/svg+xml;base64,' in page.text
    (form,) = [form for form in page.tree.iter("form") if form.find(".//input[@name='code']") is not None]
    return pyotp.TOTP(re.sub(r"[^A-Z2-7]", "", key)), form.get("action") or ""


def type_code(client: FlaskClient, url: str, code: str) -> str:
    """Where the code leads; "" where it is refused."""
    token = Page.open(client, CODE if client.get(CODE).status_code == 200 else CODES).fields("/staff")["csrf_token"]
    answer = client.post(url, data={"csrf_token": token, "code": code})
    return answer.headers.get("Location", "")


def moment_code(telephone: pyotp.TOTP) -> str:
    return telephone.at(now())


@pytest.fixture
def telephone(app: Flask, clock: time_machine.Traveller) -> pyotp.TOTP:
    """The telephone of a member who has set up its codes, an hour ago."""
    client, _ = enter(app)
    telephone, url = start(client)
    assert type_code(client, url, moment_code(telephone)) == ACCOUNT
    clock.shift(timedelta(hours=1))
    return telephone


def test_after_the_password_comes_the_code(app: Flask, telephone: pyotp.TOTP) -> None:
    client, led = enter(app)
    assert led.startswith(CODE)
    assert client.get("/office/").status_code == 302
    assert type_code(client, CODE, "000000") == ""
    assert client.get("/office/").status_code == 302
    spaced = f"{moment_code(telephone)[:3]} {moment_code(telephone)[3:]}"
    assert type_code(client, CODE, spaced) == "/office/"
    assert client.get("/office/stock/").status_code == 200


@pytest.mark.parametrize(("seconds", "works"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_the_clock_of_a_telephone_may_differ_by_half_a_minute(
    app: Flask, telephone: pyotp.TOTP, seconds: int, works: bool
) -> None:
    client, _ = enter(app)
    code = telephone.at(now() + timedelta(seconds=seconds))
    assert (type_code(client, CODE, code) != "") == works


def test_a_code_works_once(app: Flask, telephone: pyotp.TOTP) -> None:
    code = moment_code(telephone)
    assert type_code(enter(app)[0], CODE, code) == "/office/"
    assert type_code(enter(app)[0], CODE, code) == ""


def test_codes_cannot_be_guessed_one_after_the_other(app: Flask, telephone: pyotp.TOTP) -> None:
    client, _ = enter(app)
    for _ in range(lockout.MOST):
        assert type_code(client, CODE, "000000") == ""
    assert type_code(client, CODE, moment_code(telephone)) == ""
    other, led = enter(app)
    assert led.startswith(CODE)
    assert type_code(other, CODE, moment_code(telephone)) == ""


def test_a_code_without_the_password_opens_nothing(app: Flask, telephone: pyotp.TOTP) -> None:
    for url in (CODE, RECOVERY, "/staff/wan-signin", "/staff/tf-select"):
        assert app.test_client().get(url).status_code in (302, 404)
    client = app.test_client()
    token = Page.open(client, "/staff/login").fields("/staff/login")["csrf_token"]
    client.post(CODE, data={"csrf_token": token, "code": moment_code(telephone)})
    assert client.get("/office/").status_code == 302


def recovery_codes(client: FlaskClient) -> list[str]:
    page = Page.of(client.post(CODES, data=Page.open(client, CODES).fields(CODES)))
    return [each.text or "" for each in page.tree.iter("code")]


def test_a_recovery_code_replaces_the_telephone_once(app: Flask, telephone: pyotp.TOTP) -> None:
    client, _ = enter(app)
    type_code(client, CODE, moment_code(telephone))
    codes = recovery_codes(client)
    assert len(set(codes)) == 10
    kept = str(db_value(app, "mf_recovery_codes"))
    assert not [code for code in codes if code in kept]
    assert codes[0] not in Page.open(client, "/office/account/").text
    lost, _ = enter(app)
    assert type_code(lost, RECOVERY, "0000-0000-0000") == ""
    assert type_code(lost, RECOVERY, codes[0].upper().replace("-", " ")) == "/office/"
    again, _ = enter(app)
    assert type_code(again, RECOVERY, codes[0]) == ""
    assert "il en reste 9" in Page.open(lost, "/office/account/").words()


def db_value(app: Flask, name: str) -> object:
    with app.app_context():
        return db.session.execute(db.text(f"SELECT {name} FROM staff_member WHERE email = '{EMAIL}'")).scalar()


def test_who_sets_it_up_is_led_to_recovery_codes(app: Flask) -> None:
    client, _ = enter(app)
    telephone, url = start(client)
    type_code(client, url, moment_code(telephone))
    assert client.get("/office/").location == CODES
    assert client.get("/office/").status_code == 200


def test_setting_up_needs_the_right_code_and_a_fresh_sign_in(app: Flask, clock: time_machine.Traveller) -> None:
    client, _ = enter(app)
    _telephone, url = start(client)
    assert type_code(client, url, "000000") == ""
    assert db_value(app, "tf_totp_secret") is None
    clock.shift(timedelta(minutes=31))
    assert client.get(SETUP).location.startswith("/staff/verify")


def test_the_key_is_kept_encrypted_and_lives_through_a_rotation(
    app: Flask, telephone: pyotp.TOTP, tmp_path: Path
) -> None:
    assert telephone.secret not in str(db_value(app, "tf_totp_secret"))
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    rotated = make_app(url, tmp_path, SECRET_KEY="another key, long enough", SECRET_KEY_FALLBACKS=[KEY])
    before = db_value(app, "tf_totp_secret")
    assert type_code(enter(rotated)[0], CODE, moment_code(telephone)) == "/office/"
    assert db_value(app, "tf_totp_secret") != before
    later = make_app(url, tmp_path, SECRET_KEY="another key, long enough")
    with time_machine.travel(now() + timedelta(minutes=2), tick=False):
        assert type_code(enter(later)[0], CODE, moment_code(telephone)) == "/office/"
    for other in (rotated, later):
        with other.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.mark.parametrize(
    ("required", "role", "asked"),
    [
        ("never", StaffRole.ADMINISTRATOR, False),
        ("administrator", StaffRole.ADMINISTRATOR, True),
        ("administrator", StaffRole.COORDINATOR, False),
        ("coordinator", StaffRole.COORDINATOR, True),
        ("coordinator", StaffRole.OFFICE, False),
        ("office", StaffRole.OFFICE, True),
        ("office", StaffRole.VOLUNTEER, False),
    ],
)
def test_a_role_that_needs_a_second_step_sets_it_up_before_anything_else(
    app: Flask, office: Office, required: str, role: StaffRole, asked: bool
) -> None:
    app.config["TWO_STEP_REQUIRED"] = required
    client = office(role)
    answer = client.get("/office/account/")
    assert (answer.status_code, answer.headers.get("Location")) == ((302, SETUP) if asked else (200, None))


def test_a_first_sign_in_sets_up_what_is_required_and_then_signs_in(app: Flask) -> None:
    app.config["TWO_STEP_REQUIRED"] = "coordinator"
    client, led = enter(app)
    assert led == SETUP
    assert client.get("/office/").status_code == 302
    telephone, url = start(client)
    assert url == CODE
    assert type_code(client, url, "000000") == ""
    assert type_code(client, url, moment_code(telephone)) == "/office/"
    assert client.get("/office/").location == CODES
    fields = Page.open(client, SETUP).fields(SETUP)
    Page.of(client.post(SETUP, data={**fields, "setup": "disable"}))
    assert db_value(app, "tf_totp_secret") is not None


def test_whoever_need_not_have_it_may_switch_it_off(app: Flask, telephone: pyotp.TOTP) -> None:
    client, _ = enter(app)
    type_code(client, CODE, moment_code(telephone))
    fields = Page.open(client, SETUP).fields(SETUP)
    client.post(SETUP, data={**fields, "setup": "disable"})
    assert enter(app)[1] == "/office/"
    with app.app_context():
        noted = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert [each for each in noted if "two-step" in each] == [
        "two-step sign-in set up",
        "two-step sign-in switched off",
    ]


def test_who_lost_the_telephone_is_helped_by_an_administrator_or_from_the_terminal(
    app: Flask, telephone: pyotp.TOTP, office: Office
) -> None:
    boss = office(StaffRole.ADMINISTRATOR)
    with app.app_context():
        member = accounts.find_member(EMAIL)
        assert member is not None
        url = f"/office/staff/{member.id}"
    assert boss.post(f"{url}/two-step", data=Page.open(boss, url).fields(f"{url}/two-step")).status_code == 303
    client, led = enter(app)
    assert led == "/office/"
    second, check = start(client)
    assert type_code(client, check, moment_code(second)) == ACCOUNT
    assert enter(app)[1].startswith(CODE)
    done = app.test_cli_runner().invoke(args=["staff", "unlock", EMAIL, "--two-step"])
    assert done.exit_code == 0
    assert enter(app)[1] == "/office/"


def test_the_mail_to_nobody_that_flask_security_knows_is_not_there(app: Flask, telephone: pyotp.TOTP) -> None:
    client, _ = enter(app)
    assert client.get("/staff/tf-rescue").status_code == 404
    assert PASSWORD not in Page.open(client, CODE).text

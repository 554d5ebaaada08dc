"""`flask staff add`: an account that can sign in at once."""

import pytest
from flask import Flask

from orders.clock import local_day, now
from orders.staff import accounts
from orders.staff.models import StaffRole


def test_an_account_with_a_password_from_standard_input_need_not_change_it(app: Flask) -> None:
    done = app.test_cli_runner().invoke(
        args=["staff", "add", "Marie@Example.org", "--role", "coordinator", "--password-stdin"],
        input="correct horse battery\n",
    )
    assert (done.exit_code, done.stdout) == (0, "marie@example.org can sign in as coordinator\n")
    with app.app_context():
        member = accounts.find_member("marie@example.org")
        assert member is not None
        assert (member.role, member.must_change_password) == (StaffRole.COORDINATOR, False)


def test_a_volunteer_s_account_ends_tonight_unless_a_day_is_given(app: Flask) -> None:
    run, arguments = app.test_cli_runner(), ["--role", "volunteer", "--password-stdin"]
    today = local_day(now())
    done = run.invoke(args=["staff", "add", "lea@example.org", *arguments], input="correct horse battery\n")
    assert done.stdout == f"lea@example.org can sign in as volunteer until {today}\n"
    given = ["staff", "add", "paul@example.org", *arguments, "--until", "2098-12-31"]
    assert run.invoke(args=given, input="correct horse battery\n").stdout.endswith("until 2098-12-31\n")
    far = ["staff", "add", "zoe@example.org", *arguments, "--until", "9999-12-31"]
    assert run.invoke(args=far, input="correct horse battery\n").exit_code == 1


def test_without_a_password_one_is_made_up_and_must_be_changed(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["staff", "add", "marie@example.org", "--role", "office"], input="")
    assert done.exit_code == 0
    assert "one-time password: " in done.stdout
    with app.app_context():
        member = accounts.find_member("marie@example.org")
        assert member is not None
        assert member.must_change_password


@pytest.mark.parametrize(
    ("arguments", "told", "code"),
    [
        (["marie", "--role", "office", "--password-stdin"], "marie is no e-mail address", 1),
        (["marie@example.org", "--role", "chief", "--password-stdin"], "Invalid value for '--role'", 2),
        (["marie@example.org", "--role", "office", "--until", "tomorrow", "--password-stdin"], "--until", 2),
        (["marie@example.org", "--role", "office", "--until", "2020-01-01", "--password-stdin"], "is over", 1),
        (["marie@example.org", "--password-stdin"], "Missing option '--role'", 2),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_added(app: Flask, arguments: list[str], told: str, code: int) -> None:
    done = app.test_cli_runner().invoke(args=["staff", "add", *arguments], input="correct horse battery\n")
    assert (done.exit_code, told in done.stderr) == (code, True), done.output
    with app.app_context():
        assert accounts.find_member("marie@example.org") is None


def test_a_short_password_and_a_second_account_are_refused(app: Flask) -> None:
    run = app.test_cli_runner()
    arguments = ["staff", "add", "marie@example.org", "--role", "office", "--password-stdin"]
    assert "at least 12 characters" in run.invoke(args=arguments, input="short\n").stderr
    assert run.invoke(args=arguments, input="long enough, this one\n").exit_code == 0
    again = run.invoke(args=arguments, input="long enough, this one\n")
    assert (again.exit_code, "has an account already" in again.stderr) == (1, True)

"""`flask staff`: accounts."""

import sys
from datetime import MAXYEAR, date

import click
from flask.cli import AppGroup

from orders.clock import now
from orders.commands.console import refuse
from orders.database import transact
from orders.days import read_day
from orders.staff import accounts, lockout, two_step
from orders.staff.journal import Actor
from orders.staff.models import AccountExists, ImpossibleEnd, StaffRole, UnusableEmail
from orders.staff.passwords import CommonPassword, TooShortPassword

staff = AppGroup("staff", help="Accounts of the staff.")


def _day(_context: click.Context, _option: click.Parameter, typed: str | None) -> date | None:
    found = read_day(typed or "", last_year=MAXYEAR)
    if typed and found is None:
        raise click.BadParameter(f"{typed} is no day such as 2026-12-31 or 31/12/2026")
    return found


@staff.command("add")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in StaffRole]), required=True)
@click.option("--until", callback=_day, help="The last day on which the account works; today for a volunteer.")
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")
def add(email: str, role: str, until: date | None, password_stdin: bool) -> None:
    """Open an account for EMAIL. Without --password-stdin it asks for the password, or makes one and prints it."""
    password = _password(password_stdin)
    made_up = password is None
    password = password or accounts.one_time_password()
    try:
        member = transact(
            accounts.add_member,
            email,
            StaffRole(role),
            password,
            at=now(),
            by=Actor("command"),
            until=until,
            must_change_password=made_up,
        )
    except ImpossibleEnd as refusal:
        refuse(f"--until {refusal.day}: the account would never work: that day is over, or too far away")
    except AccountExists as refusal:
        refuse(f"{refusal.email} has an account already")
    except UnusableEmail as refusal:
        refuse(f"{refusal.email} is no e-mail address: {refusal.why}")
    except TooShortPassword as refusal:
        refuse(f"the password must have at least {refusal.shortest} characters; a short sentence is a good one")
    except CommonPassword:
        refuse("the password is one of the first that anybody would try; take a few words that nothing connects")
    ending = f" until {member.last_day}" if member.last_day else ""
    click.echo(f"{member.email} can sign in as {role}{ending}")
    if made_up:
        click.echo(f"one-time password: {password}")


@staff.command("unlock")
@click.argument("email")
@click.option("--two-step", "lost", is_flag=True, help="Take away the second step too: telephone and codes are lost.")
def unlock(email: str, lost: bool) -> None:
    """Let EMAIL sign in again at once after too many wrong passwords."""
    member = accounts.find_member(email)
    if member is None:
        refuse(f"{email} has no account")
    transact(lockout.unlock, member, at=now(), by=Actor("command"))
    if lost:
        transact(two_step.take_away, member.id, at=now(), by=Actor("command"))
    click.echo(f"{member.email} can sign in again")


def _password(password_stdin: bool) -> str | None:
    if password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        return None
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))

"""`flask staff`: accounts."""

import sys
from datetime import datetime

import click
from flask.cli import AppGroup

from orders.clock import now
from orders.commands.output import refuse
from orders.database import transact
from orders.staff import accounts
from orders.staff.journal import Actor
from orders.staff.models import AccountExists, ImpossibleEnd, StaffRole, UnusableEmail, UnusablePassword

staff = AppGroup("staff", help="Accounts of the staff.")


@staff.command("add")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in StaffRole]), required=True)
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day on which the account works; today for a volunteer."
)
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")
def add(email: str, role: str, until: datetime | None, password_stdin: bool) -> None:
    """Open an account for EMAIL. Without --password-stdin it asks for the password, or makes one and prints it."""
    last_day = until.date() if until else None
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
            until=last_day,
            must_change_password=made_up,
        )
    except ImpossibleEnd as refusal:
        refuse(f"--until {refusal.day}: the account would never work: that day is over, or too far away")
    except AccountExists as refusal:
        refuse(f"{refusal.email} has an account already")
    except UnusableEmail as refusal:
        refuse(f"{refusal.email} is no e-mail address: {refusal.why}")
    except UnusablePassword as refusal:
        refuse(f"the password must have at least {refusal.shortest} characters")
    ending = f" until {member.last_day}" if member.last_day else ""
    click.echo(f"{member.email} can sign in as {role}{ending}")
    if made_up:
        click.echo(f"one-time password: {password}")


def _password(password_stdin: bool) -> str | None:
    if password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        return None
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))

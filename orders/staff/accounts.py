"""Accounts of the staff: made by a command, ended by a day."""

import secrets
from datetime import date, datetime

from email_validator import EmailNotValidError, validate_email
from flask_security import hash_password
from sqlalchemy import func, select

from orders.database import db
from orders.staff import journal
from orders.staff.journal import Actor
from orders.staff.models import (
    AccountExists,
    StaffMember,
    StaffRole,
    UnusableEmail,
    UnusablePassword,
    first_moment_after,
)

SHORTEST_PASSWORD = 8


def find_member(email: str) -> StaffMember | None:
    return db.session.scalar(select(StaffMember).where(func.lower(StaffMember.email) == email.lower()))


def has_administrator() -> bool:
    return bool(
        db.session.scalar(
            select(func.count()).select_from(StaffMember).where(StaffMember.role == StaffRole.ADMINISTRATOR)
        )
    )


def add_member(
    email: str,
    role: StaffRole,
    password: str,
    *,
    at: datetime,
    by: Actor,
    until: date | None = None,
    must_change_password: bool = False,
) -> StaffMember:
    """Open an account that works until the day `until` is over, or until somebody ends it.

    Refuses with `UnusableEmail`, `UnusablePassword` or `AccountExists`.
    """
    try:
        address = validate_email(email, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise UnusableEmail(email, str(error)) from None
    if len(password) < SHORTEST_PASSWORD:
        raise UnusablePassword(SHORTEST_PASSWORD)
    if find_member(address) is not None:
        raise AccountExists(address)
    member = StaffMember(
        email=address,
        role=role,
        password=hash_password(password),
        must_change_password=must_change_password,
        ends_at=first_moment_after(until) if until else None,
        created_at=at,
    )
    db.session.add(member)
    db.session.flush()
    journal.record("added", f"staff {member.id}", at=at, by=by, after={"role": role.value})
    return member


def one_time_password() -> str:
    """A password to be typed once from a terminal: letters that are not mistaken for one another."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))

"""Accounts of the staff: opened, given another role, ended by a day or at once."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import Select, func, select

from orders.clock import local_day
from orders.database import db
from orders.staff import journal, passwords, sessions
from orders.staff.journal import Actor
from orders.staff.models import (
    AccountExists,
    ErasedMember,
    ImpossibleEnd,
    LastAdministrator,
    StaffMember,
    StaffRole,
    UnknownMember,
    UnusableEmail,
    first_moment_after,
)

LAST_YEAR = 2099


def find_member(email: str) -> StaffMember | None:
    return db.session.scalar(select(StaffMember).where(func.lower(StaffMember.email) == email.lower()))


def is_legacy_hash(email: str) -> bool:
    """Whether the password of this account will be kept anew when it is next used."""
    member = find_member(email)
    return member is not None and passwords.is_legacy_hash(member.password)


def get_member(member_id: int) -> StaffMember:
    member = db.session.get(StaffMember, member_id)
    if member is None:
        raise UnknownMember(member_id)
    return member


def members() -> Sequence[StaffMember]:
    """Every account there ever was, by e-mail."""
    return db.session.scalars(select(StaffMember).order_by(StaffMember.email)).all()


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

    That of a volunteer always ends: tonight, where no day is given. Refuses with `UnusableEmail`,
    `AccountExists`, `passwords.UnusablePassword` or `ImpossibleEnd`.
    """
    try:
        address = validate_email(email, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise UnusableEmail(email, str(error)) from None
    if find_member(address) is not None:
        raise AccountExists(address)
    member = StaffMember(
        email=address,
        role=role,
        password=passwords.hashed(password, address),
        must_change_password=must_change_password,
        ends_at=_end(role, until, at),
        created_at=at,
    )
    db.session.add(member)
    db.session.flush()
    journal.record("added", f"staff {member.id}", at=at, by=by, after=_terms(member))
    return member


def change_terms(member_id: int, role: StaffRole, until: date | None, *, at: datetime, by: Actor) -> StaffMember:
    """Give an account this role until this day is over (`None`: no end, but a volunteer's ends tonight).

    An account that has ended works again. Refuses with `ImpossibleEnd`, `LastAdministrator` and `ErasedMember`.
    """
    member = lock_member(member_id)
    if member.is_erased:
        raise ErasedMember
    before, was, end = _terms(member), (member.role, member.ends_at, member.active), _end(role, until, at)
    if role is not StaffRole.ADMINISTRATOR or end is not None:
        _keep_an_administrator(member)
    member.role, member.ends_at, member.active = role, end, True
    if was != (role, end, True):  # one that ended today has the same last day when it works again
        journal.record("changed", f"staff {member.id}", at=at, by=by, before=before, after=_terms(member))
    return member


def end(member_id: int, *, at: datetime, by: Actor) -> StaffMember:
    """End an account now; it stays in the list and in the journal. Refuses with `LastAdministrator`."""
    member = lock_member(member_id)
    if member.ends_at is not None and member.ends_at <= at:
        return member
    _keep_an_administrator(member)
    member.ends_at = at
    sessions.end_all(member)
    journal.record("ended", f"staff {member.id}", at=at, by=by)
    return member


def end_sessions(member_id: int, *, at: datetime, by: Actor) -> StaffMember:
    """Sign somebody out on every machine; they may sign in again."""
    member = lock_member(member_id)
    sessions.end_all(member)
    journal.record("sessions ended", f"staff {member.id}", at=at, by=by)
    return member


def lock_member(member_id: int) -> StaffMember:
    """An account, read afresh behind the administrators, so that two of them cannot end each other at once."""
    db.session.scalars(_administrators().with_for_update().execution_options(populate_existing=True)).all()
    member = db.session.get(StaffMember, member_id, with_for_update=True, populate_existing=True)
    if member is None:
        raise UnknownMember(member_id)
    return member


def _administrators() -> Select[StaffMember]:
    return select(StaffMember).where(StaffMember.role == StaffRole.ADMINISTRATOR).order_by(StaffMember.id)


def _keep_an_administrator(leaving: StaffMember) -> None:
    """Refuse unless another administrator's account without an end remains."""
    if leaving.role is not StaffRole.ADMINISTRATOR:
        return
    staying = _administrators().where(
        StaffMember.id != leaving.id, StaffMember.active.is_(True), StaffMember.ends_at.is_(None)
    )
    if db.session.scalar(staying.limit(1)) is None:
        raise LastAdministrator


def _end(role: StaffRole, until: date | None, at: datetime) -> datetime | None:
    """The moment at which an account ends whose last day is this one."""
    today = local_day(at)
    if until is not None and not (until >= today and until.year <= LAST_YEAR):
        raise ImpossibleEnd(until)
    if until is None and role is StaffRole.VOLUNTEER:
        until = today
    return first_moment_after(until) if until else None


def _terms(member: StaffMember) -> dict[str, str | None]:
    return {"role": member.role.value, "last_day": member.last_day.isoformat() if member.last_day else None}


def one_time_password() -> str:
    """A password to be typed once from a terminal: letters that are not mistaken for one another."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def working_members(role: StaffRole, *, at: datetime) -> Sequence[StaffMember]:
    """Everybody with this role or more whose account works at that moment."""
    members = db.session.scalars(
        select(StaffMember)
        .where(StaffMember.active, (StaffMember.ends_at.is_(None)) | (StaffMember.ends_at > at))
        .order_by(StaffMember.id)
    )
    return [member for member in members if member.role.includes(role)]

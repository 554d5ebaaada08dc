"""Sessions of the staff, kept in the database: begun, gone on with, listed, ended one by one or all.

A remembered device has a secret in a cookie, good for one use, with which its session goes on after a pause. A second
use means that it was copied: all sessions of its account end. The cookie is signed, so that nobody can end somebody
else's sessions with a made-up one.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from orders.database import db
from orders.errors import NotFound
from orders.staff import journal, lockout
from orders.staff.journal import Actor
from orders.staff.models import StaffMember
from orders.staff.session_limits import SessionLimits
from orders.staff.session_models import StaffSession
from orders.staff.user_agents import Program
from orders.web import signing

LONGEST = timedelta(days=30)  # for a remembered device
PURPOSE = "device"
SEVERAL_TABS = timedelta(minutes=1)  # a browser that opens again asks for all its tabs at once


class UnknownSession(NotFound):
    """It has ended, or is somebody else's."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that began or goes on. `cookie`: what a remembered device holds from now on; None: what it holds."""

    name: str
    member_id: int
    ends_at: datetime
    cookie: str | None


def begin(
    member_id: int, program: Program, address: str, *, limits: SessionLimits, remember: bool, at: datetime
) -> SignedIn:
    """A sign-in. With `remember` the device signs in again by itself, for thirty days at most."""
    secret = secrets.token_urlsafe(32) if remember else ""
    session = StaffSession(
        name=secrets.token_hex(16),
        member_id=member_id,
        began_at=at,
        seen_at=at,
        ends_at=at + (min(limits.longest, LONGEST) if remember else limits.longest),
        address=address[:45],
        browser=program.browser,
        system=program.system,
        digest=_digest(secret) if remember else "",
        renewed_at=at,
    )
    db.session.execute(delete(StaffSession).where(StaffSession.ends_at <= at))
    db.session.add(session)
    lockout.forget(db.session.get_one(StaffMember, member_id).email)
    journal.record("signed in", f"staff {member_id}", at=at, by=Actor("office", member_id))
    return SignedIn(session.name, member_id, session.ends_at, _cookie(session, secret) if remember else None)


def find(name: str, member_id: int, limits: SessionLimits, *, at: datetime) -> StaffSession | None:
    """The session of this name, unless it has ended, by its limits or by somebody."""
    session = db.session.get(StaffSession, name)
    if session is None or session.member_id != member_id or session.ends_at <= at:
        return None
    return None if limits.is_over(session.began_at, session.seen_at, at=at) else session


def note_page(name: str, *, at: datetime) -> None:
    """A page was opened in this session."""
    session = db.session.get(StaffSession, name)
    if session is not None:
        session.seen_at = at


def resume(cookie: str, *, at: datetime) -> SignedIn | None:
    """The session of the remembered device that holds this cookie goes on; the cookie is used up by it."""
    session, secret = _read(cookie)
    if session is None or session.ends_at <= at:
        return None
    member = db.session.get_one(StaffMember, session.member_id)
    if not member.is_active:
        return None
    if _is(secret, session.digest):
        renewed = secrets.token_urlsafe(32)
        session.previous_digest, session.digest, session.renewed_at = session.digest, _digest(renewed), at
        session.seen_at = at
        return SignedIn(session.name, member.id, session.ends_at, _cookie(session, renewed))
    if _is(secret, session.previous_digest) and abs(at - (session.renewed_at or at)) <= SEVERAL_TABS:
        return SignedIn(session.name, member.id, session.ends_at, None)
    end_all(member)
    journal.record("cookie used twice", f"staff {member.id}", at=at, by=Actor("web"))
    return None


def open_sessions(member_id: int, limits: SessionLimits, *, at: datetime) -> Sequence[StaffSession]:
    """The sessions of an account that go on, the latest sign-in first."""
    sessions = db.session.scalars(
        select(StaffSession)
        .where(StaffSession.member_id == member_id, StaffSession.ends_at > at)
        .order_by(StaffSession.began_at.desc(), StaffSession.name)
    )
    return [each for each in sessions if each.is_remembered or not limits.is_over(each.began_at, each.seen_at, at=at)]


def end(name: str, member_id: int, *, at: datetime, by: Actor) -> None:
    """End one session of an account. Refuses with `UnknownSession`."""
    ended = db.session.execute(
        delete(StaffSession).where(StaffSession.name == name, StaffSession.member_id == member_id)
    )
    if not ended.rowcount:  # type: ignore[attr-defined]
        raise UnknownSession(name)
    journal.record("session ended", f"staff {member_id}", at=at, by=by)


def end_others(member_id: int, staying: str, *, at: datetime, by: Actor) -> None:
    """End every session of an account but this one."""
    db.session.execute(delete(StaffSession).where(StaffSession.member_id == member_id, StaffSession.name != staying))
    journal.record("sessions ended", f"staff {member_id}", at=at, by=by)


def end_all(member: StaffMember) -> None:
    """Every cookie of this account stops working, on every machine and every remembered device."""
    member.fs_uniquifier = secrets.token_hex(16)
    forget_all(member.id)


def forget_all(member_id: int) -> None:
    db.session.execute(delete(StaffSession).where(StaffSession.member_id == member_id))


def _cookie(session: StaffSession, secret: str) -> str:
    return signing.sign(f"{session.name}.{secret}", PURPOSE)


def _read(cookie: str) -> tuple[StaffSession | None, str]:
    name, _, secret = (signing.read(cookie, PURPOSE) or "").partition(".")
    return db.session.get(StaffSession, name, with_for_update=True, populate_existing=True), secret


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _is(secret: str, digest: str) -> bool:
    return hmac.compare_digest(_digest(secret), digest)

"""Lock-out: after many wrong passwords in a row nobody tries another one for a quarter of an hour.

It is counted by the address that was typed, whether or not it has an account, so that answers say and take the same. It
cannot keep anybody out for long: it ends by itself however many more try, it does not hold on a browser in which the
person signed in before (`signin.known_browsers`), and a new password by mail ends it, as does `flask staff unlock`.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, text

from orders.database import db
from orders.staff import journal
from orders.staff.journal import Actor
from orders.staff.models import StaffMember
from orders.staff.signin_models import FailedSignin

MOST = 10
CLOSED = timedelta(minutes=15)
FORGOTTEN = timedelta(days=1)
CODE, AGAIN = "code", "again"  # a code after the right password; the password once more
PASSWORD = "password"  # noqa: S105 -- what was typed


def note_failure(email: str, member: StaffMember | None, *, what: str = PASSWORD, at: datetime) -> None:
    """Somebody typed a wrong password, or a wrong code after the right password. While closed nothing is counted."""
    db.session.execute(delete(FailedSignin).where(FailedSignin.last_at < at - FORGOTTEN))
    failed = _locked(email, what, at)
    failed.last_at = at
    if _is_closed(failed, at):
        return
    failed.closed_until, failed.attempts = None, failed.attempts + 1
    if failed.attempts >= MOST:
        failed.closed_until, failed.attempts = at + CLOSED, 0
        if member is not None:
            journal.record("locked out", f"staff {member.id}", at=at, by=Actor("web"))


def is_closed(email: str, *, what: str = PASSWORD, at: datetime) -> bool:
    failed = db.session.get(FailedSignin, _name(email, what))
    return failed is not None and _is_closed(failed, at)


def forget(email: str) -> None:
    """Who signed in, or proved by a mail to be the reader of this address, begins anew."""
    names = [_name(email, what) for what in (PASSWORD, CODE, AGAIN)]
    db.session.execute(delete(FailedSignin).where(FailedSignin.name.in_(names)))


def unlock(member: StaffMember, *, at: datetime, by: Actor) -> None:
    forget(member.email)
    journal.record("unlocked", f"staff {member.id}", at=at, by=by)


def _is_closed(failed: FailedSignin, at: datetime) -> bool:
    """An end further away than `CLOSED` was written by a clock that was ahead, and holds nobody back."""
    return failed.closed_until is not None and at < failed.closed_until <= at + CLOSED


def _locked(email: str, what: str, at: datetime) -> FailedSignin:
    name = _name(email, what)
    db.session.execute(
        text("INSERT INTO failed_signin (name, attempts, last_at) VALUES (:name, 0, :at) ON CONFLICT DO NOTHING"),
        {"name": name, "at": at.isoformat(sep=" ")},
    )
    return db.session.get_one(FailedSignin, name, with_for_update=True, populate_existing=True)


def _name(email: str, what: str) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, f"{what} {email.strip().lower()}".encode(), hashlib.sha256).hexdigest()

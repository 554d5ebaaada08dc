"""Links with which somebody chooses a password: of an invitation, and for who forgot theirs. Good once, for a day."""

from datetime import date, datetime, timedelta

from flask_security.recoverable import generate_reset_password_token

from orders.database import db
from orders.mail import outbox, signed_links
from orders.mail.models import OutgoingMail
from orders.staff import accounts, journal, lockout, sessions
from orders.staff.journal import Actor
from orders.staff.models import StaffMember, StaffRole

GOOD_FOR = timedelta(days=1)
AN_HOUR = timedelta(hours=1)


def invite(
    email: str, role: StaffRole, *, until: date | None = None, language: str, at: datetime, by: Actor
) -> StaffMember:
    """Open an account and mail a link with which its owner chooses the password. Refuses as `accounts.add_member`."""
    member = accounts.add_member(email, role, accounts.one_time_password(), at=at, by=by, until=until)
    return _invite(member, language, at=at, by=by)


def invite_again(member_id: int, *, language: str, at: datetime, by: Actor) -> StaffMember:
    """Mail another link: of an invitation that nobody used yet (the one before ends), or for a new password."""
    member = accounts.lock_member(member_id)
    if member.invited_at is not None:
        sessions.end_all(member)
        return _invite(member, language, at=at, by=by)
    _post(member, "staff_password_link", language, at=at)
    journal.record("password link mailed", f"staff {member.id}", at=at, by=by)
    return member


def _invite(member: StaffMember, language: str, *, at: datetime, by: Actor) -> StaffMember:
    member.invited_at = at
    _post(member, "staff_invitation", language, at=at)
    journal.record("invited", f"staff {member.id}", at=at, by=by)
    return member


def request(email: str, *, language: str, at: datetime) -> None:
    """Somebody forgot the password of this address: mail a link, at most one in a quarter of an hour or so.

    Where there is no such account, or it has ended, the same is done for nobody and thrown away: neither the answer nor
    its time says which addresses have accounts.
    """
    member = accounts.find_member(email)
    lately = outbox.was_posted(email.strip().lower(), "staff_password_link", since=at - AN_HOUR / 4)
    is_told = member is not None and member.is_active and not lately
    mail = _post(member if member is not None and is_told else _nobody(), "staff_password_link", language, at=at)
    db.session.flush()
    if not is_told:
        db.session.delete(mail)


def password_is_chosen(member: StaffMember, *, language: str, at: datetime) -> None:
    """The account has a password of its owner's own: what was before ends, and the owner is told."""
    member.must_change_password, member.invited_at = False, None
    sessions.forget_all(member.id)
    lockout.forget(member.email)
    outbox.post(member.email, "staff_password_changed", language=language, at=at)
    journal.record("password changed", f"staff {member.id}", at=at, by=Actor("office", member.id))


def _nobody() -> StaffMember:
    return StaffMember(email="nobody@example.invalid", password="*", fs_uniquifier="nobody")  # noqa: S106 -- none


def _post(member: StaffMember, kind: str, language: str, *, at: datetime) -> OutgoingMail:
    link = signed_links.page("security.reset_password", token=generate_reset_password_token(member))  # type: ignore[no-untyped-call]
    return outbox.post(member.email, kind, language=language, at=at, link=link, email=member.email)

"""Staying signed in on a device: a secret in a cookie, good for one use, with which the browser signs in again.

A second use means that it was copied: all sessions of its account end. The cookie is signed, so that nobody can end
somebody else's sessions with a made-up one.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from orders.database import db
from orders.staff import journal
from orders.staff.device_models import RememberedDevice
from orders.staff.journal import Actor
from orders.staff.models import StaffMember
from orders.web import signing

LONGEST = timedelta(days=30)
PURPOSE = "device"
SEVERAL_TABS = timedelta(minutes=1)  # a browser that opens again asks for all its tabs at once


@dataclass(frozen=True, slots=True)
class RememberedLogin:
    """Who signed in on the device and when. `cookie`: what it holds from now on; None: what it holds already."""

    member_id: int
    signed_in_at: datetime
    ends_at: datetime
    cookie: str | None


def remember(member_id: int, *, longest: timedelta, at: datetime) -> RememberedLogin:
    """Stay signed in on a device for `longest`, thirty days at most."""
    secret = secrets.token_urlsafe(32)
    ends_at = at + min(longest, LONGEST)
    device = RememberedDevice(
        name=secrets.token_hex(8),
        member_id=member_id,
        digest=_digest(secret),
        signed_in_at=at,
        renewed_at=at,
        ends_at=ends_at,
    )
    _forget_what_ended(at)
    db.session.add(device)
    return RememberedLogin(member_id, at, ends_at, _cookie(device, secret))


def redeem(cookie: str, *, at: datetime) -> RememberedLogin | None:
    """Who is remembered on the device with this cookie; the cookie is used up by it."""
    device, secret = _read(cookie)
    if device is None or device.ends_at <= at:
        return None
    member = db.session.get_one(StaffMember, device.member_id)
    if not member.is_active:
        return None
    if _is(secret, device.digest):
        renewed = secrets.token_urlsafe(32)
        device.previous_digest, device.digest, device.renewed_at = device.digest, _digest(renewed), at
        return RememberedLogin(member.id, device.signed_in_at, device.ends_at, _cookie(device, renewed))
    if _is(secret, device.previous_digest) and abs(at - device.renewed_at) <= SEVERAL_TABS:
        return RememberedLogin(member.id, device.signed_in_at, device.ends_at, None)
    end_sessions(member)
    journal.record("cookie used twice", f"staff {member.id}", at=at, by=Actor("web"))
    return None


def end_sessions(member: StaffMember) -> None:
    """Every cookie of this account stops working, on every machine and every remembered device."""
    member.fs_uniquifier = secrets.token_hex(16)
    forget_all(member.id)


def forget_all(member_id: int) -> None:
    db.session.execute(delete(RememberedDevice).where(RememberedDevice.member_id == member_id))


def _forget_what_ended(at: datetime) -> None:
    db.session.execute(delete(RememberedDevice).where(RememberedDevice.ends_at <= at))


def _cookie(device: RememberedDevice, secret: str) -> str:
    return signing.sign(f"{device.name}.{secret}", PURPOSE)


def _read(cookie: str) -> tuple[RememberedDevice | None, str]:
    name, _, secret = (signing.read(cookie, PURPOSE) or "").partition(".")
    return db.session.get(RememberedDevice, name, with_for_update=True, populate_existing=True), secret


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _is(secret: str, digest: str) -> bool:
    return hmac.compare_digest(_digest(secret), digest)

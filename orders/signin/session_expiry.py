"""When sessions expire: two limits for every session, by role, and a cookie for remembered devices.

A session ends after so long without a page and so long after the sign-in (`session_limits`). On a remembered device it
begins again by itself (`remembered_devices`), but never later than the second of these.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import Flask, Response, after_this_request, current_app, request, session
from flask_login import current_user, login_user, user_logged_in, user_logged_out

from orders.clock import now
from orders.database import db
from orders.staff import remembered_devices
from orders.staff.models import StaffMember
from orders.staff.remembered_devices import RememberedLogin
from orders.staff.session_limits import TOUCHED, session_limits

DOORS = ("office", "security")  # blueprints for which a device signs in again; no other page asks who one is
BEGAN, SEEN = "began", "seen"  # in the session: seconds

Keep = Callable[..., Any]


def init_app(app: Flask, keep: Keep) -> None:
    """`keep` runs a rule and keeps what it did."""
    is_https = app.config["PUBLIC_URL"].startswith("https://")
    app.config["DEVICE_COOKIE"] = "__Host-device" if is_https else "device"
    app.config["REMEMBER_COOKIE_NAME"] = "unused"  # Flask-Login's own would be good for ever, however often it is used
    manager: Any = app.login_manager  # type: ignore[attr-defined]
    manager.user_loader(partial(_load, manager._user_callback))
    user_logged_in.connect(_begin_session, app)
    user_logged_in.connect(partial(_remember_device, keep), app, weak=False)
    user_logged_out.connect(_clear_device, app)
    app.before_request(partial(_redeem_cookie, keep))


def _load(find: Callable[[str], StaffMember | None], user_id: str) -> StaffMember | None:
    """The member of a session, unless the session is over; a session that goes on has been seen now."""
    member = find(user_id)
    if member is None:
        return None
    at = now()
    began = _moment(session.get(BEGAN, session.get("fs_paa", 0)))
    seen = _moment(session.get(SEEN, began.timestamp()))
    if session_limits(member.role, current_app.config).is_over(began, seen, at=at):
        return None
    if abs(at - seen) >= TOUCHED:
        session[SEEN] = int(at.timestamp())
    return member


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _begin_session(_app: Flask, **_: object) -> None:
    session[BEGAN] = session[SEEN] = int(now().timestamp())


def _remember_device(keep: Keep, _app: Flask, *, user: StaffMember) -> None:
    """Who ticked the box gets our cookie in place of Flask-Login's."""
    if session.pop("_remember", "") == "set":
        longest = session_limits(user.role, current_app.config).longest
        _hand_out(keep(remembered_devices.remember, user.id, longest=longest, at=now()))


def _redeem_cookie(keep: Keep) -> None:
    """Sign in again on a remembered device; not as freshly as with a password."""
    cookie = request.cookies.get(current_app.config["DEVICE_COOKIE"], "")
    if not cookie or (request.blueprint or "").split(".")[0] not in DOORS or current_user.is_authenticated:
        return
    login: RememberedLogin | None = keep(remembered_devices.redeem, cookie, at=now())
    if login is None:
        after_this_request(_without_cookie)
        return
    login_user(db.session.get_one(StaffMember, login.member_id), fresh=False)
    session[BEGAN] = int(login.signed_in_at.timestamp())
    _hand_out(login)


def _hand_out(device: RememberedLogin) -> None:
    @after_this_request
    def set_cookie(response: Response) -> Response:
        if device.cookie is not None:
            response.set_cookie(
                current_app.config["DEVICE_COOKIE"],
                device.cookie,
                max_age=device.ends_at - now(),
                secure=current_app.config["SESSION_COOKIE_SECURE"],
                httponly=True,
                samesite="Lax",
            )
        return response


def _clear_device(_app: Flask, **_: object) -> None:
    after_this_request(_without_cookie)


def _without_cookie(response: Response) -> Response:
    secure: bool = current_app.config["SESSION_COOKIE_SECURE"]
    response.delete_cookie(current_app.config["DEVICE_COOKIE"], secure=secure, httponly=True, samesite="Lax")
    return response

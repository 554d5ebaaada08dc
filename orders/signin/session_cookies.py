"""The browser's side of sessions (`staff.sessions`): which session its cookie names, and whether that goes on.

A session ends after so long without a page and so long after the sign-in (`staff.session_limits`). On a remembered
device it goes on by itself, with a cookie that is good for one use, but never later than the second of these.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from flask import Flask, Response, after_this_request, current_app, g, request, session
from flask_login import current_user, login_user, user_logged_in, user_logged_out

from orders.clock import now
from orders.database import db, transact
from orders.signin import known_browsers
from orders.staff import accounts, sessions, two_step
from orders.staff.journal import Actor
from orders.staff.models import StaffMember
from orders.staff.session_limits import session_limits
from orders.staff.session_models import StaffSession
from orders.staff.sessions import SignedIn
from orders.staff.user_agents import read_program
from orders.web.background_requests import is_in_background

DOORS = ("office", "security")  # blueprints for which a device signs in again; no other page asks who one is
SESSION = "session"  # its name, in the browser's signed cookie


def init_app(app: Flask) -> None:
    is_https = app.config["PUBLIC_URL"].startswith("https://")
    app.config["DEVICE_COOKIE"] = "__Host-device" if is_https else "device"
    app.config["REMEMBER_COOKIE_NAME"] = "unused"  # Flask-Login's own would be good for ever, however often it is used
    manager: Any = app.login_manager  # type: ignore[attr-defined]
    manager.user_loader(partial(_load, manager._user_callback))
    user_logged_in.connect(_begin, app)
    user_logged_out.connect(_end, app)
    app.before_request(_go_on)
    app.after_request(_begin_after_view)


def _load(find: Callable[[str], StaffMember | None], user_id: str) -> StaffMember | None:
    """The member of a session, unless the session is over."""
    member = find(user_id)
    if member is None or _find(member, at=now()) is None:
        return None
    return member


def _find(member: StaffMember, *, at: datetime) -> StaffSession | None:
    limits = session_limits(member.role, current_app.config)
    return sessions.find(session.get(SESSION, ""), member.id, limits, at=at)


def _begin(_app: Flask, *, user: StaffMember) -> None:
    """A sign-in: its session begins after the view."""
    if not session["_fresh"]:
        return  # a remembered device: its session goes on
    g.begin_session = partial(
        sessions.begin,
        user.id,
        read_program(request.user_agent.string),
        request.remote_addr or "",
        limits=session_limits(user.role, current_app.config),
        remember=session.pop("_remember", "") == "set",
    )


def _begin_session(begin: Callable[..., SignedIn], *, at: datetime) -> SignedIn:
    begun = begin(at=at)
    two_step.renew_encryption(accounts.get_member(begun.member_id))
    return begun


def _begin_after_view(response: Response) -> Response:
    """In a transaction of its own, behind the view and what Flask-Security commits after it."""
    begin = g.pop("begin_session", None)
    if begin is None:
        return response
    begun = transact(_begin_session, begin, at=now())
    session[SESSION] = begun.name
    known_browsers.remember(begun.member_id, response)
    return _with_cookie(begun, response)


def _go_on() -> None:
    """Sign in again on a remembered device, not as freshly as with a password; note that a page was opened."""
    if (request.blueprint or "").split(".")[0] not in DOORS:
        return
    if current_user.is_authenticated:
        if not is_in_background():
            _note_page()
        return
    cookie = request.cookies.get(current_app.config["DEVICE_COOKIE"], "")
    if not cookie:
        return
    resumed = transact(sessions.resume, cookie, at=now())
    if resumed is None:
        after_this_request(_without_cookie)
        return
    session[SESSION] = resumed.name
    login_user(db.session.get_one(StaffMember, resumed.member_id), fresh=False)
    after_this_request(partial(_with_cookie, resumed))


def _note_page() -> None:
    at = now()
    found = _find(current_user, at=at)
    if found is not None and at - found.seen_at >= session_limits(current_user.role, current_app.config).step:
        transact(sessions.note_page, found.name, at=at)


def _end(_app: Flask, *, user: StaffMember, **_: object) -> None:
    """Who signs out ends this session, and no other."""
    name = session.pop(SESSION, "")
    after_this_request(_without_cookie)
    try:
        transact(sessions.end, name, user.id, at=now(), by=Actor("office", user.id))
    except sessions.UnknownSession:
        return  # it has ended already


def _with_cookie(signed_in: SignedIn, response: Response) -> Response:
    if signed_in.cookie is not None:
        response.set_cookie(
            current_app.config["DEVICE_COOKIE"],
            signed_in.cookie,
            max_age=signed_in.ends_at - now(),
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
    return response


def _without_cookie(response: Response) -> Response:
    secure: bool = current_app.config["SESSION_COOKIE_SECURE"]
    response.delete_cookie(current_app.config["DEVICE_COOKIE"], secure=secure, httponly=True, samesite="Lax")
    return response

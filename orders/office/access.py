"""Access control: one guard before every page of the staff. A page that names no role is closed to everyone."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from orders.shipping.dispatches import lifecycle
from orders.staff.journal import Actor
from orders.staff.models import StaffRole
from orders.staff.two_step import CODES_DUE
from orders.web import fresh_signin
from orders.web.csrf import csrf

View = TypeVar("View", bound=Callable[..., Any])

office = Blueprint("office", __name__, url_prefix="/office")


def needs(role: StaffRole, *, fresh: bool = False) -> Callable[[View], View]:
    """Open a page to this role and the ones that contain it. Stands under the route's own decorator.

    `fresh`: only to who typed the password a moment ago; others type it again first (`web.fresh_signin`).
    """

    def mark(view: View) -> View:
        view.role_needed, view.fresh_needed = role, fresh  # type: ignore[attr-defined]
        return view

    return mark


def role_needed(endpoint: str) -> StaffRole | None:
    """The least role that may open an endpoint; `None` where nobody may."""
    return getattr(current_app.view_functions[endpoint], "role_needed", None)


def is_fresh_needed(endpoint: str) -> bool:
    """Whether an endpoint opens only to who signed in a moment ago."""
    return getattr(current_app.view_functions[endpoint], "fresh_needed", False)


@office.before_request
def guard() -> ResponseReturnValue | None:
    """Sign-in first, own password and second step, then the role, the token, and how long ago the sign-in was."""
    if not current_user.is_authenticated or not current_user.is_active:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    if current_user.must_change_password:
        return redirect(url_for("security.change_password"))
    if current_user.is_two_step_missing:
        return redirect(url_for("security.two_factor_setup"))
    if session.pop(CODES_DUE, False) and request.method == "GET":
        return redirect(url_for("security.mf_recovery_codes"))
    if not may_open(request.endpoint or ""):
        abort(403)
    if current_user.role is StaffRole.VOLUNTEER and _is_about_an_ended_dispatch():
        abort(403)
    csrf.protect()
    if is_fresh_needed(request.endpoint or "") and not fresh_signin.is_fresh():
        return fresh_signin.ask_again()
    return None


def _is_about_an_ended_dispatch() -> bool:
    """Volunteers see the names and addresses of a dispatch for as long as it is being packed."""
    dispatch_id = (request.view_args or {}).get("dispatch_id")
    return dispatch_id is not None and lifecycle.is_ended(dispatch_id)


def may_open(endpoint: str) -> bool:
    """Whether the signed-in member of the staff has the role for this endpoint."""
    needed = role_needed(endpoint)
    return needed is not None and current_user.is_authenticated and current_user.role.includes(needed)


def actor() -> Actor:
    """The signed-in member of the staff, for the rules and the journal."""
    return Actor("office", current_user.id)


def what_may_be_opened() -> dict[str, Any]:
    """For templates: `may_open('office.stock.index')`."""
    return {"may_open": may_open}

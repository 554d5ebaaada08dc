"""One's own account: where one is signed in, and how."""

from flask import Blueprint, current_app, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from orders.clock import now
from orders.database import transact
from orders.office.access import actor, needs
from orders.staff import sessions
from orders.staff.models import StaffRole
from orders.staff.session_limits import session_limits

pages = Blueprint("account", __name__, url_prefix="/account")


@pages.get("/")
@needs(StaffRole.VOLUNTEER)
def index() -> str:
    """Every browser in which one is signed in, this one first."""
    limits = session_limits(current_user.role, current_app.config)
    found = sessions.open_sessions(current_user.id, limits, at=now())
    here = session["session"]
    return render_template(
        "office/account/index.html", sessions=sorted(found, key=lambda each: each.name != here), here=here
    )


@pages.post("/sessions/<name>/end")
@needs(StaffRole.VOLUNTEER)
def end_session(name: str) -> ResponseReturnValue:
    """Sign out in one other browser."""
    transact(sessions.end, name, current_user.id, at=now(), by=actor())
    flash(gettext("Cette connexion est terminée."), "done")
    return redirect(url_for(".index"), 303)


@pages.post("/sessions/end")
@needs(StaffRole.VOLUNTEER)
def end_others() -> ResponseReturnValue:
    """Sign out in every other browser."""
    transact(sessions.end_others, current_user.id, session["session"], at=now(), by=actor())
    flash(gettext("Toutes vos autres connexions sont terminées."), "done")
    return redirect(url_for(".index"), 303)

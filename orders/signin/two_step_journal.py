"""What somebody changes of the own second step stands in the journal."""

from collections.abc import Callable

from flask import Flask, session
from flask_security import tf_code_confirmed, tf_disabled, tf_profile_changed, wan_deleted, wan_registered

from orders.clock import now
from orders.staff import journal
from orders.staff.journal import Actor
from orders.staff.journal_terms import Action
from orders.staff.models import StaffMember
from orders.staff.two_step import CODES_DUE


def init_app(app: Flask) -> None:
    tf_profile_changed.connect(_noting("two-step sign-in set up"), app, weak=False)
    tf_code_confirmed.connect(_first_code, app)
    tf_disabled.connect(_noting("two-step sign-in switched off"), app, weak=False)
    wan_registered.connect(_noting("passkey added"), app, weak=False)
    wan_deleted.connect(_noting("passkey removed"), app, weak=False)


def _noting(action: Action) -> Callable[..., None]:
    def note(_app: Flask, *, user: StaffMember, **_: object) -> None:
        journal.record(action, f"staff {user.id}", at=now(), by=Actor("office", user.id))
        session[CODES_DUE] = not user.mf_recovery_codes

    return note


def _first_code(app: Flask, *, user: StaffMember, **more: object) -> None:
    """A code at the sign-in: of a telephone that is set up, or of one that this sets up."""
    if session.get("tf_state") == "validating_profile":
        _noting("two-step sign-in set up")(app, user=user, **more)

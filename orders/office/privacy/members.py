"""What somebody who works or worked here asks for: handed out, and erased once the account has ended."""

from flask import current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.clock import now
from orders.database import transact
from orders.office.access import actor, needs
from orders.office.privacy.blueprint import pages
from orders.office.privacy.files import hand_out
from orders.office.privacy.retention import instance
from orders.privacy import colleagues, retention, traces
from orders.privacy.colleagues import StillWorking
from orders.staff import accounts
from orders.staff.models import StaffRole
from orders.wording import sentence
from orders.wording.privacy_papers import member_json, print_member


@pages.get("/members/<int:member_id>/data.<ending>")
@needs(StaffRole.ADMINISTRATOR, fresh=True)
def member_data(member_id: int, ending: str) -> ResponseReturnValue:
    """All that is held about a member of the staff: `json` for programs, `pdf` to read."""
    found = accounts.get_member(member_id)
    return hand_out(found, f"staff {found.id}", ending, to_read=print_member, for_programs=member_json)


@pages.post("/members/<int:member_id>/erase")
@needs(StaffRole.ADMINISTRATOR, fresh=True)
def erase_member(member_id: int) -> ResponseReturnValue:
    """Erase all about somebody whose account has ended; a number stands for them afterwards."""
    at = now()
    try:
        transact(colleagues.erase, member_id, at=at, by=actor())
    except StillWorking as refusal:
        flash(sentence(refusal), "refused")
        return redirect(url_for("office.staff.member", member_id=member_id), 303)
    months = int(current_app.config["RETENTION_MONTHS"])
    traces.clean_up(instance(), before=retention.months_before(at, months), rewrite=False)
    flash(gettext("Tout ce qui nommait cette personne est effacé."), "done")
    return redirect(url_for("office.staff.member", member_id=member_id), 303)

"""The first page: what there is to do now."""

from flask import Blueprint, render_template

from orders.mail import figures as mail_figures
from orders.office.access import needs
from orders.ordering import finding
from orders.shipping import dispatching
from orders.staff.models import StaffRole

pages = Blueprint("today", __name__)


@pages.get("/")
@needs(StaffRole.VOLUNTEER)
def index() -> str:
    """Orders by status, what is ready for the post and for pickup, open dispatches, mails that wait or failed."""
    return render_template(
        "office/today/index.html",
        counts=finding.count_by_status(),
        to_post=finding.count(finding.READY_TO_POST),
        pickups=finding.count(finding.READY_FOR_PICKUP),
        dispatches=dispatching.open_dispatches(),
        mails=mail_figures.mails_by_state(),
    )

"""The first page: what there is to do now."""

from flask import Blueprint, render_template

from orders.catalogue import publishing
from orders.clock import local_day, now
from orders.mail import figures as mail_figures
from orders.office.access import needs
from orders.ordering import finding
from orders.shipping import dispatching
from orders.staff.models import StaffRole
from orders.stock import counting, print_runs

pages = Blueprint("today", __name__)


@pages.get("/")
@needs(StaffRole.VOLUNTEER)
def index() -> str:
    """Orders by status, what is ready for the post and for pickup, open dispatches, mails that wait or
    failed, print runs that are late."""
    today = local_day(now())
    edition = publishing.find_open_edition(today)
    return render_template(
        "office/today/index.html",
        counts=finding.count_by_status(),
        to_post=finding.count(finding.READY_TO_POST),
        pickups=finding.count(finding.READY_FOR_PICKUP),
        dispatches=dispatching.open_dispatches(),
        publications=publishing.orderable(edition) if edition else [],
        mails=mail_figures.mails_by_state(),
        late_runs=print_runs.late_runs(today),
        today=today,
        stock_counts=counting.open_counts(),
    )

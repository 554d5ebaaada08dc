"""The journal: everything that was done, by whom, to what; and the same of one thing."""

from flask import Blueprint, render_template, request

from orders.office.access import needs
from orders.office.journal import words
from orders.office.url_converters import chosen_row
from orders.reports import journal_report
from orders.staff import accounts
from orders.staff.models import StaffRole
from orders.wording import told_apart

pages = Blueprint("journal", __name__, url_prefix="/journal")

FILTERS = ("kind", "key", "by", "door", "action", "since", "until")


@pages.get("/")
@needs(StaffRole.ADMINISTRATOR)
def index() -> str:
    """Entries that match (`kind`, `key`, `by`, `door`, `action`, `since`, `until`), the newest first."""
    wanted, wrong = journal_report.filter_from(request.args)
    edges = {name: chosen_row(request.args.get(name, "")) for name in ("before", "after")}
    members = accounts.members()
    return render_template(
        "office/journal/index.html",
        wanted=wanted,
        wrong=wrong,
        typed={name: request.args[name] for name in FILTERS if request.args.get(name)},
        page=None if wrong else journal_report.page(wanted, **edges),
        members=members,
        names=told_apart([member.email for member in members]),
        words=words,
    )

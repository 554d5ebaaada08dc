"""Stock: how many copies are where, deliveries and corrections."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.catalogue import edition_lookup, publication_choices
from orders.catalogue.models import Edition, Publication
from orders.clock import local_day, now
from orders.database import transact
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.stock.correction_form import CorrectForm
from orders.office.stock.forms import ReceiveForm, StockForm
from orders.office.stock.ledger import ledger_file, ledger_page
from orders.office.stock.publication_count import count_page
from orders.office.stock.waiting import waiting_outlooks
from orders.office.url_converters import row_number
from orders.ordering.queue import deallocation
from orders.reports import stock_outlook, stock_report
from orders.staff.models import StaffRole
from orders.stock import ledger, print_runs
from orders.stock.models import Movement, UnknownPrintRun
from orders.wording import number

pages = Blueprint("stock", __name__, url_prefix="/stock")


@pages.get("/")
@needs(StaffRole.OFFICE)
def index() -> str:
    """Per publication of one edition: free, on the shelves, waited for, expected, sent; and how long it lasts."""
    today = local_day(now())
    edition = _chosen_edition() or stock_report.edition_to_show(today)
    figures = stock_report.figures(edition) if edition else []
    outlooks = stock_outlook.outlooks(edition, at=now()) if edition else []
    shown = [each.publication.id for each in figures]
    return render_template(
        "office/stock/index.html",
        editions=edition_lookup.editions(),
        edition=edition,
        figures=figures,
        outlooks=outlooks,
        waiting=waiting_outlooks(outlooks),
        choices=publication_choices.totals(shown),
        choices_by_day=publication_choices.by_day(shown),
        runs=print_runs.open_runs(shown),
        today=today,
    )


def _chosen_edition() -> Edition | None:
    year = request.args.get("edition", "")
    return edition_lookup.get_edition(row_number(year)) if year else None


@pages.get("/<code>")
@needs(StaffRole.OFFICE)
def publication(code: str) -> str:
    """One publication: its figures and its movements (`reason`, `place`, `since`, `until`, `order`)."""
    return ledger_page(code)


@pages.get("/<code>/movements.<ending>")
@needs(StaffRole.COORDINATOR)
def movements(code: str, ending: str) -> ResponseReturnValue:
    """The movements that match the same filters, as a file."""
    return ledger_file(code, ending)


@pages.route("/<code>/receive", methods=["GET", "POST"])
@needs(StaffRole.OFFICE)
def receive(code: str) -> ResponseReturnValue:
    """A delivery: in copies, or in bundles and single ones."""
    found = edition_lookup.get_publication(code)
    form = ReceiveForm()
    named = form.named_run()
    form.offer(each for each in print_runs.progress([found.id])[::-1] if each.still or each.run.id == named)
    if request.method == "POST" and (copies := form.read_copies(found, least=1)) is not None:
        rule: Callable[..., Movement] = partial(ledger.receive, found, copies)
        if named is not None:
            rule = partial(print_runs.receive, found, copies, run_id=named, more_is_right=form.is_sure)
        return _note(found, form, "office/stock/receive.html", rule)
    return _form_page("office/stock/receive.html", found, form)


@pages.route("/<code>/correct", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def correct(code: str) -> ResponseReturnValue:
    """A correction of the shelf by a signed number of copies, with its reason."""
    found = edition_lookup.get_publication(code)
    form = CorrectForm()
    if request.method == "POST" and (asked := form.read()) is not None:
        change, reason = asked
        rule = partial(deallocation.correct, found, change, reason=reason, confirmed=form.confirmed())
        return _note(found, form, "office/stock/correct.html", rule)
    return _form_page("office/stock/correct.html", found, form)


@pages.route("/<code>/count", methods=["GET", "POST"])
@needs(StaffRole.OFFICE)
def count(code: str) -> ResponseReturnValue:
    """What somebody found on the shelf (`copies`, or bundles and single ones); a coordinator approves it later."""
    return count_page(code)


def _note(found: Publication, form: StockForm, template: str, rule: Callable[..., Movement]) -> ResponseReturnValue:
    """Run the rule with what every form of the stock has, or show the form again with why it cannot be."""
    try:
        movement = transact(rule, at=now(), by=actor(), note=form.note_text(), submission=form.key())
    except (Refused, UnknownPrintRun) as refusal:
        form.explain(refusal)
        return _form_page(template, found, form)
    return _done(found, movement)


def _form_page(template: str, found: Publication, form: StockForm) -> ResponseReturnValue:
    page = render_template(template, publication=found, form=form, on_shelf=_on_shelf(found))
    return page, 422 if request.method == "POST" else 200


def _done(publication: Publication, movement: Movement) -> ResponseReturnValue:
    flash(
        gettext(
            "%(code)s : %(copies)s exemplaires notés. Au rayon, réservés compris : %(shelf)s.",
            code=publication.code,
            copies=number(movement.copies),
            shelf=number(_on_shelf(publication)),
        ),
        "done",
    )
    return redirect(url_for(".publication", code=publication.code), 303)


def _on_shelf(publication: Publication) -> int:
    return stock_report.figures_of([publication])[0].on_shelves

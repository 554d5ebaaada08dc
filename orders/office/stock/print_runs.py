"""Print runs: ordered from the printer, changed, cancelled."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, StringField

from orders.catalogue import edition_lookup
from orders.catalogue.models import Publication
from orders.clock import local_day, now
from orders.database import transact
from orders.days import read_day
from orders.errors import DomainError, Refused
from orders.office.access import actor, needs
from orders.office.forms import whole_number
from orders.office.stock.forms import StockForm, TakeBackForm
from orders.office.units import read_measure, show_price
from orders.ordering.queue import deallocation
from orders.staff.models import StaffRole
from orders.stock import print_runs
from orders.stock.models import MOST_COPIES, ImpossibleDay, PrintRun
from orders.stock.print_runs import PlannedRun
from orders.wording import number

DEAREST = 100_000_000  # euro cents: more is a typing error

pages = Blueprint("print_runs", __name__, url_prefix="/<code>/print-runs")


class PrintRunForm(StockForm):
    expected_on = StringField(_l("Attendus le"))
    cost = StringField(_l("Prix en euros"))

    def show(self, run: PrintRun) -> None:
        """Fill the form in with what is agreed now."""
        self.copies.data = str(run.copies)
        self.expected_on.data = run.expected_on.isoformat()
        self.cost.data = "" if run.cost_cents is None else show_price(run.cost_cents)
        self.note.data = run.note

    def read(self) -> PlannedRun | None:
        """What is agreed with the printer, or `None` with the error beside its field."""
        self.validate()
        copies = whole_number(self.copies.data or "")
        if copies is None or not 0 < copies <= MOST_COPIES:
            self.copies.errors = [
                gettext("Écrivez un nombre entier d’exemplaires, de 1 à %(most)s.", most=number(MOST_COPIES))
            ]
        expected_on = read_day((self.expected_on.data or "").strip())
        if expected_on is None:
            self.expected_on.errors = [gettext("Écrivez le jour promis par l’imprimeur, comme 10/12/2026.")]
        cost = read_measure(self.cost.data or "", 100)
        if (self.cost.data or "").strip() and (cost is None or not 0 <= cost <= DEAREST):
            self.cost.errors = [gettext("Écrivez le prix comme 1 234,50, ou laissez vide.")]
        if not self.is_noted_well() or self.errors or copies is None or expected_on is None:
            return None
        return PlannedRun(copies, expected_on, cost, self.note_text())

    def field_about(self, refusal: DomainError) -> Field:
        return self.expected_on if isinstance(refusal, ImpossibleDay) else self.copies


@pages.route("", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def index(code: str) -> ResponseReturnValue:
    """What was ordered from the printer, and ordering more."""
    found = edition_lookup.get_publication(code)
    form = PrintRunForm()
    if request.method == "POST" and (planned := form.read()) is not None:
        rule = partial(print_runs.commission, found, planned, submission=form.key())
        if kept := _keep(form, rule):
            flash(gettext("Tirage de %(copies)s exemplaires noté.", copies=number(kept.copies)), "done")
            return redirect(url_for(".index", code=code), 303)
    page = render_template(
        "office/stock/print_runs.html",
        publication=found,
        form=form,
        runs=print_runs.progress([found.id]),
        today=local_day(now()),
    )
    return page, 422 if request.method == "POST" else 200


@pages.route("/<int:run_id>", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def change(code: str, run_id: int) -> ResponseReturnValue:
    """A new day, another number of copies, the price: what changed since it was ordered."""
    found = edition_lookup.get_publication(code)
    run = print_runs.get_run(found, run_id)
    form = PrintRunForm()
    if request.method == "GET":
        form.show(run)
    elif (planned := form.read()) is not None and _keep(form, partial(print_runs.change, found, run_id, planned)):
        flash(gettext("Le tirage est à jour."), "done")
        return redirect(url_for(".index", code=code), 303)
    page = render_template("office/stock/print_run.html", publication=found, form=form, run=_seen(found, run_id))
    return page, 422 if request.method == "POST" else 200


@pages.route("/<int:run_id>/take-back", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def take_back(code: str, run_id: int) -> ResponseReturnValue:
    """So many `copies` were noted as received and never came: they leave the shelf, and are expected again."""
    found = edition_lookup.get_publication(code)
    form = TakeBackForm()
    if request.method == "POST" and (copies := form.read()) is not None:
        rule = partial(deallocation.take_back, found, copies, run_id=run_id, confirmed=form.confirmed())
        try:
            transact(rule, at=now(), by=actor(), note=form.note_text(), submission=form.key())
            flash(gettext("C’est corrigé : ces exemplaires ne sont plus en rayon."), "done")
            return redirect(url_for(".index", code=code), 303)
        except Refused as refusal:
            form.explain(refusal)
    page = render_template("office/stock/take_back.html", publication=found, form=form, run=_seen(found, run_id))
    return page, 422 if request.method == "POST" else 200


@pages.post("/<int:run_id>/cancel")
@needs(StaffRole.COORDINATOR)
def cancel(code: str, run_id: int) -> ResponseReturnValue:
    """Nothing more is expected of this print run."""
    found = edition_lookup.get_publication(code)
    transact(print_runs.cancel, found, run_id, at=now(), by=actor())
    flash(gettext("Plus rien n’est attendu de ce tirage ; ce qui en est arrivé reste noté."), "done")
    return redirect(url_for(".index", code=code), 303)


def _keep(form: PrintRunForm, rule: Callable[..., PrintRun]) -> PrintRun | None:
    """Run the rule, or say beside a field why it cannot be."""
    try:
        return transact(rule, at=now(), by=actor())
    except Refused as refusal:
        form.explain(refusal)
        return None


def _seen(publication: Publication, run_id: int) -> print_runs.RunProgress:
    return print_runs.progress_of(print_runs.get_run(publication, run_id))

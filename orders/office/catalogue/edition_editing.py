"""Making, changing, closing and archiving an edition."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.catalogue import editing, edition_lookup
from orders.catalogue.edition_input import ImpossibleContent, content_of_edition
from orders.catalogue.models import Edition
from orders.clock import local_day, now
from orders.database import transact
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.catalogue.blueprint import pages
from orders.office.catalogue.edition_form import EditionForm, edition_as_typed, edition_form
from orders.office.forms import whole_number
from orders.ordering.season import closing
from orders.ordering.season.closing import OpenOrders, OrdersStillOpen
from orders.staff.edit_conflicts import ChangedMeanwhile, mark
from orders.staff.models import StaffRole
from orders.wording import sentence


@pages.route("/new", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def new() -> ResponseReturnValue:
    """A new edition, without publications."""
    form = edition_form(None, request.form)
    if request.method == "GET":
        form.year.data = str(edition_lookup.campaign_year(local_day(now())) + 1)
        return _form_page(form, None)
    year = whole_number(form.year.data or "")
    content = form.read()
    if year is None:
        form.year.errors = [gettext("Écrivez l’année en quatre chiffres.")]
    if content is None or year is None:
        return _form_page(form, None), 422
    try:
        transact(editing.add_edition, year, content, at=now(), by=actor())
    except ImpossibleContent as refusal:
        form.explain(refusal.faults)
        return _form_page(form, None), 422
    flash(gettext("L’édition est créée. Ajoutez-lui ses publications."), "done")
    return redirect(url_for(".edition", year=year), 303)


@pages.route("/<int:year>/change", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def change(year: int) -> ResponseReturnValue:
    """Its days and words. Days that close it with orders still open ask what becomes of these."""
    found = edition_lookup.get_edition(year)
    kept = content_of_edition(found)
    form = edition_form(kept, request.form)
    if request.method == "GET":
        form.fill_in(edition_as_typed(kept), mark(kept.as_values()))
        return _form_page(form, found)
    if (content := form.read()) is None:
        return _form_page(form, found), 422
    try:
        transact(
            closing.change_edition,
            year,
            content,
            decision=form.decision(),
            at=now(),
            by=actor(),
            shown=form.shown.data or "",
        )
    except ChangedMeanwhile as refusal:
        kept = content_of_edition(edition_lookup.get_edition(year))
        form.say_changed(refusal, edition_as_typed(kept), mark(kept.as_values()))
        return _form_page(form, found), 409
    except OrdersStillOpen as refusal:
        return _ask_in_form(form, found, refusal), 422
    flash(gettext("L’édition est enregistrée."), "done")
    return redirect(url_for(".edition", year=year), 303)


def _ask_in_form(form: EditionForm, found: Edition, refusal: OrdersStillOpen) -> str:
    form.open_orders.errors = [sentence(refusal)]
    form.expected.data = str(refusal.found.total)
    return _form_page(form, found, refusal.found)


def _form_page(form: EditionForm, found: Edition | None, asked: OpenOrders | None = None) -> str:
    return render_template("office/catalogue/change.html", form=form, edition=found, asked=asked)


@pages.post("/<int:year>/delete")
@needs(StaffRole.COORDINATOR)
def delete(year: int) -> ResponseReturnValue:
    """Only an edition that has no publications and no orders."""
    try:
        transact(editing.delete_edition, year, at=now(), by=actor())
    except Refused as refusal:
        flash(sentence(refusal), "refused")
        return redirect(url_for(".edition", year=year), 303)
    flash(gettext("L’édition %(year)s est supprimée.", year=year), "done")
    return redirect(url_for(".index"), 303)

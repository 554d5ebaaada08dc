"""The editions, and one edition with its publications and what each audience may have of them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.catalogue import allowance_editing, edition_lookup
from orders.catalogue.models import Edition
from orders.clock import local_day, now
from orders.database import transact
from orders.office.access import actor, needs
from orders.office.catalogue.allowance_form import AllowanceForm, allowance_form, as_typed
from orders.office.catalogue.blueprint import pages
from orders.staff.edit_conflicts import ChangedMeanwhile, mark
from orders.staff.models import StaffRole
from orders.wording.translation.languages import NAMES


@pages.get("/")
@needs(StaffRole.COORDINATOR)
def index() -> str:
    """The editions, the latest first."""
    return render_template("office/catalogue/index.html", editions=edition_lookup.editions(), today=local_day(now()))


@pages.get("/<int:year>")
@needs(StaffRole.COORDINATOR)
def edition(year: int) -> str:
    """One edition: its days, its publications and their allowances."""
    found = edition_lookup.get_edition(year)
    form = allowance_form(edition_lookup.orderable(found))
    _fill(form, found)
    return _edition_page(found, form)


@pages.route("/<int:year>/allowances", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def allowances(year: int) -> ResponseReturnValue:
    """Keep the whole table of allowances, or say what is wrong beside each number. They stand on the edition's page."""
    if request.method == "GET":
        return redirect(url_for(".edition", year=year, _anchor="allowances"))
    found = edition_lookup.get_edition(year)
    form = allowance_form(edition_lookup.orderable(found))
    if (table := form.read()) is None:
        return _edition_page(found, form), 422
    try:
        transact(allowance_editing.change_allowances, year, table, at=now(), by=actor(), shown=form.shown.data or "")
    except ChangedMeanwhile as refusal:
        kept = allowance_editing.table_of(found)
        form.say_changed(refusal, as_typed(kept), mark(allowance_editing.as_values(kept)))
        return _edition_page(found, form), 409
    flash(gettext("Les plafonds sont enregistrés."), "done")
    return redirect(url_for(".edition", year=year), 303)


def _fill(form: AllowanceForm, found: Edition) -> None:
    kept = allowance_editing.table_of(found)
    form.fill_in(as_typed(kept), mark(allowance_editing.as_values(kept)))


def _edition_page(found: Edition, form: AllowanceForm) -> str:
    return render_template(
        "office/catalogue/edition.html", edition=found, form=form, today=local_day(now()), language_names=NAMES
    )

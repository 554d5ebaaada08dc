"""Rolling over to the next year: a form, a preview of the whole plan, then a confirmation that changes something."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.catalogue import edition_lookup
from orders.catalogue.edition_input import ImpossibleContent
from orders.catalogue.models import Edition
from orders.clock import now
from orders.database import transact
from orders.office.access import actor, needs
from orders.office.catalogue.blueprint import pages
from orders.office.catalogue.rollover_form import RollOverForm, roll_over_form
from orders.ordering.season import page_links, rollover
from orders.ordering.season.rollover import Plan
from orders.staff.edit_conflicts import ChangedMeanwhile, mark
from orders.staff.models import StaffRole
from orders.stock.balances import copies_by_place
from orders.stock.models import Place
from orders.wording import sentence


@pages.route("/<int:year>/roll-over", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def roll_over(year: int) -> ResponseReturnValue:
    """`step=look` shows the whole plan, `step=confirm` carries it out, `step=edit` goes back to the form."""
    old = edition_lookup.get_edition(year)
    form = roll_over_form(old)
    if request.method == "GET":
        form.fill_in(rollover.propose(old, at=now()))
        return _form_page(old, form)
    if request.form.get("step") == "edit":
        return _form_page(old, form)
    if (plan := form.read()) is None:
        return _form_page(old, form), 422
    try:
        if request.form.get("step") == "confirm":
            return _confirmed(old, form, plan)
        return _whole_plan(old, form, plan)
    except ImpossibleContent as refusal:
        form.explain(refusal.faults)
        return _form_page(old, form), 422


def _whole_plan(old: Edition, form: RollOverForm, plan: Plan, error: str = "") -> str:
    outlook = rollover.preview(old.year, plan)
    form.seen.data = mark(outlook.situation)
    return render_template(
        "office/catalogue/roll_over_plan.html",
        edition=old,
        form=form,
        plan=plan,
        outlook=outlook,
        link_use=page_links.link_use(old, at=now()),
        error=error,
    )


def _confirmed(old: Edition, form: RollOverForm, plan: Plan) -> ResponseReturnValue:
    year = old.year
    try:
        new = transact(
            rollover.roll_over, year, plan, at=now(), by=actor(), seen=form.seen.data or "", submission=form.key()
        )
    except ChangedMeanwhile as refusal:
        return _whole_plan(edition_lookup.get_edition(year), form, plan, sentence(refusal)), 409
    flash(gettext("L’édition %(year)s est prête. Vérifiez ses jours et complétez-la.", year=new.year), "done")
    return redirect(url_for(".edition", year=new.year), 303)


def _form_page(old: Edition, form: RollOverForm) -> str:
    balances = copies_by_place([each.id for each in old.publications])
    shelves = {publication_id: places[Place.SHELF] for publication_id, places in balances.items()}
    return render_template(
        "office/catalogue/roll_over.html",
        edition=old,
        form=form,
        shelves=shelves,
        link_use=page_links.link_use(old, at=now()),
    )

"""Who may order: the list in its order, and adding, changing, moving, retiring and deleting an audience."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.catalogue import audience_editing, audience_lookup
from orders.catalogue.audience_input import ImpossibleAudience, content_of_audience
from orders.catalogue.audience_models import Audience
from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.catalogue.audience_form import AudienceForm, required_languages
from orders.office.catalogue.blueprint import pages
from orders.office.forms import SharedForm
from orders.ordering.order_counts import orders_by_audience
from orders.staff.edit_conflicts import ChangedMeanwhile, mark
from orders.staff.models import StaffRole
from orders.wording import audience_name, sentence


@pages.get("/audiences")
@needs(StaffRole.COORDINATOR)
def audiences() -> str:
    """All of them as the form lists them, and how many orders each has."""
    return render_template(
        "office/catalogue/audiences.html", audiences=audience_lookup.audiences(), orders=orders_by_audience()
    )


@pages.route("/audiences/new", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def new_audience() -> ResponseReturnValue:
    """Another audience, at the end of the list."""
    form = AudienceForm()
    if request.method == "GET":
        form.organisation.data = "optional"
        return _form_page(form, None)
    code, content = form.typed_code(), form.read()
    if content is None:
        return _form_page(form, None), 422
    try:
        transact(audience_editing.add_audience, code, content, at=now(), by=actor())
    except ImpossibleAudience as refusal:
        form.explain(refusal.faults)
        return _form_page(form, None), 422
    flash(gettext("« %(name)s » est dans le formulaire.", name=audience_name(code)), "done")
    return redirect(url_for(".audiences"), 303)


@pages.route("/audiences/<code>", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def audience(code: str) -> ResponseReturnValue:
    """All that is known of an audience, to read and to change."""
    found = audience_lookup.get_audience(code)
    form = AudienceForm()
    if request.method == "GET":
        kept = content_of_audience(found)
        form.show(kept, mark(kept.as_values()))
        return _form_page(form, found)
    if (content := form.read()) is None:
        return _form_page(form, found), 422
    try:
        transact(audience_editing.change_audience, code, content, at=now(), by=actor(), shown=form.shown.data or "")
    except ChangedMeanwhile as refusal:
        kept = content_of_audience(audience_lookup.get_audience(code))
        form.say_what_changed(refusal, kept, mark(kept.as_values()))
        return _form_page(form, found), 409
    except ImpossibleAudience as refusal:
        form.explain(refusal.faults)
        return _form_page(form, found), 422
    flash(gettext("« %(name)s » est enregistré.", name=audience_name(code)), "done")
    return redirect(url_for(".audiences"), 303)


def _form_page(form: SharedForm, found: Audience | None) -> str:
    return render_template(
        "office/catalogue/audience.html",
        form=form,
        audience=found,
        languages_of_names=required_languages(),
        orders=orders_by_audience()[found.code] if found else 0,
    )


@pages.post("/audiences/<code>/move")
@needs(StaffRole.COORDINATOR)
def move_audience(code: str) -> ResponseReturnValue:
    """One place up or down: `to` is `up` or `down`."""
    places = -1 if request.form.get("to") == "up" else 1
    transact(audience_editing.move_audience, code, places, at=now(), by=actor())
    return redirect(url_for(".audiences", _anchor=code), 303)


@pages.post("/audiences/<code>/retire")
@needs(StaffRole.COORDINATOR)
def retire_audience(code: str) -> ResponseReturnValue:
    """No longer offered."""
    said = gettext("« %(name)s » n’est plus dans le formulaire. Ses commandes continuent.", name=audience_name(code))
    return _done(audience_editing.retire_audience, code, said)


@pages.post("/audiences/<code>/bring-back")
@needs(StaffRole.COORDINATOR)
def bring_back_audience(code: str) -> ResponseReturnValue:
    """Offered again."""
    said = gettext("« %(name)s » est dans le formulaire.", name=audience_name(code))
    return _done(audience_editing.bring_back_audience, code, said)


@pages.post("/audiences/<code>/delete")
@needs(StaffRole.COORDINATOR)
def delete_audience(code: str) -> ResponseReturnValue:
    """Only one that no order names."""
    said = gettext("« %(name)s » est supprimé.", name=audience_name(code))
    return _done(audience_editing.delete_audience, code, said)


def _done(rule: Callable[..., object], code: str, said: str) -> ResponseReturnValue:
    try:
        transact(rule, code, at=now(), by=actor())
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    else:
        flash(said, "done")
    return redirect(url_for(".audiences"), 303)

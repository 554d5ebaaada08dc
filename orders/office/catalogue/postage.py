"""Pages of packagings and postage rates."""

from collections.abc import Sequence
from dataclasses import asdict

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.catalogue import edition_lookup
from orders.clock import local_day, now
from orders.database import transact
from orders.office.access import actor, needs
from orders.office.catalogue.blueprint import pages
from orders.office.catalogue.postage_forms import (
    PackagingForm,
    RatesForm,
    rates_form,
    sizes_as_typed,
    steps_as_typed,
)
from orders.packing import tariff
from orders.packing.models import ImpossiblePackaging, ImpossibleSteps, Packaging, PostKind
from orders.packing.postage import last_letter
from orders.packing.splitting import Item
from orders.packing.tariff import Step
from orders.staff.edit_conflicts import ChangedMeanwhile, mark
from orders.staff.models import StaffRole
from orders.wording.messages.packing import packaging_name


@pages.get("/postage")
@needs(StaffRole.COORDINATOR)
def postage() -> str:
    """Envelopes, boxes, both tables of rates, and where a letter ends with them."""
    kept = tariff.read_tariff()
    edition = edition_lookup.find_open_edition(local_day(now()))
    publications = edition_lookup.orderable(edition) if edition else []
    return render_template(
        "office/catalogue/postage.html",
        packagings=kept.packagings,
        rates={kind: tariff.steps_of(kind, kept) for kind in PostKind},
        to_be_checked=[kind for kind in PostKind if kept.is_to_be_checked(kind)],
        last_letters=[(each, last_letter(Item.of(each, 1), kept.packagings)) for each in publications],
    )


@pages.route("/postage/packagings/<code>", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def packaging(code: str) -> ResponseReturnValue:
    """The numbers of one envelope or box."""
    found = tariff.get_packaging(code)
    form = PackagingForm()
    if request.method == "GET":
        kept = tariff.sizes_of(found)
        form.fill_in(sizes_as_typed(kept), mark(asdict(kept)))
        return _packaging_page(form, found)
    if (sizes := form.read()) is None:
        return _packaging_page(form, found), 422
    try:
        transact(tariff.change_packaging, code, sizes, at=now(), by=actor(), shown=form.shown.data or "")
    except ImpossiblePackaging as refusal:
        form.explain(refusal)
        return _packaging_page(form, found), 422
    except ChangedMeanwhile as refusal:
        kept = tariff.sizes_of(found)
        form.say_changed(refusal, sizes_as_typed(kept), mark(asdict(kept)))
        return _packaging_page(form, found), 409
    flash(gettext("C’est enregistré : %(packaging)s.", packaging=packaging_name(code)), "done")
    return redirect(url_for(".postage"), 303)


def _packaging_page(form: PackagingForm, found: Packaging) -> str:
    return render_template("office/catalogue/packaging.html", form=form, packaging=found)


@pages.route("/postage/<kind>", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def rates(kind: str) -> ResponseReturnValue:
    """The table of what letters, or parcels, cost by weight."""
    post_kind = next((each for each in PostKind if each.value == kind), None)
    if post_kind is None:
        abort(404)
    kept_tariff = tariff.read_tariff()
    kept, unchecked = tariff.steps_of(post_kind, kept_tariff), kept_tariff.is_to_be_checked(post_kind)
    form = rates_form(len(kept), request.form)
    if request.method == "GET":
        form.fill_in(steps_as_typed(kept), _mark(kept))
        return _rates_page(form, post_kind, unchecked=unchecked)
    if (steps := form.read()) is None:
        return _rates_page(form, post_kind, unchecked=unchecked), 422
    try:
        transact(tariff.change_rates, post_kind, steps, at=now(), by=actor(), shown=form.shown.data or "")
    except ImpossibleSteps as refusal:
        form.explain(refusal)
        return _rates_page(form, post_kind, unchecked=unchecked), 422
    except ChangedMeanwhile as refusal:
        kept = tariff.steps_of(post_kind, tariff.read_tariff())
        form.say_changed(refusal, {}, _mark(kept))
        return _rates_page(form, post_kind, kept_meanwhile=kept), 409
    flash(gettext("Le tarif est enregistré."), "done")
    return redirect(url_for(".postage"), 303)


def _mark(steps: Sequence[Step]) -> str:
    return mark([[step.up_to_g, step.price_cents] for step in steps])


def _rates_page(
    form: RatesForm, kind: PostKind, *, unchecked: bool = False, kept_meanwhile: Sequence[Step] = ()
) -> str:
    """`unchecked`: nobody has compared the prices with the carrier's; whoever keeps the table has."""
    return render_template(
        "office/catalogue/rates.html", form=form, kind=kind, unchecked=unchecked, kept_meanwhile=kept_meanwhile
    )

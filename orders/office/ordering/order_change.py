"""Changing an order at the office: all that its state still allows, with the orderer's rules and one mail."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms import Field

from orders.addresses.house_numbers import number_question
from orders.addresses.postcodes import place_question
from orders.clock import now
from orders.database import transact
from orders.directory import suggestions
from orders.directory.name_index import Suggestion
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.forms import read_typed_reference
from orders.office.ordering.blueprint import pages
from orders.office.ordering.manual_entry_form import (
    TypedForm,
    asks_for_school,
    chosen_school,
    offered_schools,
    typed_form,
)
from orders.office.recorded_reading import note_look
from orders.ordering import repository
from orders.ordering.followup import corrections
from orders.ordering.followup.corrections import TooLateToChange
from orders.ordering.lifecycle import accepted_postage
from orders.ordering.lifecycle.changing import OrderChangedMeanwhile
from orders.ordering.lookup import previous_orderers
from orders.ordering.models import Order
from orders.ordering.refusals import ParcelToPoBox
from orders.ordering.request.email_address import email_question
from orders.ordering.request.order_form_values import OFFICE_FIELDS, asked, contents, version
from orders.ordering.request.order_request import COPIES, OrderRequest
from orders.ordering.review.allowances import OverAllowance
from orders.ordering.review.duplicates import LooksRepeated
from orders.reminders import subscriptions
from orders.shipping.dispatches import order_changes
from orders.staff.models import StaffRole
from orders.wording import sentence
from orders.wording.earlier_orders import earlier_orders

CHANGES_COST = (COPIES, "delivery")  # beginnings of the names of fields


@pages.get("/<reference>/change")
@needs(StaffRole.OFFICE)
def change(reference: str) -> str:
    """The form with the order in it."""
    order = repository.get_order(read_typed_reference(reference))
    note_look(f"order {order.reference}")
    form = typed_form(order.edition, besides=order)
    return _page(form, order, contents(order, OFFICE_FIELDS))


@pages.post("/<reference>/change")
@needs(StaffRole.OFFICE)
def save_change(reference: str) -> ResponseReturnValue:
    """Keep what was typed; fields that the form did not show stay. With `quiet` nobody is told."""
    order = repository.get_order(read_typed_reference(reference))
    form = typed_form(order.edition, besides=order)
    typed = _typed(order, request.form.to_dict())
    if asks_for_school(typed):
        schools = offered_schools(typed)
        return _page(form, order, typed | chosen_school(typed), schools=schools)
    _fill_in(form, order, typed)
    confirmed = frozenset(request.form.getlist("confirm"))
    wanted = form.read(typed, confirmed)
    if wanted is None:
        return _page(form, order, typed), 422
    if open_ones := {key: said for key, said in _questions(order, wanted).items() if key not in confirmed}:
        return _page(form, order, typed, questions=open_ones), 422
    return _save(form, order, typed, wanted)


def _typed(order: Order, sent: Mapping[str, str]) -> dict[str, str]:
    """The values that the form sent; for the others, those of the order.

    The place in the directory goes with the organisation that was chosen there.
    """
    standing = contents(order, OFFICE_FIELDS)
    typed = {**standing, **sent}
    if "institution" not in sent and typed["organisation"] != standing["organisation"]:
        typed["institution"] = ""
    return typed


def _questions(order: Order, wanted: OrderRequest) -> dict[str, str]:
    """What is to be asked about values that are new."""
    here, there = order.address, wanted.address
    found: dict[str, object] = {}
    if (here.postcode, here.town) != (there.postcode, there.town):
        found["place"] = place_question(there.postcode, there.town)
    if (here.street, here.number) != (there.street, there.number):
        found["number"] = number_question(there)
    said = {key: sentence(each) for key, each in found.items() if each}
    if wanted.email != order.email:
        if doubtful := email_question(wanted.email):
            said["email"] = sentence(doubtful)
        if others := previous_orderers.others_with(wanted.email, order):
            said["same_email"] = gettext(
                "Cette adresse e-mail est aussi celle d’autres commandes : %(orders)s. Ce sera une seule personne.",
                orders=", ".join(f"{each.organisation or each.name} ({each.shown_reference})" for each in others),
            )
    return said


def _save(form: TypedForm, order: Order, typed: Mapping[str, str], wanted: OrderRequest) -> ResponseReturnValue:
    if _costs_the_same(order, wanted):
        wanted = replace(wanted, accepted_postage=accepted_postage.accepted(order))
    try:
        changed = transact(
            _change,
            order.reference,
            wanted,
            version=typed.get("version", ""),
            at=now(),
            by=actor(),
            tells=request.form.get("quiet") is None,
        )
    except OrderChangedMeanwhile as refusal:
        form.form_errors.append(sentence(refusal))
        return _page(form, refusal.order, typed, meanwhile=refusal.fields), 422
    except LooksRepeated as refusal:
        return _page(form, order, typed, questions={"repeat": earlier_orders(refusal)}), 422
    except Refused as refusal:
        _explain(form, refusal)
        return _page(form, order, typed), 422
    flash(gettext("La commande %(reference)s est changée.", reference=changed.shown_reference), "done")
    return redirect(url_for(".order", reference=changed.reference), 303)


def _change(reference: str, wanted: OrderRequest, **how: Any) -> Order:
    """What is kept of the order for next year goes to another e-mail address with it."""
    was_written_to = repository.get_order(reference).email
    changed = order_changes.change(reference, wanted, **how)
    if changed.email not in ("", was_written_to):
        subscriptions.follow(changed, was_written_to)
    return changed


def _costs_the_same(order: Order, wanted: OrderRequest) -> bool:
    """Whether neither the copies nor the way they go change, so that what the orderer agreed to pay stands."""
    before, after = contents(order), asked(wanted)
    return all(
        before.get(name, "0") == after.get(name, "0") for name in {*before, *after} if name.startswith(CHANGES_COST)
    )


def _explain(form: TypedForm, refusal: Refused) -> None:
    """Show a refusal where it belongs: beside a field, or at the top of the form."""
    if isinstance(refusal, OverAllowance):
        for excess in refusal.excesses:
            form[COPIES + excess.code].errors = [sentence(excess)]
    elif isinstance(refusal, ParcelToPoBox):
        form.street.errors = [sentence(refusal)]
    else:
        form.form_errors.append(sentence(refusal))
    if isinstance(refusal, TooLateToChange):
        for name in refusal.fields:
            if name in form:
                form[name].errors = [gettext("Ne change plus.")]


def _page(
    form: TypedForm,
    order: Order,
    typed: Mapping[str, str],
    *,
    questions: Mapping[str, str] | None = None,
    meanwhile: Sequence[str] = (),
    schools: Sequence[Suggestion] | None = None,
) -> str:
    """The form, with the version of the order that it shows."""
    standing = _fill_in(form, order, typed)
    open_fields = corrections.open_fields(order)
    return render_template(
        "office/ordering/change.html",
        form=form,
        finds_schools=suggestions.is_filled(),
        schools=schools,
        order=order,
        version=version(order, OFFICE_FIELDS) if meanwhile or not typed.get("version") else typed["version"],
        is_open={*open_fields, *(COPIES + each.code for each in form.publications if "delivery" in open_fields)},
        meanwhile=[(form[name], _said(form[name], standing.get(name, "0"))) for name in meanwhile if name in form],
        questions=questions or {},
        confirmed=request.form.getlist("confirm"),
        is_quiet=request.form.get("quiet") is not None,
    )


def _fill_in(form: TypedForm, order: Order, typed: Mapping[str, str]) -> Mapping[str, str]:
    """Show what was typed. Returns what the order says."""
    standing = contents(order, OFFICE_FIELDS)
    for name, value in typed.items():
        if name in form and (name in standing or name.startswith(COPIES)):
            form[name].data = value
    form.label_organisation()
    return standing


def _said(field: Field, value: str) -> str:
    """What an order says in a field, as its form words it."""
    choices = {choice.value: choice.label for choice in getattr(field, "choices", None) or ()}
    return str(choices.get(value, value)) or gettext("rien")

"""Deciding about an order that is pending: all of it, fewer copies, or none."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.forms import read_typed_reference, whole_number
from orders.ordering import repository
from orders.ordering.lifecycle import approval
from orders.ordering.models import Order, OrderLine, OrderStatus
from orders.ordering.request.order_request import COPIES
from orders.ordering.review import review
from orders.staff.models import StaffRole
from orders.wording import sentence, titled

pages = Blueprint("deciding", __name__, url_prefix="/ordering")


class AcceptForm(FlaskForm):  # type: ignore[misc]
    """One field of copies for each line; `accept_form` adds them."""

    def copies_of(self, line: OrderLine) -> Field:
        return self[COPIES + line.publication.code]

    def read(self, order: Order) -> dict[str, int] | None:
        """Copies granted by code, or `None` with the error beside its field."""
        granted = {}
        for line in order.lines:
            copies = whole_number(self.copies_of(line).data or "")
            if copies is None or not 0 <= copies <= line.copies:
                self.copies_of(line).errors = [gettext("Un nombre entier, de 0 à %(most)s.", most=line.copies)]
            else:
                granted[line.publication.code] = copies
        return granted if len(granted) == len(order.lines) else None


class RejectForm(FlaskForm):  # type: ignore[misc]
    reason = TextAreaField(_l("Pourquoi ?"))


def accept_form(order: Order) -> AcceptForm:
    """The form with all the copies that were asked for, unless others were typed."""
    fields = {
        COPIES + line.publication.code: StringField(titled(line.publication), default=str(line.copies))
        for line in order.lines
    }
    form: AcceptForm = type("AcceptForm", (AcceptForm,), fields)()
    return form


def decision(order: Order, **forms: FlaskForm) -> dict[str, Any]:
    """What the partial `_decision.html` needs; nothing when there is nothing to decide."""
    if order.status is not OrderStatus.PENDING:
        return {}
    shown = {"accepting": accept_form(order), "rejecting": RejectForm(), **forms}
    return {"decision": review.review_summary(order), **shown}


@pages.post("/<reference>/accept")
@needs(StaffRole.COORDINATOR)
def accept(reference: str) -> ResponseReturnValue:
    """Take the order, with fewer copies where the form says so."""
    order = repository.get_order(read_typed_reference(reference))
    form = accept_form(order)
    granted = form.read(order)
    if granted is None:
        return _again(order, accepting=form)
    rule = partial(approval.accept, order.reference, copies=granted)
    done = gettext("La commande %(reference)s est acceptée.", reference=order.shown_reference)
    return _decide(order, rule, done, accepting=form)


@pages.post("/<reference>/reject")
@needs(StaffRole.COORDINATOR)
def reject(reference: str) -> ResponseReturnValue:
    """Refuse the order; the reason goes into the mail."""
    order = repository.get_order(read_typed_reference(reference))
    form = RejectForm()
    rule = partial(approval.reject, order.reference, form.reason.data or "")
    done = gettext("La commande %(reference)s est refusée, et la raison est partie.", reference=order.shown_reference)
    return _decide(order, rule, done, rejecting=form)


def _decide(order: Order, rule: Callable[..., Order], done: str, **form: FlaskForm) -> ResponseReturnValue:
    try:
        transact(rule, at=now(), by=actor())
        flash(done, "done")
    except approval.AlreadyDecided as refusal:
        flash(sentence(refusal), "refused")
    except Refused as refusal:
        (shown,) = form.values()
        shown.form_errors.append(sentence(refusal))
        return _again(order, **form)
    return redirect(url_for("office.ordering.order", reference=order.reference), 303)


def _again(order: Order, **form: FlaskForm) -> ResponseReturnValue:
    """The decision alone, with what was typed and why it cannot be."""
    context = decision(order, **form)
    if not context:
        flash(sentence(approval.AlreadyDecided(order)), "refused")
        return redirect(url_for("office.ordering.order", reference=order.reference), 303)
    (shown,) = form.values()
    return render_template("office/deciding/decide.html", order=order, failed=shown, **context), 422

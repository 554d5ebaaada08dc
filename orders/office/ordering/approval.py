"""Deciding about orders that are pending, one after the other: all of it, fewer copies, or none."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
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
from orders.office.recorded_reading import note_look
from orders.ordering import repository
from orders.ordering.lifecycle import approval
from orders.ordering.lifecycle.decision_preview import Rehearsed, rehearse
from orders.ordering.lookup import search
from orders.ordering.lookup.filters import Filter
from orders.ordering.models import Order, OrderLine, OrderStatus
from orders.ordering.request.order_request import COPIES
from orders.ordering.review.decision_summary import decision_summary
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
    return {"decision": decision_summary(order), **shown}


@pages.get("/decisions")
@needs(StaffRole.COORDINATOR)
def inbox() -> ResponseReturnValue:
    """The oldest order to decide about; with `after` (a reference) the next one behind it."""
    left = request.args.get("after", "").strip()
    after = repository.get_order(read_typed_reference(left)) if left else None
    order = search.next_to_decide(after)
    if order is None and after is not None and search.next_to_decide():
        flash(gettext("C’était la dernière : les plus anciennes, laissées pour plus tard, reviennent."), "done")
        return redirect(url_for(".inbox"), 303)
    if order is None:
        return render_template("office/deciding/none.html")
    note_look(f"order {order.reference}")
    return render_template("office/deciding/inbox.html", **_inbox(repository.get_order(order.reference)))


@pages.post("/<reference>/accept")
@needs(StaffRole.COORDINATOR)
def accept(reference: str) -> ResponseReturnValue:
    """Take the order, with fewer copies where the form says so. With `preview` only show its mail."""
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
    """Refuse the order; the reason goes into the mail. With `preview` only show it."""
    order = repository.get_order(read_typed_reference(reference))
    form = RejectForm()
    rule = partial(approval.reject, order.reference, form.reason.data or "")
    done = gettext("La commande %(reference)s est refusée, et la raison est partie.", reference=order.shown_reference)
    return _decide(order, rule, done, rejecting=form)


def _decide(order: Order, rule: Callable[..., Order], done: str, **form: FlaskForm) -> ResponseReturnValue:
    try:
        if "preview" in request.form:
            transact(rehearse, partial(rule, at=now(), by=actor()))
        transact(rule, at=now(), by=actor())
        flash(done, "done")
    except Rehearsed as mail:
        return _page(order, mail=mail, **form)
    except approval.AlreadyDecided as refusal:
        flash(sentence(refusal), "refused")
    except Refused as refusal:
        (shown,) = form.values()
        shown.form_errors.append(sentence(refusal))
        return _again(order, **form)
    if _is_inbox():
        return redirect(url_for(".inbox", after=order.reference), 303)
    return redirect(url_for("office.ordering.order", reference=order.reference), 303)


def _again(order: Order, **form: FlaskForm) -> ResponseReturnValue:
    """The decision, with what was typed and why it cannot be."""
    if order.status is not OrderStatus.PENDING:
        flash(sentence(approval.AlreadyDecided(order)), "refused")
        return redirect(url_for("office.ordering.order", reference=order.reference), 303)
    (shown,) = form.values()
    return _page(order, failed=shown, **form), 422


def _page(order: Order, *, mail: Rehearsed | None = None, failed: FlaskForm | None = None, **form: FlaskForm) -> str:
    """The decision in the inbox or alone."""
    if _is_inbox():
        return render_template("office/deciding/inbox.html", mail=mail, failed=failed, **_inbox(order, **form))
    context = decision(order, **form)
    return render_template("office/deciding/decide.html", order=order, mail=mail, failed=failed, **context)


def _inbox(order: Order, **form: FlaskForm) -> dict[str, Any]:
    return {
        "order": order,
        "pending": search.count(Filter(status=OrderStatus.PENDING)),
        "is_inbox": True,
        **decision(order, **form),
    }


def _is_inbox() -> bool:
    return request.form.get("from") == "inbox"

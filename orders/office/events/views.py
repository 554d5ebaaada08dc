"""Proposed and published events: read, changed, published, refused with a reason."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.addresses import clean
from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.events import deciding, lookup
from orders.events.field_parsing import LONGEST_REFUSAL
from orders.events.models import Event, EventState, content_of
from orders.office.access import actor, needs
from orders.office.events.forms import EventForm, as_typed
from orders.office.recorded_reading import note_look
from orders.ordering.lookup.called_off_orders import called_off
from orders.staff.edit_conflicts import ChangedMeanwhile, mark
from orders.staff.models import StaffRole
from orders.wording import event_title, sentence

pages = Blueprint("events", __name__, url_prefix="/events")


@pages.get("/")
@needs(StaffRole.COORDINATOR)
def index() -> str:
    """What is to be decided, what everybody sees, what was refused or is over."""
    events, at = lookup.all_events(), now()
    ahead = [each for each in events if each.ends_at > at]
    published = [each for each in ahead if each.state is EventState.PUBLISHED]
    orders = called_off(each.order_id for each in published if each.order_id is not None)
    return render_template(
        "office/events/index.html",
        proposed=[each for each in ahead if each.state is EventState.PROPOSED],
        called_off=[each for each in published if each.order_id in orders],
        published=[each for each in published if each.order_id not in orders],
        others=[each for each in events if each.ends_at <= at or each.state is EventState.REFUSED],
    )


@pages.route("/<int:event_id>", methods=["GET", "POST"])
@needs(StaffRole.COORDINATOR)
def event(event_id: int) -> ResponseReturnValue:
    """One event with whom to reach about it, to read and to change."""
    found, form = lookup.get_event(event_id), EventForm()
    if request.method == "GET":
        note_look(f"event {event_id}")
        form.show(found)
        return _page(form, found)
    read = form.read()
    if read is None:
        return _page(form, found), 422
    try:
        transact(deciding.change, event_id, read, at=now(), by=actor(), shown=form.shown.data or "")
    except ChangedMeanwhile as refusal:
        kept = lookup.get_event(event_id)
        form.say_changed(refusal, as_typed(kept), mark(content_of(kept).as_values()))
        return _page(form, found), 409
    flash(gettext("« %(name)s » est enregistré.", name=read.title), "done")
    return redirect(url_for(".event", event_id=event_id), 303)


@pages.post("/<int:event_id>/publish")
@needs(StaffRole.COORDINATOR)
def publish(event_id: int) -> ResponseReturnValue:
    """Show it to everybody, and tell who proposed it."""
    return _decided(deciding.publish, event_id, gettext("L’événement est annoncé. Un e-mail le dit."))


@pages.post("/<int:event_id>/refuse")
@needs(StaffRole.COORDINATOR)
def refuse(event_id: int) -> ResponseReturnValue:
    """Not to be shown, for a reason that a mail tells."""
    reason = clean(request.form.get("reason", ""))
    if not reason or len(reason) > LONGEST_REFUSAL:
        most = LONGEST_REFUSAL
        flash(
            gettext("Écrivez la raison du refus, en %(most)s caractères au plus : un e-mail la dit.", most=most),
            "refused",
        )
        return redirect(url_for(".event", event_id=event_id), 303)
    return _decided(deciding.refuse, event_id, gettext("L’événement est refusé. Un e-mail dit pourquoi."), reason)


def _decided(rule: Callable[..., object], event_id: int, said: str, *more: Any) -> ResponseReturnValue:
    try:
        transact(rule, event_id, *more, at=now(), by=actor())
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    else:
        flash(said, "done")
    return redirect(url_for(".index"), 303)


def _page(form: EventForm, found: Event) -> str:
    return render_template(
        "office/events/event.html",
        form=form,
        event=found,
        map=form.map(),
        states=EventState,
        order=called_off([found.order_id]).get(found.order_id) if found.order_id is not None else None,
        most=LONGEST_REFUSAL,
        name=event_title(found),
    )

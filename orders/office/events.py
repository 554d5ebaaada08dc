"""Proposed and published events: read, changed, published, refused with a reason."""

from collections.abc import Callable
from datetime import time
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField

from orders.addresses import clean
from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.events import content, deciding, lookup
from orders.events.content import FIELDS, LONGEST_REFUSAL
from orders.events.models import Event, EventContent, EventState, content_of
from orders.maps.belgium_map import DotMap, window_around
from orders.office.access import actor, needs
from orders.office.forms import SharedForm
from orders.office.recorded_reading import note_look
from orders.places.typed_fields import TypedFields
from orders.staff.edit_conflicts import ChangedMeanwhile, mark
from orders.staff.models import StaffRole
from orders.wording import day, event_title, sentence

pages = Blueprint("events", __name__, url_prefix="/events")


class EventForm(SharedForm):
    """All that is told of an event, and where its point stands."""

    title = StringField(_l("Titre"))
    day = StringField(_l("Jour"))
    begins = StringField(_l("De"))
    ends = StringField(_l("À"))
    venue = StringField(_l("Lieu"))
    address = StringField(_l("Rue et numéro"))
    postcode = StringField(_l("Code postal"))
    town = StringField(_l("Localité"))
    description = TextAreaField(_l("Quelques mots"))
    latitude = StringField(_l("Latitude"))
    longitude = StringField(_l("Longitude"))
    is_public = BooleanField(_l("Tout le monde peut venir : l’adresse est montrée"))

    @property
    def typed(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in FIELDS}

    def read(self) -> EventContent | None:
        """The event, or `None` with every fault beside its field."""
        found, faults = content.read(self.typed, is_public=self.is_public.data, at=now())
        for fault in faults:
            self[fault.field].errors = [*self[fault.field].errors, sentence(fault)]
        return found

    def show(self, event: Event) -> None:
        """Fill in what is kept."""
        self.fill_in(_as_typed(event), mark(content_of(event).as_values()))
        self.is_public.data = event.is_public

    def map(self) -> DotMap:
        """A map with the point where it stands now."""
        here, title = TypedFields(self.typed).where().point, gettext("Où se passe l’événement")
        window = {"window": window_around([here])} if here else {}
        return DotMap("event", title, (), here=here, names_towns=True, **window)


@pages.get("/")
@needs(StaffRole.COORDINATOR)
def index() -> str:
    """What is to be decided, what everybody sees, what was refused or is over."""
    events, at = lookup.all_events(), now()
    ahead = [each for each in events if each.ends_at > at]
    return render_template(
        "office/events/index.html",
        proposed=[each for each in ahead if each.state is EventState.PROPOSED],
        published=[each for each in ahead if each.state is EventState.PUBLISHED],
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
        form.say_changed(refusal, _as_typed(kept), mark(content_of(kept).as_values()))
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
        most=LONGEST_REFUSAL,
        name=event_title(found),
    )


def _as_typed(event: Event) -> dict[str, str]:
    values = content_of(event).as_values()
    told = {name: "" if values[name] is None else str(values[name]) for name in FIELDS}
    return {**told, "day": day(event.day), "begins": _hour(event.begins), "ends": _hour(event.ends)}


def _hour(value: time | None) -> str:
    return "" if value is None else value.strftime("%H:%M")

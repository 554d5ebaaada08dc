"""The form of an event."""

from datetime import time

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField

from orders.clock import now
from orders.events import field_parsing
from orders.events.field_parsing import FIELDS
from orders.events.models import Event, EventContent, content_of
from orders.maps.belgium_map import DotMap, window_around
from orders.office.forms import SharedForm
from orders.places.field_parsing import TypedFields
from orders.staff.edit_conflicts import mark
from orders.wording import day, sentence


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
        found, faults = field_parsing.read(self.typed, is_public=self.is_public.data, at=now())
        for fault in faults:
            self[fault.field].errors = [*self[fault.field].errors, sentence(fault)]
        return found

    def show(self, event: Event) -> None:
        """Fill in what is kept."""
        self.fill_in(as_typed(event), mark(content_of(event).as_values()))
        self.is_public.data = event.is_public

    def map(self) -> DotMap:
        """A map with the point where it stands now."""
        here, title = TypedFields(self.typed).where().point, gettext("Où se passe l’événement")
        window = {"window": window_around([here])} if here else {}
        return DotMap("event", title, (), here=here, names_towns=True, **window)


def as_typed(event: Event) -> dict[str, str]:
    values = content_of(event).as_values()
    told = {name: "" if values[name] is None else str(values[name]) for name in FIELDS}
    return {**told, "day": day(event.day), "begins": _hour(event.begins), "ends": _hour(event.ends)}


def _hour(value: time | None) -> str:
    return "" if value is None else value.strftime("%H:%M")

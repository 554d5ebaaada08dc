"""The form of a drop-off point."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from orders.dropoff import field_parsing
from orders.dropoff.field_parsing import FIELDS
from orders.dropoff.models import Content, DropOffPoint, content_of
from orders.maps.belgium_map import DotMap, window_around
from orders.office.forms import SharedForm
from orders.places.faults import PlaceFault
from orders.places.field_parsing import TypedFields
from orders.staff.edit_conflicts import ChangedMeanwhile, mark
from orders.wording import day, sentence


class PointForm(SharedForm):
    """Its fields hold text as it was typed; `dropoff.field_parsing` says what is wrong with it."""

    name = StringField(_l("Nom"))
    address = StringField(_l("Rue et numéro"))
    postcode = StringField(_l("Code postal"))
    town = StringField(_l("Localité"))
    hours = StringField(_l("Heures d’ouverture"))
    first_day = StringField(_l("Prend des lettres du"))
    last_day = StringField(_l("Jusqu’au"))
    note = TextAreaField(_l("Remarque"))
    latitude = StringField(_l("Latitude"))
    longitude = StringField(_l("Longitude"))

    @property
    def typed(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in FIELDS}

    def read(self, today: date) -> Content | None:
        """The point, or `None` with every fault beside its field."""
        found, faults = field_parsing.read(self.typed, today)
        self.explain(faults)
        return found

    def explain(self, faults: Sequence[PlaceFault]) -> None:
        """Say beside each field what is wrong with it."""
        for fault in faults:
            field = self[fault.field]
            field.errors = [*field.errors, sentence(fault)]

    def show(self, point: DropOffPoint) -> None:
        """Fill in what is kept."""
        kept = content_of(point)
        self.fill_in(as_typed(kept), mark(kept.as_values()))

    def say_what_changed(self, refusal: ChangedMeanwhile, point: DropOffPoint) -> None:
        """Keep what was typed, say beside it what is kept now; sent again, the form means it."""
        kept = content_of(point)
        self.say_changed(refusal, as_typed(kept), mark(kept.as_values()))

    def map(self, title: str) -> DotMap:
        """A map with the point where it stands now, or the whole country."""
        here = TypedFields(self.typed).where().point
        if here is None:
            return DotMap("point", title, (), names_towns=True)
        return DotMap("point", title, (), here=here, window=window_around([here]), names_towns=True)


def as_typed(point: Content) -> Mapping[str, str]:
    """The values of the form's fields."""
    return {
        "name": point.name,
        "address": point.place.address,
        "postcode": point.place.postcode,
        "town": point.place.town,
        "hours": point.hours,
        "first_day": day(point.first_day),
        "last_day": day(point.last_day),
        "note": point.note,
        "latitude": "" if point.place.latitude is None else str(point.place.latitude),
        "longitude": "" if point.place.longitude is None else str(point.place.longitude),
    }

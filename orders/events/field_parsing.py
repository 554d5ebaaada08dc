"""Reads what is typed about an event, by whoever proposes it or by a coordinator."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from orders.clock import local_day
from orders.events.models import EventContent, end_of, moment_of
from orders.places.faults import DayOver, EndsBeforeItBegins, PlaceFault
from orders.places.field_parsing import TypedFields

FIELDS = (
    *("title", "description", "day", "begins", "ends", "venue", "address", "postcode", "town", "latitude", "longitude"),
)
LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_VENUE, LONGEST_REFUSAL = 100, 1_000, 100, 500
AHEAD = timedelta(days=400)


def read(typed: Mapping[str, str], *, is_public: bool, at: datetime) -> tuple[EventContent | None, list[PlaceFault]]:
    """The event that was typed and no fault, or no event and every fault."""
    fields, today = TypedFields(typed), local_day(at)
    title = fields.line("title", LONGEST_TITLE, is_needed=True)
    description = fields.lines("description", LONGEST_DESCRIPTION)
    day = fields.day("day", latest=today + AHEAD, earliest=today)
    ends = fields.hour("ends")
    begins = fields.hour("begins", is_needed=bool(fields.text("ends")))
    venue = fields.line("venue", LONGEST_VENUE)
    place = fields.where()
    if day and not fields.faults:
        if ends is not None and end_of(day, ends) <= moment_of(day, begins or time()):
            fields.faults.append(EndsBeforeItBegins("ends"))
        elif end_of(day, ends) <= at:
            fields.faults.append(DayOver("day", day))
    if fields.faults or day is None:
        return None, fields.faults
    return EventContent(title, description, day, begins, ends, venue, place, is_public), []

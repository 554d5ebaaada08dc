"""Reads what coordinators type about a drop-off point, in a form or in a row of a file."""

import hashlib
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta

from orders.dropoff.models import Content
from orders.places.faults import EndsBeforeItBegins, PlaceFault
from orders.places.field_parsing import TypedFields

FIELDS = (*("name", "address", "postcode", "town", "hours", "first_day", "last_day", "note", "latitude", "longitude"),)
LONGEST_NAME, LONGEST_HOURS, LONGEST_NOTE = 80, 150, 300
AHEAD = timedelta(days=3 * 365)


def read(typed: Mapping[str, str], today: date) -> tuple[Content | None, list[PlaceFault]]:
    """The point that was typed and no fault, or no point and every fault."""
    fields = TypedFields(typed)
    name = fields.line("name", LONGEST_NAME, is_needed=True)
    place = fields.where()
    hours = fields.line("hours", LONGEST_HOURS)
    note = fields.line("note", LONGEST_NOTE)
    first = fields.day("first_day", latest=today + AHEAD)
    last = fields.day("last_day", latest=today + AHEAD, earliest=today)
    if first and last and last < first:
        fields.faults.append(EndsBeforeItBegins("last_day"))
    if fields.faults or first is None or last is None:
        return None, fields.faults
    return Content(name, place, first, last, hours, note), []


def key_of(content: Content) -> str:
    """What two points that are the same have in common, however their name and address are written."""
    told = (content.name, content.place.address, content.place.postcode)
    plain = unicodedata.normalize("NFKD", " ".join(told).casefold())
    letters = "".join(letter for letter in plain if letter.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()

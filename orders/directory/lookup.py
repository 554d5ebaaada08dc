"""A place by the code that a form or an order holds."""

from sqlalchemy import select

from orders.database import db
from orders.directory.models import Place, read_place_code
from orders.errors import NotFound


class UnknownPlace(NotFound):
    """No list ever had a place of this code."""


def find(code: str | None) -> Place | None:
    """The place that a code names, also one that left its list; `None` when there is none."""
    if not code:
        return None
    list_code, number = read_place_code(code)
    return db.session.scalar(select(Place).where(Place.list_code == list_code, Place.number == number))


def get(code: str) -> Place:
    """The place that a code names. Raises `UnknownPlace`."""
    if place := find(code):
        return place
    raise UnknownPlace(code)


def known_code(code: str | None) -> str | None:
    """The code, or `None` where it names no place: a form may be older than the list."""
    return code if find(code) else None

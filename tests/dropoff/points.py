"""Drop-off points for tests."""

from datetime import timedelta
from typing import Any

from orders.clock import local_day, now
from orders.database import transact
from orders.dropoff import editing, field_parsing
from orders.dropoff.models import Content, DropOffPoint
from tests.factories import BY


def typed(**fields: str) -> dict[str, str]:
    """What a coordinator types of a point that takes letters for a month."""
    today = local_day(now())
    return {
        "name": "Magasin du monde",
        "address": "Rue Haute 12",
        "postcode": "5000",
        "town": "Namur",
        "first_day": today.isoformat(),
        "last_day": (today + timedelta(days=30)).isoformat(),
        **fields,
    }


def read_point(**fields: str) -> Content:
    found, faults = field_parsing.read(typed(**fields), local_day(now()))
    assert found is not None, faults
    return found


def make_point(**fields: Any) -> DropOffPoint:
    return transact(editing.add, read_point(**fields), at=now(), by=BY)

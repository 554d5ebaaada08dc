"""Events for tests."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from orders.clock import local_day, now
from orders.database import db, transact
from orders.events import deciding, field_parsing, proposing
from orders.events.models import Event, EventContent
from orders.events.proposing import Contact
from tests.factories import BY

ZOE = Contact("Zoé Exemple", "zoe@example.org", "fr")


def typed(**fields: str) -> dict[str, str]:
    """What somebody types of an evening in a week."""
    return {
        "title": "Soirée d’écriture",
        "day": (local_day(now()) + timedelta(days=7)).isoformat(),
        "begins": "19:30",
        "ends": "22:00",
        "venue": "Bibliothèque",
        "address": "Rue Haute 12",
        "postcode": "5000",
        "town": "Namur",
        **fields,
    }


def read_event(*, is_public: bool = True, at: datetime | None = None, **fields: str) -> EventContent:
    found, faults = field_parsing.read(typed(**fields), is_public=is_public, at=at or now())
    assert found is not None, faults
    return found


def propose(**fields: Any) -> Event:
    """An event that somebody proposed and did not confirm yet."""
    transact(proposing.propose, read_event(**fields), ZOE, submission=None, at=now(), by=BY)
    newest = db.session.scalar(select(func.max(Event.id)))
    return db.session.get_one(Event, newest)


def publish(**fields: Any) -> Event:
    """An event that everybody may see."""
    event = propose(**fields)
    transact(proposing.confirm, proposing.token(event), at=now(), by=BY)
    return transact(deciding.publish, event.id, at=now(), by=BY)

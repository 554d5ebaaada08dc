"""Finding events: those that are to come for everybody, all of them for the office."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from orders.clock import local_day
from orders.database import db
from orders.events.models import Event, EventState, UnknownEvent


def coming(*, at: datetime) -> list[Event]:
    """The published events that are not over, the next one first."""
    published = select(Event).where(Event.published_at.is_not(None), Event.day >= local_day(at))
    events = db.session.scalars(published.order_by(Event.day, Event.begins, Event.id))
    return [event for event in events if event.ends_at > at]


def get_published(event_id: int, *, at: datetime) -> Event:
    """An event that everybody may see. Raises `UnknownEvent`, also once it is over."""
    event = get_event(event_id)
    if event.state is not EventState.PUBLISHED or event.ends_at <= at:
        raise UnknownEvent(event_id)
    return event


def get_event(event_id: int) -> Event:
    """Any event. Raises `UnknownEvent`."""
    event = db.session.get(Event, event_id)
    if event is None:
        raise UnknownEvent(event_id)
    return event


def all_events() -> Sequence[Event]:
    """Every event that somebody confirmed, by its day."""
    return db.session.scalars(select(Event).where(Event.confirmed_at.is_not(None)).order_by(Event.day, Event.id)).all()

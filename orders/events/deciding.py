"""A coordinator publishes a proposed event, changes it, or refuses it with a reason; old ones are forgotten."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_, select

from orders.clock import local_day
from orders.daily_jobs import Chore
from orders.database import db
from orders.events.models import AlreadyDecided, Event, EventContent, EventOver, EventState, UnknownEvent, content_of
from orders.mail import outbox, signed_links
from orders.staff import journal
from orders.staff.edit_conflicts import refuse_if_changed
from orders.staff.journal import Actor

UNCONFIRMED_DAYS = 7
PAST_DAYS = 30


def publish(event_id: int, *, at: datetime, by: Actor) -> Event:
    """Show an event to everybody, also one that was refused before. Refuses with `AlreadyDecided` and `EventOver`."""
    event = _locked(event_id)
    if event.state is EventState.PUBLISHED:
        raise AlreadyDecided(event_id)
    if event.ends_at <= at:
        raise EventOver(event_id)
    event.published_at = event.changed_at = at
    event.refused_at, event.refusal = None, ""
    journal.record("published", _thing(event), at=at, by=by)
    _tell(event, "event_published", at=at, page=signed_links.page("events.event", event_id=event.id))
    return event


def refuse(event_id: int, reason: str, *, at: datetime, by: Actor) -> Event:
    """Take an event off the list, or never show it, and say why to who proposed it."""
    event = _locked(event_id)
    if event.state is EventState.REFUSED:
        raise AlreadyDecided(event_id)
    event.refused_at = event.changed_at = at
    event.published_at, event.refusal = None, reason
    journal.record("refused", _thing(event), at=at, by=by)
    _tell(event, "event_refused", at=at, reason=reason)
    return event


def change(event_id: int, content: EventContent, *, at: datetime, by: Actor, shown: str = "") -> Event:
    """Write an event anew. `shown` is the `edit_conflicts.mark` of what the form showed."""
    event = _locked(event_id)
    before, after = content_of(event).as_values(), content.as_values()
    if before == after:
        return event
    refuse_if_changed(_thing(event), shown, before)
    for name, value in after.items():
        setattr(event, name, value)
    event.changed_at = at
    changed = [name for name in after if before[name] != after[name]]
    journal.record("changed", _thing(event), at=at, by=by, after={"fields": changed})
    return event


def _tell(event: Event, kind: str, *, at: datetime, page: str = "", reason: str = "") -> None:
    if event.contact_email and event.confirmed_at is not None:
        told: dict[str, Any] = {"day": event.day, "page": page, "reason": reason}
        outbox.post(event.contact_email, kind, language=event.language, at=at, **told)


def _locked(event_id: int) -> Event:
    """An event to decide about: who proposed it has confirmed it. Raises `UnknownEvent`."""
    locked = select(Event).where(Event.id == event_id, Event.confirmed_at.is_not(None)).with_for_update()
    event = db.session.scalar(locked.execution_options(populate_existing=True))
    if event is None:
        raise UnknownEvent(event_id)
    return event


def _thing(event: Event) -> str:
    return f"event {event.id}"


def _forgotten(at: datetime) -> ColumnElement[bool]:
    """Proposals that nobody confirmed, and events that are long over, with whom to reach about them."""
    return or_(
        Event.day < local_day(at) - timedelta(days=PAST_DAYS),
        and_(Event.confirmed_at.is_(None), Event.proposed_at < at - timedelta(days=UNCONFIRMED_DAYS)),
    )


def look(*, at: datetime) -> Iterable[int]:
    """The events to be forgotten."""
    return db.session.scalars(select(Event.id).where(_forgotten(at))).all()


def forget(event_id: int, *, at: datetime) -> None:
    db.session.execute(delete(Event).where(Event.id == event_id, _forgotten(at)))


CHORE = Chore("events", look, forget)

"""Proposing an event, and confirming or withdrawing it by the link in a mail."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import false, select

from orders import idempotency
from orders.clock import local_day
from orders.database import db
from orders.events.field_parsing import AHEAD
from orders.events.models import Event, EventContent, UnknownEvent
from orders.mail import outbox, signed_links
from orders.mail.models import OutgoingMail
from orders.places.place_address import Address
from orders.staff import journal
from orders.staff.journal import Actor
from orders.web import signing

PURPOSE = "event"
AGAIN = timedelta(minutes=5)
_POSTED = outbox.count_posted(select(OutgoingMail.id).where(false()))


@dataclass(frozen=True, slots=True)
class Contact:
    """Who proposes an event; only the staff sees it."""

    name: str
    email: str
    language: str


def propose(content: EventContent, contact: Contact, *, submission: str | None, at: datetime, by: Actor) -> bool:
    """Keep a proposal and mail the link that confirms it. The same form once more changes nothing.

    Refuses with `SubmittedOtherwise`. False: so many mails went to this address today that this one is held back.
    """
    contents = {**content.as_values(), "name": contact.name, "email": contact.email}
    if not idempotency.submit(submission, contents, at=at):
        return True
    event = _keep(content, contact, at=at)
    journal.record("proposed", f"event {event.id}", at=at, by=by)
    is_too_much = outbox.has_had_its_number(_POSTED, contact.email, at=at)
    page = signed_links.page("events.mine", token=token(event))
    mail = outbox.post(contact.email, "event_proposed", language=contact.language, at=at, day=event.day, page=page)
    if is_too_much:
        outbox.hold_back(mail, at=at)
    return not is_too_much


def propose_gathering(order_id: int, contact: Contact, day: date, place: Address, *, at: datetime, by: Actor) -> None:
    """Propose the gathering of an order: its orderer ticked that it may be listed. Only day and town are shown.

    Nothing is proposed twice, nor for a day that is over or far away.
    """
    is_known = db.session.scalar(select(Event.id).where(Event.order_id == order_id)) is not None
    if is_known or not local_day(at) <= day <= local_day(at) + AHEAD:
        return
    content = EventContent("", "", day, None, None, "", place, is_public=False)
    event = _keep(content, contact, at=at, order_id=order_id, confirmed_at=at)
    journal.record("proposed", f"event {event.id}", at=at, by=by)


def withdraw_gathering(order_id: int, *, at: datetime, by: Actor) -> None:
    """Forget the gathering of an order that was called off. One that everybody sees already stays for the office."""
    hidden = select(Event).where(Event.order_id == order_id, Event.published_at.is_(None))
    if (event := db.session.scalar(hidden.with_for_update())) is None:
        return
    journal.record("withdrawn", f"event {event.id}", at=at, by=by)
    db.session.delete(event)


def find_by_token(text: str) -> Event:
    """The event of a link. Raises `UnknownEvent`."""
    number, _, nonce = (signing.read(text, PURPOSE) or "").partition(".")
    event = db.session.get(Event, int(number)) if number.isdecimal() else None
    if event is None or not secrets.compare_digest(event.nonce, nonce):
        raise UnknownEvent(text[:20])
    return event


def token(event: Event) -> str:
    return signing.sign(f"{event.id}.{event.nonce}", PURPOSE)


def confirm(text: str, *, at: datetime, by: Actor) -> Event:
    """Whoever reads the mails of the address says that the event is meant. A second time changes nothing."""
    event = find_by_token(text)
    if event.confirmed_at is None:
        event.confirmed_at = at
        journal.record("confirmed", f"event {event.id}", at=at, by=by)
    return event


def withdraw(text: str, *, at: datetime, by: Actor) -> None:
    """Forget an event at the wish of who proposed it."""
    event = find_by_token(text)
    journal.record("withdrawn", f"event {event.id}", at=at, by=by)
    db.session.delete(event)
    db.session.flush()


def _keep(content: EventContent, contact: Contact, *, at: datetime, **more: object) -> Event:
    event = Event(
        **content.as_values(),
        nonce=secrets.token_urlsafe(12),
        contact_name=contact.name,
        contact_email=contact.email,
        language=contact.language,
        proposed_at=at,
        changed_at=at,
        **more,
    )
    db.session.add(event)
    db.session.flush()
    return event

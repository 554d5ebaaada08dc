"""Keeping what somebody asked to be kept, and forgetting it at once when they say so."""

import secrets
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select

from orders.database import db
from orders.mail import signed_links
from orders.ordering.models import Order, OrderStatus
from orders.reminders.models import ADDRESS, Reminder, UnknownReminder
from orders.staff import journal
from orders.staff.journal import Actor
from orders.web import signing

PURPOSE = "reminder"
CALLED_OFF = (OrderStatus.CANCELLED, OrderStatus.REJECTED)


def keep(order: Order, wording: str, *, at: datetime) -> None:
    """Keep what the form is to be filled in with next time, with the words that were shown.

    What was kept of the same e-mail address before is written over.
    """
    email = order.email.lower()
    reminder = db.session.scalar(select(Reminder).where(Reminder.email == email).with_for_update())
    if reminder is None:
        reminder = Reminder(email=email, nonce=secrets.token_urlsafe(12))
        db.session.add(reminder)
    _copy(order, reminder)
    reminder.wording, reminder.kept_at = wording, at
    reminder.asked, reminder.asked_edition_id = 0, None
    db.session.flush()


def renew(reminder: Reminder, answers: Sequence[Order]) -> None:
    """Take the answers, oldest first, to the last mail for what to fill the form in with: the newest that stands.

    The consent, its words and its moment, stays that of the box.
    """
    reminder.edition_id = answers[-1].edition_id
    reminder.asked, reminder.asked_edition_id = 0, None
    standing = [each for each in answers if each.status not in CALLED_OFF]
    if standing:
        _copy(standing[-1], reminder)


def _copy(order: Order, reminder: Reminder) -> None:
    for name in (*ADDRESS, "language", "audience", "institution", "phone", "edition_id"):
        setattr(reminder, name, getattr(order, name))
    copies: Counter[str] = Counter()
    for line in order.lines:
        copies[line.publication.kind.value] += line.copies
    reminder.copies = dict(copies)


def follow(order: Order, was_written_to: str) -> None:
    """What this order had kept goes with it to its new e-mail address: the old one is a mistyped one, or a stranger's.

    What somebody else keeps under the old address stays there.
    """
    kept = select(Reminder).where(Reminder.email.in_((was_written_to.lower(), order.email.lower())))
    by_email = {each.email: each for each in db.session.scalars(kept.with_for_update())}
    reminder = by_email.get(was_written_to.lower())
    if reminder is None or any(getattr(reminder, name) != getattr(order, name) for name in ADDRESS):
        return
    replaced = by_email.get(order.email.lower())
    if replaced not in (None, reminder):
        db.session.delete(replaced)
        db.session.flush()
    reminder.email, reminder.nonce = order.email.lower(), secrets.token_urlsafe(12)
    db.session.flush()


def find_by_token(text: str) -> Reminder:
    """What is kept of the one who has this link. Raises `UnknownReminder`, also once it is forgotten."""
    number, _, nonce = (signing.read(text, PURPOSE) or "").partition(".")
    reminder = db.session.get(Reminder, int(number)) if number.isdecimal() else None
    if reminder is None or not secrets.compare_digest(reminder.nonce, nonce):
        raise UnknownReminder(text[:20])
    return reminder


def token(reminder: Reminder) -> str:
    return signing.sign(f"{reminder.id}.{reminder.nonce}", PURPOSE)


def page(endpoint: str, reminder: Reminder) -> str:
    """The absolute address of a page that the link opens."""
    return signed_links.page(endpoint, token=token(reminder))


def correct(emails: Collection[str], *, name: str, organisation: str, email: str, phone: str) -> None:
    """Correct what is kept under these e-mail addresses. One person has one: what is kept under others goes."""
    addresses = {each.lower() for each in (*emails, email) if each}
    kept = select(Reminder).where(Reminder.email.in_(addresses)).order_by(Reminder.kept_at.desc(), Reminder.id)
    rows = db.session.scalars(kept.with_for_update()).all()
    for older in rows[1:]:
        db.session.delete(older)
    db.session.flush()
    for latest in rows[:1]:
        latest.name, latest.organisation, latest.phone = name, organisation, phone
        latest.email = email.lower() or latest.email
    db.session.flush()


def forget(text: str, *, at: datetime, by: Actor) -> None:
    """Forget who has this link; a second time there is nothing to forget."""
    try:
        reminder = find_by_token(text)
    except UnknownReminder:
        return
    journal.record("withdrawn", f"reminder {reminder.id}", at=at, by=by)
    db.session.execute(delete(Reminder).where(Reminder.id == reminder.id))

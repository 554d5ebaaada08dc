"""One mail when the next edition opens; whoever answers none of two editions is forgotten."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import exists, or_, select

from orders.catalogue import edition_lookup
from orders.catalogue.models import Edition
from orders.clock import local_day
from orders.daily_jobs import Chore
from orders.database import db
from orders.mail import outbox
from orders.ordering.models import Order
from orders.ordering.review.matching import email_key
from orders.reminders import subscriptions
from orders.reminders.models import Reminder

MOST_ASKED = 2  # editions


def look(*, at: datetime) -> Iterable[int]:
    """Those who may have answered, and those to be written to or forgotten."""
    edition = edition_lookup.find_open_edition(local_day(at))
    due = Reminder.asked > 0
    if edition is not None:
        due = or_(due, Edition.year < edition.year)
    kept = select(Reminder.id).join(Edition, Edition.id == Reminder.edition_id)
    return db.session.scalars(kept.where(due).order_by(Reminder.id)).all()


def ask_or_forget(reminder_id: int, *, at: datetime) -> None:
    """Note the answer of one of them, else write to them or forget them. Nothing where their data are restricted."""
    reminder = db.session.get(Reminder, reminder_id, with_for_update=True, populate_existing=True)
    edition = edition_lookup.find_open_edition(local_day(at))
    if reminder is None or _is_restricted(reminder):
        return
    if reminder.asked_edition_id is not None and (answers := _answers(reminder)):
        subscriptions.renew(reminder, answers)
    if reminder.asked >= MOST_ASKED and (edition is None or edition.id != reminder.asked_edition_id):
        db.session.delete(reminder)
        db.session.flush()
    elif edition is not None and _is_next(edition, reminder):
        reminder.asked, reminder.asked_edition_id = reminder.asked + 1, edition.id
        _write(reminder, edition, at=at)


def _is_restricted(reminder: Reminder) -> bool:
    """Whether the person asked that nothing be done with their data: each of their orders says so."""
    restricted = Order.email_key == email_key(reminder.email), Order.restricted_at.is_not(None)
    return bool(db.session.scalar(select(exists().where(*restricted))))


def _answers(reminder: Reminder) -> Sequence[Order]:
    """The orders with this address that came in the edition that the last mail was about, the oldest first."""
    answers = Order.email_key == email_key(reminder.email), Order.edition_id == reminder.asked_edition_id
    return db.session.scalars(select(Order).where(*answers).order_by(Order.id)).all()


def _is_next(edition: Edition, reminder: Reminder) -> bool:
    """Whether this edition is a later one than that of the last order, and was not written about."""
    ordered_in = db.session.get_one(Edition, reminder.edition_id)
    return edition.year > ordered_in.year and edition.id != reminder.asked_edition_id


def _write(reminder: Reminder, edition: Edition, *, at: datetime) -> None:
    outbox.post(
        reminder.email,
        "order_again",
        language=reminder.language,
        at=at,
        page=subscriptions.page("returning.order_again", reminder),
        forget=subscriptions.page("returning.stop_writing", reminder),
        closes_on=edition.closes_on,
    )


CHORE = Chore("reminders", look, ask_or_forget)

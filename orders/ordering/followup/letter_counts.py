"""Asking how many letters were written, and counting those that come back."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload

from orders import idempotency
from orders.catalogue.models import Edition
from orders.clock import local_day
from orders.daily_jobs import Chore
from orders.database import db
from orders.mail import signed_links
from orders.mail.models import OutgoingMail
from orders.ordering.followup.letter_models import (
    MOST_LETTERS,
    ImpossibleLetters,
    LetterCount,
    NothingWasSent,
    UnknownLetterCount,
)
from orders.ordering.models import Order, OrderLine, OrderStatus
from orders.ordering.notifications import notify
from orders.ordering.repository import get_order
from orders.staff import journal
from orders.staff.journal import Actor

MAIL = "letters_asked"
A_BATCH = 100  # mails that are written in one transaction


def asked_from(edition: Edition) -> date:
    """The day from which the orderers of an edition are asked: 10 January, when the letters are counted."""
    return date(edition.year + 1, 1, 10)


def look(*, at: datetime) -> Iterator[list[int]]:
    """The orders whose orderers are to be asked, in batches: from 10 January until letters must be back."""
    today = local_day(at)
    editions = db.session.scalars(select(Edition).where(Edition.letters_back_by >= today))
    asking = [edition.id for edition in editions if asked_from(edition) <= today]
    if asking:
        wanted = _to_be_asked().where(Order.edition_id.in_(asking)).order_by(Order.id)
        order_ids = db.session.scalars(wanted.with_only_columns(Order.id)).all()
        yield from (list(order_ids[first : first + A_BATCH]) for first in range(0, len(order_ids), A_BATCH))


def ask(order_ids: Sequence[int], *, at: datetime) -> None:
    """Ask these orderers how many letters they wrote, each order once."""
    for order in db.session.scalars(_to_be_asked().where(Order.id.in_(order_ids)).order_by(Order.id)).all():
        answer = signed_links.page("public.tell_letters", token=signed_links.token(order.reference, order.link_nonce))
        notify(order, MAIL, at=at, answer=answer)


def _to_be_asked() -> Select[Order]:
    """Orders that were sent and arrived, whose orderers were not asked yet and reported nothing."""
    sent = exists().where(OrderLine.order_id == Order.id, OrderLine.sent > 0)
    was_asked = exists().where(OutgoingMail.order_id == Order.id, OutgoingMail.kind == MAIL)
    answered = exists().where(LetterCount.order_id == Order.id)
    return (
        select(Order)
        .where(Order.status != OrderStatus.RETURNED, Order.email != "", ~Order.sent_before_pli)
        .where(Order.restricted_at.is_(None))
        .where(sent, ~was_asked, ~answered)
    )


CHORE = Chore("letters", look, ask)


def report_letters(reference: str, letters: int, *, at: datetime, by: Actor) -> LetterCount:
    """Note how many letters the orderer reports. A new report replaces the one before."""
    order = _sent(reference)
    if not 0 <= letters <= MOST_LETTERS:
        raise ImpossibleLetters
    count = db.session.scalar(
        select(LetterCount).where(LetterCount.order_id == order.id, ~LetterCount.by_office).with_for_update()
    )
    if count is None:
        count = LetterCount(order_id=order.id, by_office=False)
        db.session.add(count)
    count.letters = letters
    count.at = at
    journal.record("counted letters", f"order {reference}", at=at, by=by, after={"letters": letters})
    return count


def count_letters(
    reference: str, letters: int, *, at: datetime, by: Actor, submission: str | None = None
) -> LetterCount:
    """Note how many letters the office found in a box. The same `submission` counts once."""
    if not idempotency.submit(submission, {"order": reference, "letters": letters}, at=at):
        return _submitted(submission)
    order = _sent(reference)
    if not 1 <= letters <= MOST_LETTERS:
        raise ImpossibleLetters
    count = LetterCount(
        order_id=order.id, letters=letters, at=at, by_office=True, by_id=by.staff_id, submission=submission
    )
    db.session.add(count)
    journal.record("counted letters", f"order {reference}", at=at, by=by, after={"letters": letters})
    db.session.flush()
    return count


def count_without_slip(
    edition: Edition, letters: int, *, at: datetime, by: Actor, submission: str | None = None
) -> LetterCount:
    """Count letters without a slip: they belong to an edition, not to an order. The same `submission` counts once."""
    if not idempotency.submit(submission, {"edition": edition.year, "letters": letters}, at=at):
        return _submitted(submission)
    if not 1 <= letters <= MOST_LETTERS:
        raise ImpossibleLetters
    count = LetterCount(
        edition_id=edition.id, letters=letters, at=at, by_office=True, by_id=by.staff_id, submission=submission
    )
    db.session.add(count)
    journal.record("counted letters", f"edition {edition.year}", at=at, by=by, after={"letters": letters})
    db.session.flush()
    return count


def _submitted(submission: str | None) -> LetterCount:
    """The count that a form with this key has made."""
    return db.session.scalars(select(LetterCount).where(LetterCount.submission == submission)).one()


def correct_count(count_id: int, letters: int, *, at: datetime, by: Actor) -> LetterCount:
    """Correct a count of the office; 0 removes it. The journal keeps the number before."""
    count = db.session.scalar(
        select(LetterCount).where(LetterCount.id == count_id, LetterCount.by_office).with_for_update()
    )
    if count is None:
        raise UnknownLetterCount(count_id)
    if not 0 <= letters <= MOST_LETTERS:
        raise ImpossibleLetters
    before, count.letters = count.letters, letters
    if before != letters:
        journal.record(
            "corrected letters", _of(count), at=at, by=by, before={"letters": before}, after={"letters": letters}
        )
    if letters == 0:
        db.session.delete(count)
    return count


def _of(count: LetterCount) -> str:
    """The order or the edition that the journal names."""
    if count.order is not None:
        return f"order {count.order.reference}"
    return f"edition {count.edition.year}" if count.edition is not None else "letters"


def _sent(reference: str) -> Order:
    """The order, locked so that two who count it do so one after the other."""
    order = get_order(reference)
    db.session.refresh(order, with_for_update=True)
    if not any(line.sent for line in order.lines):
        raise NothingWasSent(reference)
    return order


def told_by_orderer(order: Order) -> int | None:
    """How many letters the orderer said that they wrote."""
    return db.session.scalar(
        select(LetterCount.letters).where(LetterCount.order_id == order.id, ~LetterCount.by_office)
    )


def found_by_office(order: Order) -> int | None:
    """How many letters of the order the office has counted so far."""
    return db.session.scalar(
        select(func.sum(LetterCount.letters)).where(LetterCount.order_id == order.id, LetterCount.by_office)
    )


def latest_counts(limit: int = 20) -> Sequence[LetterCount]:
    """What the office counted last, the latest first."""
    return db.session.scalars(
        select(LetterCount)
        .where(LetterCount.by_office)
        .order_by(LetterCount.id.desc())
        .limit(limit)
        .options(joinedload(LetterCount.order), joinedload(LetterCount.edition))
    ).all()

"""How many letters were written: asked in January, counted by the office, weighed against the copies sent."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from orders import daily_jobs
from orders.catalogue.models import Audience, Edition
from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.ordering.followup import letter_counts
from orders.ordering.followup.letter_models import MOST_LETTERS, ImpossibleLetters, LetterCount, NothingWasSent
from orders.ordering.models import Order
from orders.reports import letter_report as letters_report
from orders.shipping.dispatches import lifecycle
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order

JANUARY = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)


@pytest.fixture
def edition(house: Flask) -> Edition:
    return make_edition(shelf=1000)


def sent(**fields: object) -> Order:
    order = make_order(**fields)  # type: ignore[arg-type]
    transact(lifecycle.close, make_dispatch(order).id, at=NOW, by=BY, everything=True)
    return order


def ask(at: datetime) -> int:
    """Do the chore of that day; how many have been asked so far."""
    while transact(daily_jobs.do, letter_counts.CHORE, letter_counts.ask, at=at):
        pass
    return db.session.scalar(select(func.count()).where(OutgoingMail.kind == "letters_asked")) or 0


def test_everybody_who_received_copies_is_asked_once_from_january_on(edition: Edition) -> None:
    sent()
    sent()
    make_order()
    assert ask(datetime(2026, 12, 20, 9, 0, tzinfo=UTC)) == 0
    assert ask(JANUARY) == 2
    assert ask(JANUARY + timedelta(days=1)) == 2


def test_who_has_answered_is_not_asked_and_after_the_last_day_nobody_is(edition: Edition) -> None:
    transact(letter_counts.tell_letters, sent().reference, 12, at=NOW)
    assert ask(JANUARY) == 0
    sent()
    assert ask(datetime(2027, 3, 15, 9, 0, tzinfo=UTC)) == 0


def test_many_are_asked_in_parts_and_all_of_them(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letter_counts, "A_BATCH", 2)
    for _ in range(5):
        sent()
    assert ask(JANUARY) == 5


def test_an_answer_replaces_the_one_before(edition: Edition) -> None:
    order = sent()
    for number in (10, 24):
        transact(letter_counts.tell_letters, order.reference, number, at=NOW)
    assert letter_counts.told_by_orderer(order) == 24
    assert db.session.scalar(select(func.count()).select_from(LetterCount)) == 1


def test_the_offices_boxes_add_up_and_a_form_sent_twice_counts_once(edition: Edition) -> None:
    order = sent()
    for number, key in ((10, "a"), (10, "a"), (5, "b")):
        transact(letter_counts.count_letters, order.reference, number, at=NOW, by=BY, submission=key)
    assert letter_counts.found_by_office(order) == 15


@pytest.mark.parametrize("number", [-1, MOST_LETTERS + 1])
def test_a_number_that_cannot_be_is_refused(edition: Edition, number: int) -> None:
    order = sent()
    with pytest.raises(ImpossibleLetters):
        transact(letter_counts.tell_letters, order.reference, number, at=NOW)
    with pytest.raises(ImpossibleLetters):
        transact(letter_counts.count_letters, order.reference, number, at=NOW, by=BY)


def test_of_an_order_that_has_not_gone_no_letters_come(edition: Edition) -> None:
    with pytest.raises(NothingWasSent):
        transact(letter_counts.count_letters, make_order().reference, 3, at=NOW, by=BY)


def test_the_report_weighs_copies_against_letters_and_believes_the_office_first(edition: Edition) -> None:
    school = sent(lines={"MAN26": 24}, audience=Audience.SCHOOL)
    family = sent(lines={"MAN26": 2})
    sent(lines={"MAN26": 3})
    transact(letter_counts.tell_letters, school.reference, 30, at=NOW)
    transact(letter_counts.count_letters, school.reference, 40, at=NOW, by=BY)
    transact(letter_counts.tell_letters, family.reference, 6, at=NOW)
    rows = [(row.audience, row.orders, row.copies, row.answered, row.letters) for row in letters_report.report(edition)]
    assert rows == [
        (Audience.SCHOOL, 1, 24, 1, 40),
        (Audience.FAMILY, 2, 5, 1, 6),
        (None, 3, 29, 2, 46),
    ]
    assert letters_report.report(edition)[0].per_order == 40

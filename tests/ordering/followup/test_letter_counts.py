"""How many letters were written: asked in January, counted by the office, weighed against the copies sent."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from orders.catalogue.models import Edition
from orders.commands.worker import do_chore
from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.ordering.followup import letter_counts
from orders.ordering.followup.letter_models import (
    MOST_LETTERS,
    ImpossibleLetters,
    LetterCount,
    NothingWasSent,
    UnknownLetterCount,
)
from orders.ordering.models import Order
from orders.reports import letter_report as letters_report
from orders.shipping.dispatches import lifecycle
from orders.staff.journal import Actor
from orders.staff.models import AuditEntry
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order

WEB = Actor("web")
JANUARY = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)


@pytest.fixture
def edition(app_context: Flask) -> Edition:
    return make_edition(shelf=1000)


def sent(**fields: object) -> Order:
    order = make_order(**fields)  # type: ignore[arg-type]
    transact(lifecycle.close, make_dispatch(order).id, at=NOW, by=BY, everything=True)
    return order


def ask(at: datetime) -> int:
    """Do the chore of that day; how many have been asked so far."""
    do_chore(letter_counts.CHORE, lambda: at)
    return db.session.scalar(select(func.count()).where(OutgoingMail.kind == "letters_asked")) or 0


def test_everybody_who_received_copies_is_asked_once_from_january_on(edition: Edition) -> None:
    sent()
    sent()
    make_order()
    assert ask(datetime(2026, 12, 20, 9, 0, tzinfo=UTC)) == 0
    assert ask(JANUARY) == 2
    assert ask(JANUARY + timedelta(days=1)) == 2


def test_who_has_answered_is_not_asked_and_after_the_last_day_nobody_is(edition: Edition) -> None:
    transact(letter_counts.report_letters, sent().reference, 12, at=NOW, by=WEB)
    assert ask(JANUARY) == 0
    sent()
    assert ask(datetime(2027, 3, 15, 9, 0, tzinfo=UTC)) == 0


def test_whose_copies_went_before_pli_is_not_asked(edition: Edition) -> None:
    order = sent()
    order.sent_before_pli = True
    db.session.commit()
    assert ask(JANUARY) == 0
    order.sent_before_pli = False
    db.session.commit()
    assert ask(JANUARY + timedelta(days=1)) == 1


def test_many_are_asked_in_parts_and_all_of_them(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letter_counts, "A_BATCH", 2)
    for _ in range(5):
        sent()
    assert ask(JANUARY) == 5


def test_an_answer_replaces_the_one_before(edition: Edition) -> None:
    order = sent()
    for number in (10, 24):
        transact(letter_counts.report_letters, order.reference, number, at=NOW, by=WEB)
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
        transact(letter_counts.report_letters, order.reference, number, at=NOW, by=WEB)
    with pytest.raises(ImpossibleLetters):
        transact(letter_counts.count_letters, order.reference, number, at=NOW, by=BY)


def test_of_an_order_that_has_not_gone_no_letters_come(edition: Edition) -> None:
    with pytest.raises(NothingWasSent):
        transact(letter_counts.count_letters, make_order().reference, 3, at=NOW, by=BY)


def test_a_count_is_corrected_and_the_journal_keeps_what_it_was(edition: Edition) -> None:
    order = sent()
    count = transact(letter_counts.count_letters, order.reference, 170, at=NOW, by=BY)
    transact(letter_counts.correct_count, count.id, 17, at=NOW, by=BY)
    assert letter_counts.found_by_office(order) == 17
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "corrected letters")).one()
    assert (entry.thing, entry.before, entry.after) == (
        f"order {order.reference}",
        {"letters": 170},
        {"letters": 17},
    )


def test_a_count_corrected_to_nothing_is_gone_and_the_orderers_own_word_counts_again(edition: Edition) -> None:
    order = sent()
    transact(letter_counts.report_letters, order.reference, 8, at=NOW, by=WEB)
    count = transact(letter_counts.count_letters, order.reference, 170, at=NOW, by=BY)
    transact(letter_counts.correct_count, count.id, 0, at=NOW, by=BY)
    assert letter_counts.found_by_office(order) is None
    assert letters_report.report(edition)[-1].letters == 8
    with pytest.raises(UnknownLetterCount):
        transact(letter_counts.correct_count, count.id, 3, at=NOW, by=BY)


def test_what_the_orderer_said_is_not_the_offices_to_correct(edition: Edition) -> None:
    told = transact(letter_counts.report_letters, sent().reference, 8, at=NOW, by=WEB)
    with pytest.raises(UnknownLetterCount):
        transact(letter_counts.correct_count, told.id, 9, at=NOW, by=BY)


@pytest.mark.parametrize("number", [-1, MOST_LETTERS + 1])
def test_a_correction_to_what_cannot_be_is_refused(edition: Edition, number: int) -> None:
    count = transact(letter_counts.count_letters, sent().reference, 5, at=NOW, by=BY)
    with pytest.raises(ImpossibleLetters):
        transact(letter_counts.correct_count, count.id, number, at=NOW, by=BY)


def test_letters_without_a_slip_are_of_the_edition_and_counted_once(edition: Edition) -> None:
    other = make_edition(year=2025)
    for number, key in ((10, "a"), (10, "a"), (5, "b")):
        transact(letter_counts.count_without_slip, edition, number, at=NOW, by=BY, submission=key)
    sent()
    assert letters_report.without_slip(edition) == 15
    assert letters_report.without_slip(other) == 0
    assert letters_report.report(edition)[-1].letters == 0
    for impossible in (0, MOST_LETTERS + 1):
        with pytest.raises(ImpossibleLetters):
            transact(letter_counts.count_without_slip, edition, impossible, at=NOW, by=BY)


def test_the_report_weighs_copies_against_letters_and_believes_the_office_first(edition: Edition) -> None:
    school = sent(lines={"MAN26": 24}, audience="school")
    family = sent(lines={"MAN26": 2})
    sent(lines={"MAN26": 3})
    transact(letter_counts.report_letters, school.reference, 30, at=NOW, by=WEB)
    transact(letter_counts.count_letters, school.reference, 40, at=NOW, by=BY)
    transact(letter_counts.report_letters, family.reference, 6, at=NOW, by=WEB)
    rows = [(row.audience, row.orders, row.copies, row.answered, row.letters) for row in letters_report.report(edition)]
    assert rows == [
        ("school", 1, 24, 1, 40),
        ("family", 2, 5, 1, 6),
        (None, 3, 29, 2, 46),
    ]
    assert letters_report.report(edition)[0].per_order == 40

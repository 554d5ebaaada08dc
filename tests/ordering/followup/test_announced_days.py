"""A day that a mail named for copies changes: whoever waits is told once."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from orders.catalogue import edition_lookup
from orders.catalogue.models import Publication
from orders.commands.worker import do_chore
from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.ordering import notifications
from orders.ordering.followup import announced_days
from orders.ordering.lifecycle import cancellation
from orders.ordering.models import Order
from orders.ordering.queue import deallocation
from orders.stock import print_runs
from orders.stock.models import PrintRun, Reason
from orders.stock.print_runs import PlannedRun
from tests import ROOT
from tests.factories import BY, NOW, make_edition, make_order, receive

ANNOUNCED = date(2026, 12, 2)  # a Wednesday
A_DAY = timedelta(days=1)


def manual() -> Publication:
    return edition_lookup.get_publication("MAN26")


def plan(expected_on: date, copies: int = 100) -> PrintRun:
    return transact(print_runs.commission, manual(), PlannedRun(copies, expected_on), at=NOW, by=BY)


def move(run: PrintRun, expected_on: date, copies: int = 100) -> None:
    transact(print_runs.change, manual(), run.id, PlannedRun(copies, expected_on), at=NOW, by=BY)


def morning(day: date) -> None:
    """What the worker does on a day."""
    at = datetime.combine(day, NOW.timetz())
    do_chore(announced_days.CHORE, lambda: at)


def told(order: Order) -> list[OutgoingMail]:
    wanted = select(OutgoingMail).where(OutgoingMail.kind == announced_days.MAIL, OutgoingMail.order_id == order.id)
    return list(db.session.scalars(wanted.order_by(OutgoingMail.id)))


@pytest.fixture
def run(app_context: Flask) -> PrintRun:
    make_edition(shelf=0)
    return plan(ANNOUNCED)


def test_a_print_run_that_moves_is_told_once(run: PrintRun) -> None:
    order = make_order(lines={"MAN26": 30})
    morning(date(2026, 11, 23))
    assert told(order) == []
    move(run, date(2026, 12, 9))
    for day in range(24, 29):
        morning(date(2026, 11, day))
    [mail] = told(order)
    assert "annoncés pour le 2 décembre 2026" in mail.text
    assert "attendus maintenant le 9 décembre 2026" in mail.text


def test_every_new_day_is_told_of_an_earlier_one_too(run: PrintRun) -> None:
    order = make_order(lines={"MAN26": 30})
    for day, moved in ((23, 7), (24, 1), (25, 1)):
        move(run, date(2026, 12, moved))
        morning(date(2026, 11, day))
    assert [("7 décembre" in mail.text, "1er décembre" in mail.text) for mail in told(order)] == [
        (True, False),
        (True, True),
    ]


def test_two_moves_within_a_day_are_one_mail_and_a_mended_slip_is_none(run: PrintRun) -> None:
    order = make_order(lines={"MAN26": 30})
    move(run, date(2027, 12, 2))
    move(run, ANNOUNCED)
    morning(date(2026, 11, 23))
    assert told(order) == []


def test_a_late_print_run_is_told_once_after_a_working_day_and_its_new_day_once(run: PrintRun) -> None:
    order = make_order(lines={"MAN26": 30})
    morning(ANNOUNCED)
    morning(ANNOUNCED + A_DAY)
    assert told(order) == []
    for days in (2, 3, 6):
        morning(ANNOUNCED + days * A_DAY)
    assert len(told(order)) == 1
    assert "Nous ne savons pas encore le nouveau jour" in told(order)[0].text
    move(run, date(2026, 12, 16))
    for days in (7, 8):
        morning(ANNOUNCED + days * A_DAY)
    assert len(told(order)) == 2
    assert "attendus maintenant le 16 décembre 2026" in told(order)[1].html


def test_what_came_late_but_was_noted_in_time_is_told_to_nobody(run: PrintRun) -> None:
    order = make_order(lines={"MAN26": 30})
    receive("MAN26", 100, minutes=13 * 24 * 60)
    morning(ANNOUNCED + 5 * A_DAY)
    assert told(order) == []
    assert order.lines[0].announced_on is None


def test_a_cancelled_print_run_is_told(run: PrintRun) -> None:
    order = make_order(lines={"MAN26": 30})
    transact(print_runs.cancel, manual(), run.id, at=NOW, by=BY)
    morning(date(2026, 11, 23))
    morning(date(2026, 11, 24))
    assert [("nouveau jour" in mail.text) for mail in told(order)] == [True]


def test_only_those_hear_of_it_whose_copies_come_with_what_moved(run: PrintRun) -> None:
    first, second = (make_order(lines={"MAN26": 60}, minutes=minutes) for minutes in (0, 1))
    second_run = plan(date(2026, 12, 8))
    third = make_order(lines={"MAN26": 20}, minutes=2)
    move(second_run, date(2026, 12, 10))
    morning(date(2026, 11, 23))
    assert [len(told(each)) for each in (first, second, third)] == [0, 0, 1]


def test_who_was_told_no_day_has_no_address_or_waits_no_more_hears_nothing(run: PrintRun) -> None:
    gone = make_order(lines={"MAN26": 10})
    nobody = make_order(lines={"MAN26": 10}, email="")
    transact(cancellation.cancel, gone.reference, at=NOW, by=BY)
    untold = make_order(lines={"MAN26": 500})
    move(run, date(2026, 12, 9))
    morning(date(2026, 11, 23))
    assert [told(each) for each in (gone, nobody, untold)] == [[], [], []]


def test_what_happens_between_the_look_and_the_mail_is_seen(run: PrintRun) -> None:
    order = make_order(lines={"MAN26": 30})
    transact(print_runs.cancel, manual(), run.id, at=NOW, by=BY)
    at = NOW + 3 * A_DAY
    assert list(announced_days.look(at=at)) == [order.reference]
    receive("MAN26", 100, minutes=60)
    transact(announced_days.tell_once, order.reference, at=at)
    assert told(order) == []


def test_copies_that_were_lost_again_are_announced_for_the_day_of_their_own_turn(app_context: Flask) -> None:
    make_edition(shelf=60)
    first, second = (make_order(lines={"MAN26": 30}, minutes=minutes) for minutes in (0, 1))
    plan(ANNOUNCED, 30)
    plan(date(2026, 12, 20), 100)
    transact(deallocation.correct, manual(), -60, reason=Reason.DAMAGED, confirmed=60, at=NOW, by=BY)
    assert [order.lines[0].announced_on for order in (first, second)] == [ANNOUNCED, date(2026, 12, 20)]
    mails = db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "order_set_back")).all()
    assert {mail.order_id: "20 décembre" in mail.text for mail in mails} == {first.id: False, second.id: True}


def test_every_mail_that_names_the_day_keeps_it(app_context: Flask) -> None:
    mails = ROOT / "templates/mail"
    naming = [each.stem for each in mails.glob("order_*") if {"_copies", "expected_on"} & set(_words(each.read_text()))]
    assert set(naming) == notifications.NAMES_THE_DAY


def _words(text: str) -> list[str]:
    return text.replace("/", " ").replace(".", " ").replace("[", " ").split()

"""Print runs: expected on a day, received in parts, late, too many, cancelled."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from orders.catalogue import edition_lookup
from orders.catalogue.models import Publication
from orders.database import db, transact
from orders.staff.models import AuditEntry
from orders.stock import expected_deliveries, ledger, print_runs
from orders.stock.models import (
    ImpossibleCopies,
    ImpossibleDay,
    MoreThanOrdered,
    Movement,
    Place,
    PrintRun,
    PublicationArchived,
    RunCancelled,
    UnknownPrintRun,
)
from orders.stock.print_runs import PlannedRun, RunProgress
from tests.factories import BY, NOW, make_edition

TODAY = date(2026, 11, 20)
SOON = date(2026, 12, 1)


def manual() -> Publication:
    return edition_lookup.get_publication("MAN26")


def commission(copies: int = 3_000, expected_on: date = SOON, **more: object) -> PrintRun:
    planned = PlannedRun(copies, expected_on, cost_cents=123_450)
    return transact(print_runs.commission, manual(), planned, at=NOW, by=BY, **more)  # type: ignore[arg-type]


def receive(run: PrintRun, copies: int, **more: object) -> Movement:
    return transact(print_runs.receive, manual(), copies, run_id=run.id, at=NOW, by=BY, **more)  # type: ignore[arg-type]


def standing() -> list[tuple[int, int]]:
    """Received and still expected, of every print run."""
    return [(each.received, each.still) for each in print_runs.progress([manual().id])]


def test_a_print_run_is_received_in_parts_and_the_rest_is_still_expected(app_context: Flask) -> None:
    make_edition(shelf=0)
    run = commission()
    assert standing() == [(0, 3_000)]
    receive(run, 1_000)
    assert standing() == [(1_000, 2_000)]
    assert expected_deliveries.expected_copies([manual().id]) == {manual().id: 2_000}
    receive(run, 2_000)
    assert standing() == [(3_000, 0)]
    assert print_runs.open_runs() == []
    assert ledger.copies_at(manual().id, Place.SHELF) == 3_000


def test_the_next_day_is_promised_and_one_that_is_over_is_not(app_context: Flask) -> None:
    make_edition(shelf=0)
    first, second = commission(), commission(expected_on=SOON + timedelta(days=9))
    ids = [manual().id]
    assert expected_deliveries.expected_on(ids, TODAY) == {manual().id: SOON}
    assert expected_deliveries.expected_on(ids, SOON) == {manual().id: SOON}
    assert expected_deliveries.expected_on(ids, SOON + timedelta(days=1)) == {manual().id: second.expected_on}
    assert [each.run.id for each in expected_deliveries.late_runs(SOON + timedelta(days=1))] == [first.id]
    receive(first, 3_000)
    assert expected_deliveries.expected_on(ids, TODAY) == {manual().id: second.expected_on}
    assert expected_deliveries.late_runs(SOON + timedelta(days=1)) == []


def test_more_than_was_ordered_is_asked_about_first(app_context: Flask) -> None:
    make_edition(shelf=0)
    run = commission(100)
    receive(run, 60)
    with pytest.raises(MoreThanOrdered) as question:
        receive(run, 41)
    assert (question.value.copies, question.value.still) == (41, 40)
    receive(run, 41, more_is_right=True)
    assert standing() == [(101, 0)]


def test_a_print_run_received_twice_by_two_people_is_asked_about(app_context: Flask) -> None:
    make_edition(shelf=0)
    run = commission(100)
    receive(run, 100, submission="one")
    with pytest.raises(MoreThanOrdered) as question:
        receive(run, 100, submission="two")
    assert question.value.still == 0
    assert standing() == [(100, 0)]


def test_the_same_form_counts_once(app_context: Flask) -> None:
    make_edition(shelf=0)
    run = commission(100, submission="a-key")
    assert commission(100, submission="a-key").id == run.id
    assert receive(run, 100, submission="b-key").id == receive(run, 100, submission="b-key").id
    assert standing() == [(100, 0)]


def test_a_cancelled_print_run_promises_nothing_and_keeps_what_came(app_context: Flask) -> None:
    make_edition(shelf=0)
    run = commission(100)
    receive(run, 60)
    for _ in range(2):
        transact(print_runs.cancel, manual(), run.id, at=NOW, by=BY)
    assert standing() == [(60, 0)]
    assert expected_deliveries.expected_on([manual().id], TODAY) == {}
    with pytest.raises(RunCancelled):
        receive(run, 40)
    with pytest.raises(RunCancelled):
        transact(print_runs.change, manual(), run.id, PlannedRun(100, SOON), at=NOW, by=BY)


def test_the_printer_names_a_new_day_and_a_late_one_may_keep_its_own(app_context: Flask) -> None:
    make_edition(shelf=0)
    run = commission()
    later = NOW + timedelta(days=20)
    transact(print_runs.change, manual(), run.id, PlannedRun(3_000, SOON, 99), at=later, by=BY)
    transact(print_runs.change, manual(), run.id, PlannedRun(2_950, later.date()), at=later, by=BY)
    assert (run.copies, run.expected_on, run.cost_cents) == (2_950, later.date(), None)
    with pytest.raises(ImpossibleDay):
        transact(print_runs.change, manual(), run.id, PlannedRun(2_950, SOON), at=later, by=BY)
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.before or {})["cost_cents"] == 99


@pytest.mark.parametrize(("received", "is_late"), [(99, True), (100, False), (101, False)])
def test_a_print_run_is_late_while_a_single_copy_is_missing_after_its_day(received: int, is_late: bool) -> None:
    progress = RunProgress(PrintRun(copies=100, expected_on=SOON), received)
    assert [progress.is_late(SOON + timedelta(days=days)) for days in (0, 1)] == [False, is_late]


def test_so_many_copies_are_promised_for_the_day_on_which_the_last_of_them_comes(app_context: Flask) -> None:
    make_edition(shelf=0)
    commission(100)
    later = commission(50, SOON + timedelta(days=9)).expected_on

    def promised(copies: int, day: date = TODAY) -> date | None:
        return expected_deliveries.covered_on({manual().id: copies}, day).get(manual().id)

    assert [promised(copies) for copies in (1, 100, 101, 150, 151)] == [SOON, SOON, later, later, None]
    assert [promised(copies, SOON + timedelta(days=1)) for copies in (50, 51)] == [later, None]


@pytest.mark.parametrize("copies", [0, -5, 10**12])
def test_impossible_numbers_of_copies_are_refused(app_context: Flask, copies: int) -> None:
    make_edition()
    with pytest.raises(ImpossibleCopies):
        commission(copies)


@pytest.mark.parametrize("day", [date(2026, 11, 19), date(2029, 1, 1)])
def test_a_day_that_cannot_be_meant_is_refused(app_context: Flask, day: date) -> None:
    make_edition()
    with pytest.raises(ImpossibleDay):
        commission(expected_on=day)


def test_nothing_is_ordered_or_received_of_an_archived_publication(app_context: Flask) -> None:
    make_edition(shelf=0)
    run = commission()
    manual().archived_at = NOW
    db.session.commit()
    assert expected_deliveries.late_runs(SOON + timedelta(days=1)) == []
    with pytest.raises(PublicationArchived):
        commission()
    with pytest.raises(PublicationArchived):
        receive(run, 5)
    with pytest.raises(PublicationArchived):
        transact(ledger.receive, manual(), 5, at=NOW, by=BY)


def test_a_print_run_belongs_to_its_publication(app_context: Flask) -> None:
    make_edition(shelf=0)
    run = commission()
    with pytest.raises(UnknownPrintRun):
        transact(print_runs.receive, edition_lookup.get_publication("LIV26"), 5, run_id=run.id, at=NOW, by=BY)

"""A delivery that was noted and never came."""

import pytest
from flask import Flask

from orders.catalogue import edition_lookup
from orders.catalogue.models import Publication
from orders.database import transact
from orders.stock import delivery_reversal, ledger, print_runs
from orders.stock.delivery_reversal import MoreThanCame
from orders.stock.models import ImpossibleCopies, Movement, OutOfStock, Place, Reason
from orders.stock.print_runs import PlannedRun
from tests.factories import BY, NOW, make_edition


def manual() -> Publication:
    return edition_lookup.get_publication("MAN26")


@pytest.fixture
def run_id(app_context: Flask) -> int:
    """A print run of 100 copies, of which 60 were received."""
    make_edition(shelf=0)
    run_id = transact(print_runs.commission, manual(), PlannedRun(100, NOW.date()), at=NOW, by=BY).id
    transact(print_runs.receive, manual(), 60, run_id=run_id, at=NOW, by=BY)
    return run_id


def take_back(copies: int, run_id: int, submission: str | None = None) -> Movement:
    return transact(delivery_reversal.take_back, manual(), copies, run_id=run_id, at=NOW, by=BY, submission=submission)


def standing() -> tuple[int, int, int]:
    """On the shelf, received and still expected."""
    (progress,) = print_runs.progress([manual().id])
    return ledger.copies_at(manual().id, Place.SHELF), progress.received, progress.still


@pytest.mark.parametrize("copies", [1, 60])
def test_what_is_taken_back_is_expected_again(run_id: int, copies: int) -> None:
    movement = take_back(copies, run_id)
    assert (movement.origin, movement.destination, movement.reason) == (Place.SHELF, Place.PRINTER, Reason.NEVER_CAME)
    assert standing() == (60 - copies, 60 - copies, 40 + copies)


def test_the_same_form_takes_back_once(run_id: int) -> None:
    assert take_back(5, run_id, "a-key").id == take_back(5, run_id, "a-key").id
    assert standing() == (55, 55, 45)


@pytest.mark.parametrize("copies", [0, -1])
def test_an_impossible_number_is_refused(run_id: int, copies: int) -> None:
    with pytest.raises(ImpossibleCopies):
        take_back(copies, run_id)
    assert standing() == (60, 60, 40)


def test_no_more_is_taken_back_than_came(run_id: int) -> None:
    with pytest.raises(MoreThanCame) as refusal:
        take_back(61, run_id)
    assert (refusal.value.copies, refusal.value.received) == (61, 60)


def test_what_left_the_shelf_since_cannot_be_taken_back(run_id: int) -> None:
    transact(ledger.correct, manual(), -1, reason=Reason.DAMAGED, at=NOW, by=BY)
    with pytest.raises(OutOfStock):
        take_back(60, run_id)

"""The double-entry ledger: every copy that moves leaves one account and enters another."""

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from orders.catalogue import edition_lookup
from orders.catalogue.models import Publication
from orders.database import db, transact
from orders.reports import integrity
from orders.stock import ledger
from orders.stock.models import (
    Balance,
    ImpossibleCopies,
    Movement,
    MovementNote,
    OutOfStock,
    Place,
    Reason,
    ReasonMissing,
    WrongWay,
)
from tests.factories import BY, NOW, make_edition
from tests.races import only


def manual() -> Publication:
    return edition_lookup.get_publication("MAN26")


def at(place: Place) -> int:
    return ledger.copies_at(manual().id, place)


def test_a_delivery_comes_from_the_printer_onto_the_shelf(app_context: Flask) -> None:
    make_edition(shelf=0)
    transact(ledger.receive, manual(), 250, at=NOW, by=BY, note="palette du matin")
    assert (at(Place.PRINTER), at(Place.SHELF)) == (-250, 250)
    note = db.session.scalars(select(MovementNote)).one()
    assert note.text == "palette du matin"


def test_the_same_delivery_sent_twice_counts_once(app_context: Flask) -> None:
    make_edition(shelf=0)
    first = transact(ledger.receive, manual(), 250, at=NOW, by=BY, submission="a-key").id
    again = transact(ledger.receive, manual(), 250, at=NOW, by=BY, submission="a-key").id
    assert first == again
    assert at(Place.SHELF) == 250


@pytest.mark.parametrize("copies", [0, -5, 10**12])
def test_impossible_numbers_of_copies_are_refused(app_context: Flask, copies: int) -> None:
    make_edition(shelf=0)
    with pytest.raises(ImpossibleCopies):
        transact(ledger.receive, manual(), copies, at=NOW, by=BY)
    assert at(Place.SHELF) == 0


def test_more_than_a_place_has_cannot_be_taken_and_the_refusal_says_how_many_there_are(app_context: Flask) -> None:
    make_edition(shelf=3)
    with pytest.raises(OutOfStock) as refusal:
        transact(ledger.move, manual().id, 4, Place.SHELF, Place.LOST, reason=Reason.DAMAGED, at=NOW)
    (shortage,) = refusal.value.shortages
    assert (shortage.code, shortage.copies, shortage.available) == ("MAN26", 4, 3)
    assert at(Place.SHELF) == 3


def test_a_correction_downwards_leaves_the_shelf_with_its_reason(app_context: Flask) -> None:
    make_edition(shelf=10)
    movement = transact(ledger.correct, manual(), -4, reason=Reason.DAMAGED, at=NOW, by=BY)
    assert (movement.origin, movement.destination, movement.copies) == (Place.SHELF, Place.LOST, 4)
    assert (at(Place.SHELF), at(Place.LOST)) == (6, 4)


def test_found_copies_come_back_from_the_lost_ones_first_and_from_the_printer_beyond(app_context: Flask) -> None:
    make_edition(shelf=10)
    transact(ledger.correct, manual(), -4, reason=Reason.DAMAGED, at=NOW, by=BY)
    transact(ledger.correct, manual(), 7, reason=Reason.FOUND, at=NOW, by=BY)
    assert (at(Place.SHELF), at(Place.LOST), at(Place.PRINTER)) == (13, 0, -13)


def test_the_same_correction_sent_twice_counts_once(app_context: Flask) -> None:
    make_edition(shelf=10)
    for _ in range(2):
        transact(ledger.correct, manual(), -4, reason=Reason.GIFT, at=NOW, by=BY, submission="a-key")
    assert at(Place.SHELF) == 6


def test_found_copies_sent_twice_count_once_too(app_context: Flask) -> None:
    make_edition(shelf=10)
    transact(ledger.correct, manual(), -4, reason=Reason.DAMAGED, at=NOW, by=BY)
    for _ in range(2):
        movement = transact(ledger.correct, manual(), 7, reason=Reason.FOUND, at=NOW, by=BY, submission="a-key")
        assert (movement.origin, movement.copies) == (Place.LOST, 4)
    assert at(Place.SHELF) == 13


def test_a_correction_by_nothing_is_none(app_context: Flask) -> None:
    make_edition(shelf=10)
    with pytest.raises(ImpossibleCopies):
        transact(ledger.correct, manual(), 0, reason=Reason.FOUND, at=NOW, by=BY)


def test_a_correction_needs_a_reason_of_its_own(app_context: Flask) -> None:
    make_edition(shelf=10)
    for reason, note in ((Reason.DELIVERY, "x"), (Reason.OTHER, "")):
        with pytest.raises(ReasonMissing):
            transact(ledger.correct, manual(), -4, reason=reason, at=NOW, by=BY, note=note)
    assert at(Place.SHELF) == 10


def test_a_shelf_cannot_be_corrected_below_nothing(app_context: Flask) -> None:
    make_edition(shelf=3)
    with pytest.raises(OutOfStock):
        transact(ledger.correct, manual(), -4, reason=Reason.DAMAGED, at=NOW, by=BY)
    assert at(Place.SHELF) == 3


@only("sqlite")
@pytest.mark.parametrize("conflict", ["id", "submission"])
def test_a_movement_cannot_be_replaced_either(app_context: Flask, conflict: str) -> None:
    make_edition(shelf=3)
    transact(ledger.receive, manual(), 5, at=NOW, by=BY, submission="a-key")
    kept = "at, publication_id, 500, origin, destination, reason"
    own = {"id": "id, submission", "submission": "NULL, submission"}[conflict]
    columns = "id, submission, at, publication_id, copies, origin, destination, reason"
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(
            text(
                f"INSERT OR REPLACE INTO movement ({columns}) "
                f"SELECT {own}, {kept} FROM movement WHERE submission = 'a-key'"
            )
        )
    db.session.rollback()
    assert at(Place.SHELF) == 8


@pytest.mark.parametrize("statement", ["UPDATE movement SET copies = 1", "DELETE FROM movement"])
def test_the_database_itself_refuses_to_rewrite_a_movement(app_context: Flask, statement: str) -> None:
    make_edition(shelf=3)
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_the_database_itself_refuses_a_shelf_below_zero(app_context: Flask) -> None:
    make_edition(shelf=3)
    balance = db.session.get_one(Balance, (manual().id, Place.SHELF))
    balance.copies = -1
    with pytest.raises(IntegrityError, match="only_the_printer_owes"):
        db.session.flush()
    db.session.rollback()


def test_verify_names_a_balance_that_does_not_follow_from_the_movements(app_context: Flask) -> None:
    make_edition(shelf=3)
    balance = db.session.get_one(Balance, (manual().id, Place.SHELF))
    balance.copies = 5
    db.session.flush()
    told = [str(discrepancy) for discrepancy in integrity.discrepancies()]
    assert told[0] == "MAN26 at SHELF: the movements say 3, found 5"
    assert "MAN26 over all places" in told[1]
    db.session.rollback()


def test_every_movement_keeps_who_when_and_why(app_context: Flask) -> None:
    make_edition(shelf=3)
    movement = db.session.scalars(select(Movement).where(Movement.publication_id == manual().id)).one()
    assert (movement.at, movement.reason, movement.by_id) == (NOW, Reason.DELIVERY, None)


@pytest.mark.parametrize(("change", "reason"), [(4, Reason.DAMAGED), (4, Reason.GIFT), (-4, Reason.FOUND)])
def test_a_reason_has_one_way(app_context: Flask, change: int, reason: Reason) -> None:
    make_edition(shelf=10)
    with pytest.raises(WrongWay):
        transact(ledger.correct, manual(), change, reason=reason, at=NOW, by=BY)

"""Printing is recorded; what came of it is asked; paper that is no longer right is seen."""

from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from labels import get_sheet
from orders.database import db, transact
from orders.ordering.models import Order
from orders.shipping.dispatches import lifecycle
from orders.shipping.models import Dispatch, DispatchEnded
from orders.shipping.number_ranges import UnreadableNumbers, read_ranges, show_ranges
from orders.shipping.printing import dispatch_pdfs, print_log, printers, sheet_positions
from orders.shipping.printing.models import (
    NotInPrinting,
    Paper,
    Printing,
    PrintingAnswered,
    PrintingState,
    UnknownPrinting,
)
from orders.shipping.printing.print_requests import NoneOfThatKind, NoSuchNumber, PrintRequest, read_print_request
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order


@pytest.fixture
def dispatch(app_context: Flask) -> Dispatch:
    """Three letters and, as number 4, a box."""
    make_edition()
    return make_dispatch(*(make_order(lines={"MAN26": copies}) for copies in (1, 2, 3, 30)))


def record(dispatch: Dispatch, paper: Paper = Paper.LABELS, *, submission: str | None = None, **asked: str) -> Printing:
    wanted = read_print_request({name.rstrip("_"): value for name, value in asked.items()})
    return transact(print_log.record, dispatch.id, paper, wanted, at=NOW, by=BY, submission=submission)


def answer_all_out(printing: Printing) -> Printing:
    return transact(print_log.all_out, printing.dispatch_id, printing.id, at=NOW)


def answer_jammed(printing: Printing, number: int | None) -> Printing:
    return transact(print_log.jammed, printing.dispatch_id, printing.id, number, at=NOW)


def move_house(sequence: int, dispatch: Dispatch) -> None:
    order = dispatch.parcels[sequence - 1].orders[0]
    order.street = "Rue Neuve"
    db.session.commit()


def stale(dispatch: Dispatch) -> dict[int, frozenset[Paper]]:
    return dict(print_log.stale_papers(dispatch, lifecycle.parcels_of(dispatch)))


def test_a_printing_says_what_was_printed_of_which_parcels(dispatch: Dispatch) -> None:
    printing = record(dispatch, from_="2", to="3", start="6")
    assert (printing.first, printing.last, printing.sheet, printing.start) == (2, 3, "L7163", 6)
    assert [(each.sequence, each.run) for each in printing.parcels] == [(2, 1), (3, 1)]
    assert printing.state is PrintingState.GENERATED


def test_rendering_records_nothing(dispatch: Dispatch) -> None:
    dispatch_pdfs.print_labels(dispatch, PrintRequest(), out=BytesIO())
    assert db.session.scalars(select(Printing)).all() == []


def test_the_same_form_sent_twice_records_one_printing(dispatch: Dispatch) -> None:
    assert record(dispatch, submission="a-key").id == record(dispatch, submission="a-key").id


def numbers(printing: Printing) -> list[int]:
    return [each.sequence for each in printing.parcels]


def test_letters_boxes_or_some_numbers_are_printed_alone(dispatch: Dispatch) -> None:
    assert numbers(record(dispatch, only="letters")) == [1, 2, 3]
    assert numbers(record(dispatch, only="parcels")) == [4]
    assert numbers(record(dispatch, numbers="4, 1-2; 99")) == [1, 2, 4]
    for only, first in (("letters", "4"), ("parcels", "1-3")):
        with pytest.raises(NoneOfThatKind):
            record(dispatch, only=only, numbers=first)
    with pytest.raises(NoSuchNumber):
        record(dispatch, from_="9")
    with pytest.raises(NoSuchNumber):
        record(dispatch, numbers="9-12")
    for unreadable in ("3-1", "0", "tous", "1-", "1234567", "1," * 3_000):
        with pytest.raises(UnreadableNumbers):
            record(dispatch, numbers=unreadable)


def test_of_some_numbers_that_jammed_only_their_rest_is_printed_again(dispatch: Dispatch) -> None:
    jammed = answer_jammed(record(dispatch, numbers="1, 3-4"), 3)
    wanted = read_print_request({"from": "3", "to": "4"})
    again = transact(print_log.record, dispatch.id, Paper.LABELS, wanted, at=NOW, by=BY, continues=jammed.id)
    assert [(each.sequence, each.run) for each in again.parcels] == [(3, 2), (4, 2)]
    jammed = answer_jammed(record(dispatch, only="letters"), 2)
    again = transact(print_log.record, dispatch.id, Paper.LABELS, PrintRequest(), at=NOW, by=BY, continues=jammed.id)
    assert numbers(again) == [1, 2, 3]


def test_numbers_are_shown_as_they_are_read() -> None:
    assert show_ranges([5, 1, 2, 3, 9, 8]) == "1–3, 5, 8–9"
    assert read_ranges("1–3, 5, 8–9") == ((1, 3), (5, 5), (8, 9))
    assert read_ranges(" 7 9  12 à 14 ;") == ((7, 7), (9, 9), (12, 14))
    assert show_ranges([]) == ""
    assert read_ranges("") == ()


def test_the_sheet_memory_moves_only_when_all_came_out(dispatch: Dispatch) -> None:
    printing = record(dispatch, start="6")
    assert sheet_positions.propose().start == 1
    answer_all_out(printing)
    proposal = sheet_positions.propose()
    assert (proposal.sheet.name, proposal.start, proposal.left) == ("L7163", 10, 5)
    assert answer_all_out(printing).state is PrintingState.ALL_OUT
    assert sheet_positions.propose().start == 10


def test_a_sheet_that_is_full_is_followed_by_a_new_one(dispatch: Dispatch) -> None:
    answer_all_out(record(dispatch, start="11"))
    assert sheet_positions.propose().start == 1


def test_each_printer_and_each_stock_has_its_own_memory(dispatch: Dispatch) -> None:
    other = transact(printers.add_printer, "Étage", at=NOW, by=BY)
    answer_all_out(record(dispatch, profile="étage", sheet="L7160", start="2"))
    assert (sheet_positions.propose().sheet.name, sheet_positions.propose().start) == ("L7160", 6)
    assert sheet_positions.propose(sheet_name="L7163").start == 1
    assert sheet_positions.propose("Bureau").start == 1
    assert sheet_positions.propose(str(other.id)).start == 6


def test_after_a_jam_the_rest_is_printed_again_and_marked_as_a_reprint(dispatch: Dispatch) -> None:
    printing = answer_jammed(record(dispatch, start="6"), 3)
    assert (printing.state, printing.jammed_at) == (PrintingState.JAMMED, 3)
    assert db.session.scalars(select(Printing)).all() == [printing]
    again = record(dispatch, from_="3")
    assert [(each.sequence, each.run) for each in again.parcels] == [(3, 2), (4, 2)]
    assert sheet_positions.propose().start == 1


@pytest.mark.parametrize("number", [None, 0, 5])
def test_a_jam_happens_at_a_number_that_was_printed(dispatch: Dispatch, number: int | None) -> None:
    printing = record(dispatch)
    with pytest.raises(NotInPrinting):
        answer_jammed(printing, number)


def test_a_printing_is_answered_once(dispatch: Dispatch) -> None:
    printing = answer_all_out(record(dispatch))
    with pytest.raises(PrintingAnswered):
        answer_jammed(printing, 2)
    jammed = answer_jammed(record(dispatch), 2)
    with pytest.raises(PrintingAnswered):
        answer_all_out(jammed)
    assert answer_jammed(jammed, 2) is jammed


def test_a_printing_belongs_to_its_dispatch_and_an_undone_one_is_not_printed(dispatch: Dispatch) -> None:
    printing = record(dispatch)
    with pytest.raises(UnknownPrinting):
        transact(print_log.all_out, dispatch.id + 1, printing.id, at=NOW)
    transact(lifecycle.undo, dispatch.id, at=NOW, by=BY)
    with pytest.raises(DispatchEnded):
        record(dispatch)


def test_an_address_changed_after_printing_makes_its_parcel_stale_until_both_papers_are_new(dispatch: Dispatch) -> None:
    record(dispatch)
    record(dispatch, Paper.SLIPS)
    assert stale(dispatch) == {}
    move_house(2, dispatch)
    assert stale(dispatch) == {2: {Paper.LABELS, Paper.SLIPS}}
    assert [print_log.is_stale(parcel) for parcel in dispatch.parcels] == [False, True, False, False]
    record(dispatch, from_="2", to="2")
    assert stale(dispatch) == {2: {Paper.SLIPS}}
    record(dispatch, Paper.SLIPS, from_="2", to="2")
    assert stale(dispatch) == {}


def test_copies_changed_after_printing_make_the_parcel_stale(dispatch: Dispatch) -> None:
    record(dispatch, Paper.SLIPS)
    content = dispatch.parcels[1].contents[0]
    content.copies -= 1
    db.session.commit()
    assert set(stale(dispatch)) == {2}
    content.copies += 1
    db.session.commit()
    assert stale(dispatch) == {}


def test_what_was_never_printed_is_not_stale_nor_is_a_list(dispatch: Dispatch) -> None:
    record(dispatch, Paper.PULL_LIST)
    move_house(1, dispatch)
    assert stale(dispatch) == {}


def test_an_order_tells_how_often_it_was_printed(dispatch: Dispatch) -> None:
    record(dispatch)
    record(dispatch, from_="2")
    record(dispatch, Paper.SLIPS)
    first, second = (db.session.get_one(Order, parcel.orders[0].id) for parcel in dispatch.parcels[:2])
    assert print_log.times_printed(first) == {Paper.LABELS: 1, Paper.SLIPS: 1}
    assert print_log.times_printed(second) == {Paper.LABELS: 2, Paper.SLIPS: 1}


def test_a_printing_counts_labels_on_its_own_stock(dispatch: Dispatch) -> None:
    printing = record(dispatch, sheet="L7165", start="7")
    assert print_log.next_position(printing) == (7 - 1 + 4) % get_sheet("L7165").count + 1

"""The printers of the office: what was measured, and with which paper a parcel may leave."""

import pytest
from flask import Flask

import labels
from orders.database import db, transact
from orders.ordering.models import Order
from orders.shipping.dispatches import lifecycle
from orders.shipping.models import Dispatch
from orders.shipping.printing import paper_check, print_log, printers, sheet_positions
from orders.shipping.printing.models import Paper, Printer
from orders.shipping.printing.paper_check import OutdatedPaper
from orders.shipping.printing.print_requests import PrintRequest
from orders.shipping.printing.printers import BadPrinterName, TooFarOff, UnknownPrinter, UnlikelyStretch, profile_of
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order

SHEET = labels.get_sheet("L7163")


@pytest.fixture
def printer(app_context: Flask) -> Printer:
    return transact(printers.add_printer, "Étage", at=NOW, by=BY)


def calibrate(printer: Printer, near: tuple[int, int], far: tuple[int, int] | None = None) -> Printer:
    return transact(printers.calibrate, printer.id, SHEET, near, far, at=NOW, by=BY)


def test_a_new_printer_is_exact_and_a_measured_one_is_put_right(printer: Printer) -> None:
    assert profile_of(printer) == labels.EXACT
    profile = profile_of(calibrate(printer, (1_500, -500)))
    assert (profile.x, profile.y, profile.scale_x, profile.scale_y, profile.edge) == (1.5, -0.5, 1, 1, None)


def test_two_readings_give_a_scale_too(printer: Printer) -> None:
    profile = profile_of(calibrate(printer, (0, 0), (1_700, 0)))  # 1.7 mm over the 170 between the crosses
    assert profile.scale_x == pytest.approx(1.01, abs=1e-6)
    assert profile.scale_y == 1
    assert profile.x == pytest.approx(-0.2, abs=1e-3)


def test_a_border_that_a_printer_cannot_reach_is_kept_in_micrometres(printer: Printer) -> None:
    printer.edge_um = 4_200
    assert profile_of(printer).edge == 4.2


def test_readings_that_no_printer_gives_are_refused_and_change_nothing(printer: Printer) -> None:
    calibrate(printer, (1_000, 1_000))
    with pytest.raises(TooFarOff):
        calibrate(printer, (10_001, 0))
    with pytest.raises(UnlikelyStretch) as refusal:
        calibrate(printer, (0, 0), (9_000, 9_000))
    assert (refusal.value.across, refusal.value.down) == (950, 966)
    assert (profile_of(printer).x, profile_of(printer).y) == (1, 1)


def test_a_printer_is_found_by_number_and_by_name_in_any_case(printer: Printer) -> None:
    assert printers.get_printer(" éTAGE ") is printer
    assert printers.get_printer(str(printer.id)) is printer
    with pytest.raises(UnknownPrinter):
        printers.get_printer("Cave")


@pytest.mark.parametrize("name", ["", "  ", "7", "x" * 41, "ÉTAGE"])
def test_a_name_must_be_one_and_free(printer: Printer, name: str) -> None:
    with pytest.raises(BadPrinterName):
        transact(printers.add_printer, name, at=NOW, by=BY)
    assert transact(printers.rename, printer.id, "étage", at=NOW, by=BY).name == "étage"


def test_a_retired_printer_is_proposed_no_more(printer: Printer) -> None:
    assert printer in printers.printers()
    transact(printers.retire, printer.id, at=NOW, by=BY)
    assert printer not in printers.printers()


def test_without_any_printer_the_first_label_of_a_new_sheet_is_proposed(app_context: Flask) -> None:
    for each in printers.printers():
        transact(printers.retire, each.id, at=NOW, by=BY)
    assert (sheet_positions.propose().printer, sheet_positions.propose().start) == (None, 1)


def test_a_position_beyond_the_sheet_is_the_first_of_a_new_one(printer: Printer) -> None:
    for kept, proposed in ((14, 14), (15, 1)):
        transact(printers.note_ended, printer, "L7163", kept)
        assert sheet_positions.propose("étage", "L7163").start == proposed


def printed(*orders: Order) -> Dispatch:
    """A dispatch with its slips on paper."""
    dispatch = make_dispatch(*orders)
    transact(print_log.record, dispatch.id, Paper.SLIPS, PrintRequest(), at=NOW, by=BY)
    return dispatch


def pack(dispatch: Dispatch, *, despite_paper: bool = False) -> None:
    transact(paper_check.pack, dispatch.id, 1, at=NOW, by=BY, despite_paper=despite_paper)


def test_nothing_is_packed_or_posted_with_paper_that_is_old_unless_somebody_has_looked(app_context: Flask) -> None:
    make_edition()
    order = make_order()
    dispatch = printed(order)
    pack(dispatch)
    order.street = "Rue Neuve"
    db.session.commit()
    with pytest.raises(OutdatedPaper) as refusal:
        pack(dispatch)
    assert refusal.value.numbers == [1]
    pack(dispatch, despite_paper=True)
    with pytest.raises(OutdatedPaper):
        transact(paper_check.close, dispatch.id, at=NOW, by=BY, everything=True)
    transact(paper_check.close, dispatch.id, at=NOW, by=BY, everything=True, despite_paper=True)


def test_paper_of_a_dispatch_that_was_undone_is_old_and_that_of_this_one_is_right(app_context: Flask) -> None:
    make_edition()
    order = make_order()
    transact(lifecycle.undo, printed(order).id, at=NOW, by=BY)
    again = make_dispatch(order)
    with pytest.raises(OutdatedPaper):
        pack(again)
    transact(print_log.record, again.id, Paper.SLIPS, PrintRequest(), at=NOW, by=BY)
    pack(again)


def test_an_order_that_was_never_printed_was_printed_no_time(app_context: Flask) -> None:
    make_edition()
    order = make_order()
    assert print_log.times_printed(order) == {Paper.LABELS: 0, Paper.SLIPS: 0}
    printed(order)
    assert print_log.times_printed(order) == {Paper.LABELS: 0, Paper.SLIPS: 1}

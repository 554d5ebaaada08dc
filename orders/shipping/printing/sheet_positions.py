"""What to propose for the next labels: the printer used last, its stock, and where the last sheet ended."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from labels import DEFAULT, LabelSheet
from orders.database import db
from orders.ordering.models import Order
from orders.shipping.printing import printers
from orders.shipping.printing.models import Paper, Printer, Printing
from orders.shipping.printing.print_requests import read_sheet
from orders.staff import journal
from orders.staff.journal import Actor

NEW_SHEET = 1


@dataclass(frozen=True, slots=True)
class Proposal:
    """A printer (None while there is none), a stock, and the first free label of its sheet."""

    printer: Printer | None
    sheet: LabelSheet
    start: int

    @property
    def left(self) -> int:
        """Labels left on the sheet."""
        return self.sheet.count - self.start + 1


def propose(printer_name: str = "", sheet_name: str = "") -> Proposal:
    """For this printer and stock, or for those used last. Refuses with `UnknownPrinter` or `UnknownLabelSheet`."""
    printer = printers.get_printer(printer_name) if printer_name else usual_printer()
    sheet = read_sheet(sheet_name or (printer.sheet if printer else DEFAULT.name))
    start = printers.next_position(printer, sheet.name) if printer else NEW_SHEET
    return Proposal(printer, sheet, start if start <= sheet.count else NEW_SHEET)


def take_label(order: Order, *, at: datetime, by: Actor) -> Proposal:
    """The label that is printed next for an order outside any dispatch; the one after it begins behind it."""
    proposal = propose()
    if proposal.printer is not None:
        printer = db.session.get_one(Printer, proposal.printer.id, with_for_update=True, populate_existing=True)
        start = printers.next_position(printer, proposal.sheet.name)
        proposal = Proposal(printer, proposal.sheet, start if start <= proposal.sheet.count else NEW_SHEET)
        printers.note_ended(printer, proposal.sheet.name, proposal.start % proposal.sheet.count + 1)
    journal.record("noted a printing", f"order {order.reference}", at=at, by=by, after={"paper": Paper.LABELS.value})
    return proposal


def usual_printer() -> Printer | None:
    """The one that printed last, else the first one there is."""
    last = db.session.scalar(
        select(Printer)
        .join(Printing, Printing.printer_id == Printer.id)
        .where(Printer.retired_at.is_(None))
        .order_by(Printing.id.desc())
        .limit(1)
    )
    return last or next(iter(printers.printers()), None)

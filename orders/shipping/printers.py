"""The printers of the office: how far off they print, and where the last sheet in them ended."""

from collections.abc import Sequence

from sqlalchemy import func, select

from labels import PrinterProfile
from orders.database import db
from orders.errors import NotFound
from orders.shipping.printed_models import Printer, StartedSheet


class UnknownPrinter(NotFound):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def printers() -> Sequence[Printer]:
    """The printers in use, by name."""
    return db.session.scalars(select(Printer).where(Printer.retired_at.is_(None)).order_by(Printer.name)).all()


def get_printer(name: str) -> Printer:
    """The printer with this id or, in any case, this name."""
    wanted = name.strip()
    is_it = func.lower(Printer.name) == wanted.lower()
    if wanted.isascii() and wanted.isdigit():
        is_it |= Printer.id == int(wanted[:9])
    printer = db.session.scalar(select(Printer).where(is_it).order_by(Printer.id))
    if printer is None:
        raise UnknownPrinter(wanted)
    return printer


def profile_of(printer: Printer) -> PrinterProfile:
    """What puts right what the printer does."""
    return PrinterProfile(
        x=printer.x_um / 1_000,
        y=printer.y_um / 1_000,
        scale_x=printer.scale_x_millionths / 1_000_000,
        scale_y=printer.scale_y_millionths / 1_000_000,
        edge=None if printer.edge_um is None else printer.edge_um / 1_000,
    )


def next_position(printer: Printer, sheet: str) -> int:
    """The first free label of the sheet of this stock that was begun on the printer; 1 for a new sheet."""
    started = db.session.get(StartedSheet, (printer.id, sheet))
    return started.next_position if started else 1


def note_ended(printer: Printer, sheet: str, position: int) -> None:
    """Remember the stock, and its next free position, for the next pile."""
    printer.sheet = sheet
    started = db.session.get(StartedSheet, (printer.id, sheet))
    if started is None:
        db.session.add(StartedSheet(printer_id=printer.id, sheet=sheet, next_position=position))
    else:
        started.next_position = position
    db.session.flush()

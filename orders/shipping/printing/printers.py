"""The printers of the office: how far off they print, and where the last sheet in them ended."""

import enum
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

import labels
from labels import DEFAULT, EXACT, BadProfile, LabelSheet, PrinterProfile, UnlikelyScale, profile_from_ruler
from orders.database import db
from orders.errors import NotFound, Refused
from orders.shipping.printing.models import Printer, StartedSheet
from orders.staff import journal
from orders.staff.journal import Actor

LONGEST_NAME = 40
MICROMETRES = 1_000  # in a millimetre
Measured = tuple[int, int]  # µm to the right and down, read at a cross of the ruler page


class UnknownPrinter(NotFound):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class BadPrinterName(Refused):
    """A printer without a name, with one of more than `LONGEST_NAME` signs, or with one that is taken."""

    def __init__(self, name: str, *, is_taken: bool = False) -> None:
        super().__init__(name, is_taken)
        self.name = name
        self.is_taken = is_taken


class TooFarOff(Refused):
    """No printer shifts so much: the numbers were read or typed wrongly."""


class StretchCause(enum.Enum):
    """What is most likely wrong when a scale is measured that no printer has (`labels.Cause`)."""

    NOT_AT_100_PERCENT = "not_at_100_percent"
    SIGN = "sign"
    MISREAD = "misread"


class UnlikelyStretch(Refused):
    """No printer draws at such a scale (in thousandths of the size), which most likely has this cause."""

    def __init__(self, across: int, down: int, cause: StretchCause) -> None:
        super().__init__(across, down, cause)
        self.across = across
        self.down = down
        self.cause = cause


def printers() -> Sequence[Printer]:
    """The printers in use, by name."""
    return db.session.scalars(select(Printer).where(Printer.retired_at.is_(None)).order_by(Printer.name)).all()


def get_printer(name: str) -> Printer:
    """The printer with this id or, in any case, this name."""
    wanted = name.strip().casefold()
    for printer in db.session.scalars(select(Printer).order_by(Printer.id)):
        if wanted in (str(printer.id), printer.name.casefold()):
            return printer
    raise UnknownPrinter(name)


def profile_of(printer: Printer) -> PrinterProfile:
    """The profile that corrects the printer."""
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


def add_printer(name: str, *, at: datetime, by: Actor) -> Printer:
    """A printer that is exact until somebody measures it. Refuses with `BadPrinterName`."""
    printer = Printer(name=_free_name(name, None), sheet=DEFAULT.name, **_columns(EXACT))
    db.session.add(printer)
    db.session.flush()
    journal.record("added", f"printer {printer.id}", at=at, by=by, after={"name": printer.name})
    return printer


def rename(printer_id: int, name: str, *, at: datetime, by: Actor) -> Printer:
    """Refuses with `BadPrinterName`."""
    printer = _lock(printer_id)
    before, printer.name = printer.name, _free_name(name, printer.id)
    if printer.name != before:
        journal.record(
            "changed", f"printer {printer.id}", at=at, by=by, before={"name": before}, after={"name": printer.name}
        )
    return printer


def calibrate(
    printer_id: int, sheet: LabelSheet, near: Measured, far: Measured | None, *, at: datetime, by: Actor
) -> Printer:
    """Correct the printer by what was read off a ruler page of this stock, printed without correction.

    `far` is None where the second cross said the same. Refuses with `TooFarOff` or `UnlikelyStretch`.
    """
    printer = _lock(printer_id)
    before = _values(printer)
    try:
        profile = profile_from_ruler(sheet, _millimetres(near), _millimetres(far) if far else None)
    except UnlikelyScale as error:
        cause = StretchCause[error.cause.name]
        raise UnlikelyStretch(round(error.scale_x * 1_000), round(error.scale_y * 1_000), cause) from None
    except BadProfile:
        raise TooFarOff from None
    for column, value in _columns(profile).items():
        setattr(printer, column, value)
    db.session.flush()
    journal.record("calibrated", f"printer {printer.id}", at=at, by=by, before=before, after=_values(printer))
    return printer


def possible_error(sheet: LabelSheet) -> int:
    """How far off in µm this printer may still print on this stock, once both crosses were read."""
    return round(labels.possible_error(sheet) * MICROMETRES)


def retire(printer_id: int, *, at: datetime, by: Actor) -> Printer:
    """Propose the printer no more; what it printed keeps its name."""
    printer = _lock(printer_id)
    if printer.retired_at is None:
        printer.retired_at = at
        journal.record("retired", f"printer {printer.id}", at=at, by=by)
    return printer


def _lock(printer_id: int) -> Printer:
    printer = db.session.get(Printer, printer_id, with_for_update=True, populate_existing=True)
    if printer is None:
        raise UnknownPrinter(str(printer_id))
    return printer


def _free_name(typed: str, printer_id: int | None) -> str:
    name = " ".join(typed.split())
    if not name or len(name) > LONGEST_NAME or name.isdigit():
        raise BadPrinterName(name)
    others = db.session.execute(select(Printer.id, Printer.name)).all()
    if any(other.name.casefold() == name.casefold() and other.id != printer_id for other in others):
        raise BadPrinterName(name, is_taken=True)
    return name


def _millimetres(measured: Measured) -> tuple[float, float]:
    return measured[0] / MICROMETRES, measured[1] / MICROMETRES


def _columns(profile: PrinterProfile) -> dict[str, int]:
    return {
        "x_um": round(profile.x * 1_000),
        "y_um": round(profile.y * 1_000),
        "scale_x_millionths": round(profile.scale_x * 1_000_000),
        "scale_y_millionths": round(profile.scale_y * 1_000_000),
    }


def _values(printer: Printer) -> dict[str, int]:
    return {column: getattr(printer, column) for column in _columns(EXACT)}

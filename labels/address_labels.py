"""Sheets of address labels: the name in bold, the rest regular, a small number in the lower right corner."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from labels.barcodes.code128 import is_encodable, spelled
from labels.label_layout import LabelDesign, Parts
from labels.pdf.fonts import REGULAR
from labels.pdf.printable_text import clean, is_plain
from labels.pdf.text_fitting import SMALLEST, Fitted
from labels.print_job import Job, check_letters, job
from labels.printer_profiles import EXACT, PrinterProfile
from labels.refusals import BadReference, ItemRefused, Report, TooLong
from labels.sheets import LabelSheet
from labels.wording import words

# The smallest stock has room for as much beside the bars: `KLNB-RTVX  1234 · 12/20`.
_SHORT, _SHORT_REFERENCE = 24, 8


@dataclass(frozen=True, slots=True)
class AddressLabel:
    """One label. `lines` are in the order of the post: the name first, the place or the country last.

    `sequence` is its number in the dispatch, `part` which of several parcels it is (`2/3`) and `run` how often it
    was printed, this time included: all small in the corner. `sender` is one small line on top; with `barcode` the
    `reference` is printed as Code 128.
    """

    lines: tuple[str, ...]
    sequence: int | None = None
    part: str = ""
    reference: str = ""
    sender: str = ""
    barcode: bool = False
    run: int = 1


def print_addresses(
    labels: Iterable[AddressLabel],
    sheet: LabelSheet,
    *,
    start: int = 1,
    first: int = 1,
    last: int | None = None,
    profile: PrinterProfile = EXACT,
    out: BinaryIO,
    skip_unprintable: bool = False,
    title: str = "Étiquettes",
    language: str = "fr",
) -> Report:
    """Print a pile of labels on `sheet`, as a PDF into `out`.

    The first sheet begins at position `start`; only the items `first` to `last` of the pile are printed.
    Raises `NoSuchPosition`, `NoRoomForBarcode`, `EmptyPile`, and `Unprintable` with all refusals
    unless `skip_unprintable`; then nothing is written.
    """
    sheet = sheet.reached_by(profile.edge)
    sheet.check_position(start)
    with job(out, sheet.page, profile, title=title, language=language, skip_unprintable=skip_unprintable) as begun:
        pages = _Sheets(begun, sheet, start, words(language).gettext("réimpression {run}"))
        begun.print_each(labels, pages.add, first, last)
        pages.flush()
    return begun.report


class _Sheets:
    """Fills one sheet after the other."""

    def __init__(self, begun: Job, sheet: LabelSheet, start: int, reprint: str) -> None:
        self._job = begun
        self._reprint = reprint
        self._sheet = sheet
        self._position = start
        self._texts: list[bytes] = []
        self._bars: list[bytes] = []
        self._designs: dict[tuple[bool, bool, bool], LabelDesign] = {}
        self._senders: dict[str, str] = {}

    def add(self, number: int, label: AddressLabel) -> None:
        """Print a label at the next position. One that is refused leaves it blank, to be written by hand."""
        try:
            self._add(number, label)
        finally:
            self._go_on()

    def _add(self, number: int, label: AddressLabel) -> None:
        """Print a label at this position. Raises `ItemRefused` before anything is drawn."""
        lines = label.lines
        text = "\n".join(lines)
        if not (plain := is_plain(text, len(lines))):
            lines = tuple(filter(None, map(clean, lines)))
            text = "\n".join(lines)
            check_letters(lines)
        if label.barcode and not is_encodable(label.reference):
            raise ItemRefused(BadReference, label.reference)
        corner = _corner(label, self._reprint)
        if label.part or label.run > 1:
            check_letters((corner,))
            self._job.used.update(corner)
        parts = (corner != "", label.sender != "", label.barcode)
        design = self._designs.get(parts) or self._new_design(parts)
        if len(corner) > _SHORT or len(label.reference) > _SHORT_REFERENCE:
            design.check_corner(corner, label.reference)
        fitted = design.room.fit(lines, is_plain=plain)
        if label.sender and label.sender not in self._senders:
            self._senders[label.sender] = self._clean_sender(label.sender, design.width)
        if not text.isascii():
            self._job.used.update(text)
        self._job.report.count(number, fitted.is_wrapped, fitted.is_shrunk)
        self._draw(label, corner, design, fitted)

    def flush(self) -> None:
        """End the sheet that was begun, if any."""
        if self._texts:
            self._job.add_page(b"BT\n%bET\n%b" % (b"".join(self._texts), b"".join(self._bars)))
            self._texts.clear()
            self._bars.clear()

    def _new_design(self, parts: tuple[bool, bool, bool]) -> LabelDesign:
        design = self._designs[parts] = LabelDesign(self._sheet, Parts(*parts))
        if design.parts.barcode:
            self._sheet.check_barcode()
        return design

    def _draw(self, label: AddressLabel, corner: str, design: LabelDesign, fitted: Fitted) -> None:
        position = self._position
        self._texts.append(design.address(position, fitted))
        if corner:
            self._texts.append(design.corner(position, corner))
        if label.sender:
            self._texts.append(design.sender(position, self._senders[label.sender]))
        if label.barcode:
            self._bars.append(design.bars(position, label.reference))

    def _go_on(self) -> None:
        if self._position == self._sheet.count:
            self.flush()
            self._position = 0
        self._position += 1

    def _clean_sender(self, sender: str, width: float) -> str:
        """The sender as it is printed: cleaned once, however many labels carry it."""
        line = clean(sender)
        check_letters((line,))
        if REGULAR.width(line) * SMALLEST > width:
            raise ItemRefused(TooLong, line, "l’expéditeur ne tient pas sur une ligne en corps 7")
        self._job.used.update(line)
        return line


def _corner(label: AddressLabel, reprint: str) -> str:
    """`KLNB-RTVX  12 · 2/3 · réimpression 2`: what is small in the corner; the reference only below its bars."""
    number = "" if label.sequence is None else str(label.sequence)
    if label.part or label.run > 1:
        again = reprint.format(run=label.run) if label.run > 1 else ""
        number = " · ".join(filter(None, (number, clean(label.part), again)))
    if not label.barcode:
        return number
    reference = spelled(label.reference)
    return f"{reference}  {number}" if number else reference

"""Sheets of address labels: the name in bold, the rest regular, the sequence number in the lower right corner."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from labels.barcodes.code128 import is_encodable, spelled
from labels.label_design import LabelDesign, Parts
from labels.pdf.content_stream import beyond_ascii, show_texts
from labels.pdf.fonts import REGULAR
from labels.pdf.printable_text import clean, is_plain
from labels.pdf.text_fitting import LEADING, SMALLEST
from labels.print_job import Job, check_letters, job
from labels.printer_profiles import EXACT, PrinterProfile
from labels.refusals import BadReference, ItemRefused, Report, TooLong
from labels.sheets import LabelSheet
from labels.wording import words

# Signs of a number that has room beside the bars and letters of a reference of so many, on the smallest stock.
_SHORT_SEQUENCE, _SHORT_REFERENCE = 5, 8


@dataclass(frozen=True, slots=True)
class AddressLabel:
    """One label. `lines` are in the order of the post: the name first, the place or the country last.

    `sequence` is its number in the dispatch, `part` which of several parcels it is (`2/3`) and `run` how often it
    was printed, this time included: all in the corner. `sender` is one small line on top; with `barcode` the
    `reference` is printed as Code 128 and in letters.
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
        self._texts: list[str] = []
        self._beginnings: list[bytes] = []
        self._bars: list[bytes] = []
        self._designs: dict[tuple[bool, ...], LabelDesign] = {}
        self._senders: dict[str, str] = {}

    def add(self, number: int, label: AddressLabel) -> None:
        """Print a label at the next position. One that is refused leaves it blank, to be written by hand."""
        try:
            self._add(number, label)
        finally:
            if self._position == self._sheet.count:
                self.flush()
                self._position = 0
            self._position += 1

    def _add(self, number: int, label: AddressLabel) -> None:
        """Print a label at this position. Raises `ItemRefused` before anything is drawn."""
        lines, position = label.lines, self._position
        plain = "\n".join(lines)
        if not is_plain(plain, len(lines)):
            plain = ""
            lines = tuple(filter(None, map(clean, lines)))
            check_letters(lines)
        if label.barcode and not is_encodable(label.reference):
            raise ItemRefused(BadReference, label.reference)
        sequence = "" if label.sequence is None else str(label.sequence)
        note = self._note(label) if label.part or label.run > 1 else ""
        parts = ((sequence or note) != "", label.sender != "", label.barcode)
        design = self._designs.get(parts) or self._new_design(Parts(*parts))
        if note or len(sequence) > _SHORT_SEQUENCE or len(label.reference) > _SHORT_REFERENCE:
            design.check_corner(sequence, note, label.reference)
        try:
            fitted = design.room.fit(lines, plain)
        except ItemRefused:
            design = self._designs.get((*parts, True)) or self._new_design(Parts(*parts, is_small=True))
            fitted = design.room.fit(lines, plain)
        if label.sender:
            self._text(self._clean_sender(label.sender, design.width), design.sender(position))
        self._job.report.count(number, fitted.is_wrapped, fitted.is_shrunk)
        self._texts += (fitted.text, sequence)
        beside = REGULAR.width(note) * SMALLEST if note else 0.0
        self._beginnings += (design.address(position, fitted), design.number(position, sequence, beside))
        if note:
            self._text(note, design.note(position, beside))
        if label.barcode:
            self._text(spelled(label.reference), design.reference(position, label.reference))
            self._bars.append(design.bars(position, label.reference))

    def _text(self, text: str, begun: bytes) -> None:
        self._texts.append(text)
        self._beginnings.append(begun)

    def flush(self) -> None:
        """End the sheet that was begun, if any."""
        if self._texts:
            self._job.used.update(beyond_ascii(self._texts))
            self._job.add_page(show_texts(self._texts, self._beginnings, LEADING) + b"".join(self._bars))
            self._texts.clear()
            self._beginnings.clear()
            self._bars.clear()

    def _new_design(self, parts: Parts) -> LabelDesign:
        design = LabelDesign(self._sheet, parts)
        if parts.barcode:
            self._sheet.check_barcode()
        self._designs[parts if parts.is_small else parts[:3]] = design
        return design

    def _clean_sender(self, sender: str, width: float) -> str:
        """The sender as it is printed: cleaned once, however many labels carry it."""
        line = self._senders.get(sender)
        if line is None:
            line = clean(sender)
            check_letters((line,))
            if REGULAR.width(line) * SMALLEST > width:
                raise ItemRefused(TooLong, line, "l’expéditeur ne tient pas sur une ligne en corps 7")
            self._senders[sender] = line
        return line

    def _note(self, label: AddressLabel) -> str:
        """` · 2/3 · réimpression 2`: what is small behind the sequence number."""
        again = self._reprint.format(run=label.run) if label.run > 1 else ""
        noted = " · ".join(filter(None, (clean(label.part), again)))
        check_letters((noted,))
        return noted if label.sequence is None else f" · {noted}"

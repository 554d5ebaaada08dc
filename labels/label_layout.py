"""Where things stand on one label. Lengths here are points; y runs upwards from the bottom of the page."""

from typing import NamedTuple

from labels.barcodes.code128 import MODULE, QUIET, bars, modules, placed
from labels.pdf.content_stream import show, show_rows
from labels.pdf.fonts import REGULAR
from labels.pdf.text_fitting import LEADING, SMALLEST, Fitted, Room
from labels.refusals import ItemRefused, TooLong
from labels.sheets import PT, LabelSheet

_BAR_HEIGHT = 7.0 * PT
_GAP = 0.8 * PT  # between the address and what stands above or below it
_LINE = REGULAR.ascent + REGULAR.descent


class Parts(NamedTuple):
    """What a label holds beside its address."""

    corner: bool
    sender: bool
    barcode: bool


class LabelDesign:
    """The plan of a label with these parts: the same on every position of the sheet.

    The address is centred, unless it would touch what stands below or above it; with a bar code, above that.
    """

    def __init__(self, sheet: LabelSheet, parts: Parts) -> None:
        self.parts = parts
        self._sheet = sheet
        self.width, self._height = sheet.inset.width * PT, sheet.inset.height * PT
        self._top = SMALLEST * _LINE + _GAP if parts.sender else 0.0
        self._bottom = _BAR_HEIGHT + _GAP if parts.barcode else SMALLEST * _LINE if parts.corner else 0.0
        self.room = Room(self.width, self._height - self._top - self._bottom, sheet.size)
        self._beginnings: dict[tuple[int, int, float], bytes] = {}
        self._corners = [self._origin(n) for n in range(1, sheet.count + 1)]
        self._bars = [placed(x, y, _BAR_HEIGHT) for x, y in self._corners]

    def address(self, position: int, fitted: Fitted) -> bytes:
        """Operators that show the address on this position of the sheet."""
        key = (position, fitted.rows, fitted.size)
        beginning = self._beginnings.get(key)
        if beginning is None:
            beginning = self._beginnings[key] = self._beginning(*key)
        return show_rows(fitted.text, fitted.bold_rows, beginning, b"/R %g Tf" % fitted.size)

    def corner(self, position: int, text: str) -> bytes:
        """Operators that show the sequence number in the lower right corner."""
        x, y = self._corners[position - 1]
        x += self.width - REGULAR.width(text) * SMALLEST
        return b"/R 7 Tf 1 0 0 1 %.2f %.2f Tm%b\n" % (x, y + REGULAR.descent * SMALLEST, show(text))

    def check_corner(self, text: str, reference: str) -> None:
        """Raise `ItemRefused` unless the text fits into the corner, beside the bars of `reference` if there are any."""
        taken = (modules(reference) + QUIET) * MODULE * PT if self.parts.barcode else 0.0
        if REGULAR.width(text) * SMALLEST > self.width - taken:
            raise ItemRefused(TooLong, text, "le coin de l’étiquette est trop petit")

    def sender(self, position: int, text: str) -> bytes:
        """Operators that show who sends it, on top."""
        x, y = self._corners[position - 1]
        return b"/R 7 Tf 1 0 0 1 %.2f %.2f Tm%b\n" % (
            x,
            y + self._height - REGULAR.ascent * SMALLEST,
            show(text),
        )

    def bars(self, position: int, reference: str) -> bytes:
        """Operators that draw the reference as Code 128, below the address."""
        return bars(reference, self._bars[position - 1])

    def _beginning(self, position: int, rows: int, size: float) -> bytes:
        block = ((rows - 1) * LEADING + _LINE) * size
        floor, ceiling = self._bottom, self._height - self._top - block
        bottom = (floor + ceiling) / 2 if self.parts.barcode else (self._height - block) / 2
        bottom = min(max(bottom, floor), ceiling)
        x, y = self._corners[position - 1]
        baseline = y + bottom + block - REGULAR.ascent * size
        leading = LEADING * size
        return b"/B %g Tf %.2f TL 1 0 0 1 %.2f %.2f Tm" % (size, leading, x, baseline + leading)

    def _origin(self, position: int) -> tuple[float, float]:
        """The lower left corner of the printable part of a label."""
        box = self._sheet.safe_box(position)
        return box.x * PT, (self._sheet.page[1] - box.bottom) * PT

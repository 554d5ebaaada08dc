"""Where things stand on one label. Lengths here are points; y runs upwards from the bottom of the page."""

from string import digits
from typing import NamedTuple

from labels.barcodes.code128 import MODULE, QUIET, bars, modules, placed
from labels.pdf.content_stream import beginning
from labels.pdf.fonts import BOLD, REGULAR
from labels.pdf.text_fitting import LEADING, SMALLEST, Fitted, Room
from labels.refusals import ItemRefused, TooLong
from labels.sheets import PT, LabelSheet

_BAR_HEIGHT = 7.0 * PT
_GAP = 0.8 * PT  # between the address and what stands above or below it
_LINE = REGULAR.ascent + REGULAR.descent
_NUMBER = 12.0  # pt: the sequence number


class Parts(NamedTuple):
    """What a label holds beside its address. Where that is long, the sequence number `is_small`."""

    corner: bool
    sender: bool
    barcode: bool
    is_small: bool = False


class LabelDesign:
    """The plan of a label with these parts: the same on every position of the sheet.

    The address is centred, unless it would touch what stands below or above it; with a bar code, above that.
    """

    def __init__(self, sheet: LabelSheet, parts: Parts) -> None:
        self.parts = parts
        self._sheet = sheet
        self.width, self._height = sheet.inset.width * PT, sheet.inset.height * PT
        self._number = SMALLEST if parts.is_small else _NUMBER
        self._top = SMALLEST * _LINE + _GAP if parts.sender else 0.0
        self._bottom = _BAR_HEIGHT + _GAP if parts.barcode else self._number * _LINE if parts.corner else 0.0
        self.room = Room(self.width, self._height - self._top - self._bottom, sheet.size, sheet.largest)
        self._addresses: dict[tuple[int, int, float], bytes] = {}
        self._corners = [self._origin(n) for n in range(1, sheet.count + 1)]
        self._bars = [placed(x, y, _BAR_HEIGHT) for x, y in self._corners]
        self._references: dict[tuple[int, int], bytes] = {}
        self._foot = REGULAR.descent * self._number  # from the lower edge to the baseline of what is small
        self._numbers: dict[tuple[int, int, float], bytes] = {}

    def address(self, position: int, fitted: Fitted) -> bytes:
        """How the address begins on this position of the sheet."""
        key = (position, fitted.rows, fitted.size)
        begun = self._addresses.get(key)
        if begun is None:
            begun = self._addresses[key] = self._address(*key)
        return begun

    def number(self, position: int, number: str, beside: float) -> bytes:
        """How the sequence number begins in the lower right corner; `beside` is the width of the note behind it.

        Numbers of as many digits all begin where the widest one would.
        """
        key = (position, len(number), beside)
        begun = self._numbers.get(key)
        if begun is None:
            x, y = self._corners[position - 1]
            x += self.width - _width(number) * self._number - beside
            begun = self._numbers[key] = beginning(x, y + self._foot, self._number, LEADING, bold=True)
        return begun

    def note(self, position: int, width: float) -> bytes:
        """How the small text of this width begins that ends in the lower right corner."""
        x, y = self._corners[position - 1]
        return beginning(x + self.width - width, y + self._foot, SMALLEST, LEADING)

    def reference(self, position: int, reference: str) -> bytes:
        """How the reference in letters begins, beside its bars."""
        key = (position, len(reference))
        begun = self._references.get(key)
        if begun is None:
            x, y = self._corners[position - 1]
            begun = beginning(x + _beside_bars(reference), y + self._foot, SMALLEST, LEADING)
            self._references[key] = begun
        return begun

    def sender(self, position: int) -> bytes:
        """How the line begins that says who sends it, on top."""
        x, y = self._corners[position - 1]
        return beginning(x, y + self._height - REGULAR.ascent * SMALLEST, SMALLEST, LEADING)

    def bars(self, position: int, reference: str) -> bytes:
        """Operators that draw the reference as Code 128, below the address."""
        return bars(reference, self._bars[position - 1])

    def check_corner(self, number: str, note: str, reference: str) -> None:
        """Raise `ItemRefused` unless number and note fit side by side, with the bars and letters of `reference`."""
        taken = _width(number) * self._number + REGULAR.width(note) * SMALLEST
        if self.parts.barcode:
            taken += _beside_bars(reference) + REGULAR.width(f"{reference}-") * SMALLEST + _GAP
        if taken > self.width:
            raise ItemRefused(TooLong, number + note, "le coin de l’étiquette est trop petit")

    def _address(self, position: int, rows: int, size: float) -> bytes:
        block = ((rows - 1) * LEADING + _LINE) * size
        floor, ceiling = self._bottom, self._height - self._top - block
        bottom = (floor + ceiling) / 2 if self.parts.barcode else (self._height - block) / 2
        bottom = min(max(bottom, floor), ceiling)
        x, y = self._corners[position - 1]
        return beginning(x, y + bottom + block - REGULAR.ascent * size, size, LEADING, bold=True)

    def _origin(self, position: int) -> tuple[float, float]:
        """The lower left corner of the printable part of a label."""
        box = self._sheet.safe_box(position)
        return box.x * PT, (self._sheet.page[1] - box.bottom) * PT


def _width(number: str) -> float:
    """The width in em of the widest number with as many digits, in bold."""
    return len(number) * max(map(BOLD.width, digits))


def _beside_bars(reference: str) -> float:
    """Where the white ends that a scanner needs behind the bars."""
    return (modules(reference) + QUIET) * MODULE * PT

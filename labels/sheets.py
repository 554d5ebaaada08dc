"""Label stocks: how the labels lie on their sheet. All lengths are millimetres from the top left corner.

The sizes were checked against two sources for each stock; die cutting is exact to about 2 mm, so nothing is
printed within 2 mm of a label's edge, nor where a printer cannot reach the paper.
"""

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import NamedTuple

from labels.refusals import ImpossibleSheet, NoRoomForBarcode, NoSuchPosition, UnknownSheet

A4 = (210.0, 297.0)
SAFE = 2.0  # mm inside every edge of a label: the tolerance of die cutting
OFFICE_PRINTER_EDGE = 4.3  # mm that laser and ink-jet printers leave white round an A4 sheet
NARROW = 80.0  # mm: below it a label spends less on white space

PT = 72 / 25.4  # points in a millimetre


class Box(NamedTuple):
    """A rectangle in mm: `x`, `y` of its top left corner, its width and its height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True)
class LabelSheet:
    """The geometry of one stock in mm; `size` in pt is that of an address that has room, larger where it has more.

    `edge_x` and `edge_y` are what the printer cannot reach at the sides and at top and bottom.
    Raises `ImpossibleSheet` when the labels do not fit on the page or on each other.
    """

    name: str
    width: float
    height: float
    columns: int = 1
    rows: int = 1
    left: float = 0.0
    top: float = 0.0
    pitch_x: float = 0.0
    pitch_y: float = 0.0
    page: tuple[float, float] = A4
    size: float = 11.0
    edge_x: float = OFFICE_PRINTER_EDGE
    edge_y: float = OFFICE_PRINTER_EDGE
    maker: str = ""

    def __post_init__(self) -> None:
        for why, wrong in {
            "une étiquette n’a pas de taille": min(self.width, self.height) <= 2 * SAFE,
            "il faut au moins une colonne et une rangée": self.columns < 1 or self.rows < 1,
            "les étiquettes se chevauchent en largeur": self.columns > 1 and self.pitch_x < self.width - 0.005,
            "les étiquettes se chevauchent en hauteur": self.rows > 1 and self.pitch_y < self.height - 0.005,
            "les étiquettes commencent hors de la page": self.left < 0 or self.top < 0,
            "les étiquettes dépassent le bord droit": self._last.right > self.page[0] + 0.005,
            "les étiquettes dépassent le bord inférieur": self._last.bottom > self.page[1] + 0.005,
        }.items():
            if wrong:
                raise ImpossibleSheet(self.name, why)

    @property
    def largest(self) -> float:
        """The type size in pt of an address that has much room: 14 where `size` is 11."""
        return self.size * 14 / 11

    @property
    def count(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows

    @property
    def is_single(self) -> bool:
        """One label a page, from a roll or a label printer."""
        return self.page != A4

    def position(self, n: int) -> Box:
        """The outline of label `n`, counted from 1, row by row from the top left."""
        self.check_position(n)
        row, column = divmod(n - 1, self.columns)
        return Box(self.left + column * self.pitch_x, self.top + row * self.pitch_y, self.width, self.height)

    def check_position(self, n: int) -> None:
        """Raise `NoSuchPosition` unless the sheet has a label `n`."""
        if not 1 <= n <= self.count:
            raise NoSuchPosition(self.name, n, self.count)

    def safe_box(self, n: int) -> Box:
        """Where label `n` may be printed: the same part of every label, so that a text fits on all."""
        box, inset = self.position(n), self.inset
        return Box(box.x + inset.x, box.y + inset.y, inset.width, inset.height)

    @cached_property
    def inset(self) -> Box:
        """The printable part of a label, from the label's own corner, at its narrowest on the sheet."""
        across, down = self._white_space
        width, height = self.page
        left = max(across, self.edge_x - self.left)
        top = max(down, self.edge_y - self.top)
        right = max(across, self._last.right - (width - self.edge_x))
        bottom = max(down, self._last.bottom - (height - self.edge_y))
        return Box(left, top, self.width - left - right, self.height - top - bottom)

    def reached_by(self, edge: float | None) -> "LabelSheet":
        """The sheet in a printer that leaves `edge` mm white on every side; None: as this stock assumes."""
        return self if edge is None else replace(self, edge_x=edge, edge_y=edge)

    def check_barcode(self) -> None:
        """Raise `NoRoomForBarcode` unless a label is of the size of L7163 (89 × 38 mm at least)."""
        if self.width < 89 or self.height < 38:
            raise NoRoomForBarcode(self.name)

    @property
    def _white_space(self) -> tuple[float, float]:
        """At the sides, and above and below: more than `SAFE` where the label can spare it."""
        return (4.0 if self.width >= NARROW else 3.0), (3.0 if self.height >= 33 else SAFE)

    @property
    def _last(self) -> Box:
        return Box(
            self.left + (self.columns - 1) * self.pitch_x,
            self.top + (self.rows - 1) * self.pitch_y,
            self.width,
            self.height,
        )


def _a4(name: str, width: float, height: float, grid: str, *rest: float, size: float) -> LabelSheet:
    columns, rows = map(int, grid.split("x"))
    left, top, pitch_x, pitch_y = rest
    return LabelSheet(name, width, height, columns, rows, left, top, pitch_x, pitch_y, size=size, maker="Avery, A4")


def _single(name: str, width: float, height: float, reach: tuple[float, float], size: float, maker: str) -> LabelSheet:
    """One label a page; `reach` is the width and height that its printer can print."""
    edge_x, edge_y = (width - reach[0]) / 2, (height - reach[1]) / 2
    return LabelSheet(name, width, height, page=(width, height), size=size, edge_x=edge_x, edge_y=edge_y, maker=maker)


# The rolls of Dymo and Brother are fed narrow side first and read along their length: w x h as they are read.
_STOCKS = (
    _a4("L7163", 99.06, 38.1, "2x7", 4.67, 15.15, 101.60, 38.10, size=11),
    _a4("L7160", 63.5, 38.1, "3x7", 7.20, 15.15, 66.04, 38.10, size=10),
    _a4("L7162", 99.06, 33.87, "2x8", 4.67, 13.02, 101.60, 33.87, size=11),
    _a4("L7165", 99.06, 67.73, "2x4", 4.67, 13.04, 101.60, 67.73, size=14),
    _a4("L7159", 64.0, 33.86, "3x8", 6.46, 13.06, 66.54, 33.86, size=10),
    _a4("L7173", 99.06, 57.0, "2x5", 4.67, 6.00, 101.60, 57.00, size=13),
    _a4("L7167", 199.6, 289.05, "1x1", 5.20, 3.98, 0, 0, size=26),
    _a4("3475", 70, 36, "3x8", 0, 4.43, 70, 36, size=10),
    _a4("3474", 70, 37, "3x8", 0, 0, 70, 37, size=10),
    _a4("3422", 70, 35, "3x8", 0, 8.43, 70, 35, size=10),
    _a4("3424", 105, 48, "2x6", 0, 4.43, 105, 48, size=12),
    _a4("3425", 105, 57, "2x5", 0, 5.93, 105, 57, size=13),
    _a4("3664", 70, 33.8, "3x8", 0, 13.23, 70, 33.8, size=10),
    _single("4x6", 101.6, 152.4, (95.6, 146.4), size=16, maker="4 × 6 in, thermal"),
    _single("99012", 89, 36, (81.4, 33.2), size=11, maker="Dymo"),
    _single("99014", 101, 54, (93.9, 51.5), size=13, maker="Dymo"),
    _single("DK-11208", 90, 38, (83.9, 34.9), size=11, maker="Brother"),
    _single("DK-11202", 100, 62, (93.2, 58.9), size=13, maker="Brother"),
)

SHEETS: dict[str, LabelSheet] = {sheet.name: sheet for sheet in _STOCKS}
DEFAULT = SHEETS["L7163"]

_ROLL = re.compile(r"62x(\d{2,4})")


def roll(length: float) -> LabelSheet:
    """The 62 mm Brother roll cut every `length` mm (30 to 1000); it prints 58.9 mm of its width."""
    if not 30 <= length <= 1000:
        raise ImpossibleSheet(f"62x{length:g}", "le rouleau se coupe tous les 30 à 1000 mm")
    return _single(f"62x{length:g}", 62, length, (58.9, length - 6), size=11, maker="Brother, 62 mm roll")


def get_sheet(name: str) -> LabelSheet:
    """The stock called `name`, in any case; `62x80` is the Brother roll cut every 80 mm.

    Raises `UnknownSheet`, which proposes the nearest name.
    """
    wanted = name.strip().upper().replace("×", "X")
    for known, sheet in SHEETS.items():
        if wanted == known.upper():
            return sheet
    if cut := _ROLL.fullmatch(wanted.lower()):
        return roll(float(cut[1]))
    raise UnknownSheet(name, max(SHEETS, key=lambda known: _likeness(wanted, known.upper())))


def _likeness(typed: str, known: str) -> tuple[float, bool]:
    """How alike two names are; between equals, the one with the same signs in another order."""
    return SequenceMatcher(None, typed, known).ratio(), sorted(typed) == sorted(known)

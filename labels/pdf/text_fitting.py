"""Making a text fit: wrap at spaces and hyphens, then shrink, then refuse. Nothing is ever cut off.

Lengths are points. The first line is bold and therefore wider.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from math import floor
from typing import NamedTuple

from labels.pdf.content_stream import BOLD_ENDS
from labels.pdf.fonts import BOLD, REGULAR, Face, widest_at_most
from labels.refusals import ItemRefused, TooLong
from labels.sheets import PT

SMALLEST = 7.0  # pt: the smallest type that is legible on an envelope
LEADING = 1.22  # distance of two baselines in type sizes: Ş above É do not touch
_STEP = 0.5  # pt by which type shrinks
_ONE = REGULAR.ascent + REGULAR.descent  # the height of one row in type sizes
_MANY = 12  # rows that are wrapped or shrunk on any label

# A house number stays with its street, a box with "bte", a postcode with its place.
_BREAKS = re.compile(r"(?<=-)(?=\w)| (?!\d|bte )(?<!^\d{4} )(?<!\bbte )")
_ANY_SPACE = re.compile(r"(?<=-)(?=\w)| ")


class Fitted(NamedTuple):
    """Rows as `show_texts` sets them, the first ones in bold; how many, and the type size in pt."""

    text: str
    rows: int
    size: float
    is_wrapped: bool = False
    is_shrunk: bool = False


class Room:
    """A rectangle for an address. Width and height in pt.

    Type is as large as fits unbroken, at most of the `largest` size; below `size` rows are wrapped first.
    """

    def __init__(self, width: float, height: float, size: float, largest: float = 0.0) -> None:
        self.width = width
        self.height = height
        self.size = size
        self.largest = max(size, largest)
        self._em = width / self.largest
        self._sizes = [min(self.largest, self._size_of(rows)) for rows in range(_MANY)]

    def fit(self, lines: Sequence[str], plain: str = "") -> Fitted:
        """The lines, as large as fits, or wrapped and shrunk as little as it takes; every letter must have a glyph.

        `plain`: the lines joined by line feeds, if `printable_text.is_plain`: then most need not be measured.
        Raises `ItemRefused` with `TooLong`.
        """
        size = self._sizes[len(lines)] if len(lines) < _MANY else 0.0
        if not plain or widest_at_most(plain) > self._em:
            size = min(size, self._unbroken(lines))
        if size >= self.size:
            return Fitted((plain or "\n".join(lines)).replace("\n", BOLD_ENDS, 1), len(lines), size)
        size = self.size
        while True:
            if (fitted := self._wrapped(lines, size)) is not None:
                return fitted
            if size <= SMALLEST:
                raise self._refusal(lines)
            size = max(SMALLEST, size - _STEP)

    def _unbroken(self, lines: Sequence[str]) -> float:
        """The largest size in steps at which no line is wider than the room."""
        widest = max(REGULAR.width(line) if number else BOLD.width(line) for number, line in enumerate(lines))
        return _stepped(min(self.width / widest, self.largest))

    def _size_of(self, rows: int) -> float:
        """The size in steps at which so many rows take the height."""
        return _stepped(self.height / (max(rows - 1, 0) * LEADING + _ONE))

    def _rows_at(self, size: float) -> int:
        """How many rows of this size the height holds."""
        one = _ONE * size
        return int((self.height - one) / (LEADING * size) + 1 + 1e-6) if self.height >= one else 0

    def _wrapped(self, lines: Sequence[str], size: float) -> Fitted | None:
        """The lines wrapped at this size, or None when they need more room."""
        width = self.width / size
        rows: list[str] = []
        bold_rows = 0
        for number, line in enumerate(lines):
            parts = wrap(line, width, REGULAR if number else BOLD)
            if parts is None:
                return None
            rows += parts
            bold_rows = bold_rows or len(parts)
        if len(rows) > self._rows_at(size):
            return None
        text = BOLD_ENDS.join(filter(None, ("\n".join(rows[:bold_rows]), "\n".join(rows[bold_rows:]))))
        return Fitted(text, len(rows), size, len(rows) > len(lines), size < self.size)

    def _refusal(self, lines: Sequence[str]) -> ItemRefused:
        width = self.width / SMALLEST
        for number, line in enumerate(lines):
            if wrap(line, width, REGULAR if number else BOLD) is None:
                return ItemRefused(
                    TooLong, line, f"un mot est trop long pour {self.width / PT:.0f} mm, même en corps 7"
                )
        longest = max(lines, key=REGULAR.width)
        rows = self._rows_at(SMALLEST)
        return ItemRefused(TooLong, longest, f"plus de lignes que les {rows} qui tiennent, même en corps 7")


def _stepped(size: float) -> float:
    """A size that is a whole number of steps, not larger than this one."""
    return floor(size / _STEP + 1e-6) * _STEP


def wrap(line: str, width: float, face: Face) -> list[str] | None:
    """`line` in rows of at most `width` em, broken at spaces and after hyphens; None if a word is wider.

    Breaks that would tear a number from its street are used only when there is no other way.
    """
    if face.width(line) <= width:
        return [line]
    return _greedy(line, width, face, _BREAKS) or _greedy(line, width, face, _ANY_SPACE)


def _greedy(line: str, width: float, face: Face, breaks: re.Pattern[str]) -> list[str] | None:
    cuts = [0, *(match.end() for match in breaks.finditer(line)), len(line)]
    rows = [""]
    for start, end in pairwise(cuts):
        piece = line[start:end]
        if face.width((rows[-1] + piece).rstrip(" ")) <= width:
            rows[-1] += piece
        elif face.width(piece.rstrip(" ")) <= width:
            rows.append(piece)
        else:
            return None
    return [row.rstrip(" ") for row in rows]

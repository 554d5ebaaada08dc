"""Making a text fit: wrap at spaces and hyphens, then shrink, then refuse. Nothing is ever cut off.

Lengths are points. The first line is bold and therefore wider.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from labels.pdf.fonts import BOLD, REGULAR, Face
from labels.refusals import ItemRefused, TooLong
from labels.sheets import PT

SMALLEST = 7.0  # pt: the smallest type that is legible on an envelope
LEADING = 1.22  # distance of two baselines in type sizes: Ş above É do not touch
_STEP = 0.5  # pt by which type shrinks

# A house number stays with its street, a box with "bte", a postcode with its place.
_BREAKS = re.compile(r"(?<=-)(?=\w)| (?!\d|bte )(?<!^\d{4} )(?<!\bbte )")
_ANY_SPACE = re.compile(r"(?<=-)(?=\w)| ")


class Fitted(NamedTuple):
    """Rows as they are set (the first `bold_rows` in bold), joined by line feeds, and the type size in pt."""

    text: str
    rows: int
    bold_rows: int
    size: float
    is_wrapped: bool = False
    is_shrunk: bool = False


class Room:
    """A rectangle for an address: how many rows of which size, how wide. Width and height in pt."""

    def __init__(self, width: float, height: float, size: float) -> None:
        self.width = width
        self.height = height
        self.size = size
        self._rows = self._rows_at(size)
        # No plain letter is wider than an em, so a line of so few letters fits without being measured.
        self._surely_fits = int(width / size)

    def fit(self, lines: Sequence[str], *, is_plain: bool = False) -> Fitted:
        """The lines, wrapped and shrunk as little as it takes; every letter must have a glyph.

        `is_plain`: the result of `printable_text.is_plain`; short plain lines need not be measured.
        Raises `ItemRefused` with `TooLong`.
        """
        if len(lines) <= self._rows and self._fits_unbroken(lines, is_plain):
            return Fitted("\n".join(lines), len(lines), 1, self.size)
        size = self.size
        while True:
            if (fitted := self._wrapped(lines, size)) is not None:
                return fitted
            if size <= SMALLEST:
                raise self._refusal(lines)
            size = max(SMALLEST, size - _STEP)

    def _fits_unbroken(self, lines: Sequence[str], is_plain: bool) -> bool:
        surely_fits = self._surely_fits if is_plain else 0
        face = BOLD
        for line in lines:
            if len(line) > surely_fits and face.width(line) * self.size > self.width:
                return False
            face = REGULAR
        return True

    def _rows_at(self, size: float) -> int:
        """How many rows of this size the height holds."""
        one = (REGULAR.ascent + REGULAR.descent) * size
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
        return Fitted("\n".join(rows), len(rows), bold_rows, size, len(rows) > len(lines), size < self.size)

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

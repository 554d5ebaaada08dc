"""The layout of a slip: its rows, distributed over pages. Lengths are mm from the top of the page."""

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

NEXT_TOP = 42.0  # below the short head of a second page
BOTTOM = 284.0


class Kind(Enum):
    """What a row is."""

    HEADING = auto()
    PUBLICATION = auto()
    MESSAGE = auto()


class Row(NamedTuple):
    """`titles` are the lines of a row, never split between pages; `figures` the type size of its copies in pt."""

    kind: Kind
    height: float
    titles: tuple[str, ...]
    code: str = ""
    figures: float = 0.0


class Placed(NamedTuple):
    """A row and the top of it on its page."""

    y: float
    row: Row


def flow(rows: Sequence[Row], top: float, foot: float) -> list[list[Placed]]:
    """Rows on pages, one list a page, from `top` on the first; the last one leaves `foot` mm at the bottom.

    A heading stays with the row below it.
    """
    pages: list[list[Placed]] = [[]]
    y = top
    for number, row in enumerate(rows, 1):
        needed = row.height
        if row.kind is Kind.HEADING and number < len(rows):
            needed += rows[number].height
        if y + needed > BOTTOM:
            pages.append([])
            y = NEXT_TOP
        pages[-1].append(Placed(y, row))
        y += row.height
    if y > BOTTOM - foot:
        pages.append([])
    return pages

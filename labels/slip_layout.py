"""How the content of a slip flows over its pages. Lengths are mm from the top of the page."""

from collections.abc import Sequence
from dataclasses import dataclass

NEXT_TOP = 42.0  # below the short head of a second page
BOTTOM = 284.0
TITLE_LINE = 5.0  # a second line of a long title


@dataclass(frozen=True, slots=True)
class Row:
    """A heading, a publication or a line of a message: `titles` are its lines, never split between pages.

    `figures` is the type size of the number of copies in pt.
    """

    height: float
    titles: tuple[str, ...]
    copies: str = ""
    code: str = ""
    figures: float = 16.0
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A row and the top of it on its page."""

    y: float
    row: Row


def flow(rows: Sequence[Row], top: float, foot: float) -> list[list[Placed]]:
    """Rows on pages, one list a page, from `top` on the first; the last one leaves `foot` mm at the bottom.

    A heading stays with the row below it.
    """
    pages: list[list[Placed]] = [[]]
    y = top
    for row, below in zip(rows, [*rows[1:], None], strict=True):
        needed = row.height + (below.height if row.is_heading and below else 0)
        if y + needed > BOTTOM:
            pages.append([])
            y = NEXT_TOP
        pages[-1].append(Placed(y, row))
        y += row.height
    if y > BOTTOM - foot:
        pages.append([])
    return pages

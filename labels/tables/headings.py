"""Finding the line that names the columns: below titles, `sep=;`, empty lines, in any case."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from labels.tables.faults import PassedOver

ReadHeading = Callable[[str], str]
"""Gives the column that a heading names, or nothing for a heading that names none."""

MOST_ABOVE = 40  # lines above a heading
_FEWEST_KNOWN = 2  # headings that make a line the heading


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of headings as they are `written`, the columns that they name, how many are known, the titles above."""

    line: int
    written: tuple[str, ...]
    columns: tuple[str, ...]
    known: int
    above: tuple[PassedOver, ...]


def folded(heading: str) -> str:
    """A heading as it is compared: without case, accents, spaces and signs.

    >>> folded("Needed_By"), folded(" Code postal "), folded("N°")
    ('neededby', 'codepostal', 'n')
    """
    plain = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(letter for letter in plain if letter.isalnum() and not unicodedata.combining(letter))


def is_blank(cell: str) -> bool:
    """Whether nothing of a cell can be seen."""
    return (
        not cell
        or (not cell.isascii() or not cell.isprintable() or " " in cell)
        and not any(letter != " " and letter.isprintable() for letter in cell)
    )


def is_empty(cells: Sequence[str]) -> bool:
    """Whether a row says nothing: cells of which nothing can be seen, or zeros that were filled down."""
    return all(cell == "0" or is_blank(cell) for cell in cells)


def without_blank_end(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells up to the last one in which something can be seen."""
    last = len(cells)
    while last and is_blank(cells[last - 1]):
        last -= 1
    return tuple(cells[:last])


def find_heading(rows: Iterable[tuple[int, Sequence[str]]], read: ReadHeading | None) -> Heading | None:
    """The first of the lines with the most known headings; where none is known, the first with several cells."""
    seen = [(line, cells) for line, row in rows if (cells := without_blank_end(row))]
    if not seen:
        return None
    counts = [sum(1 for cell in cells if read and read(cell)) for _, cells in seen]
    best = max(counts)
    if best >= _FEWEST_KNOWN:
        at = counts.index(best)
    else:
        at = next((n for n, (_, cells) in enumerate(seen) if len(cells) > 1), 0)
    line, cells = seen[at]
    columns = tuple((read and read(cell)) or cell.strip() for cell in cells)
    return Heading(line, tuple(map(str.strip, cells)), columns, counts[at], tuple(_titles(seen[:at])))


def _titles(rows: Iterable[tuple[int, Sequence[str]]]) -> Iterable[PassedOver]:
    for line, cells in rows:
        yield PassedOver(line, " ".join(cell.strip() for cell in cells if not is_blank(cell))[:100])

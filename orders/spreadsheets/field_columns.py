"""Which column of a table each field is read from: found by the headings, or chosen by somebody who sees them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from labels.tables import Fault, Trouble
from orders.spreadsheets.reading import Table, UnreadableFile

Choice = Mapping[str, int]
"""The position of the column of each field, from 0. A field without a column is not in it."""

MOST_OFFERED = 120  # columns from which somebody chooses
LONGEST_EXAMPLE = 40


@dataclass(frozen=True, slots=True)
class OfferedColumn:
    """A column as somebody sees it who chooses: its heading, and the first cell that is filled."""

    position: int
    heading: str
    example: str


@dataclass(frozen=True, slots=True)
class ColumnsNotRead:
    """Columns whose headings name nothing that is wanted."""

    headings: tuple[str, ...]


def by_headings(header: Sequence[str]) -> dict[str, int]:
    """The first column that names each field. What names none is under its own heading."""
    return {name: at for at, name in reversed(list(enumerate(header))) if name}


def refuse_twice(header: Sequence[str], written: Sequence[str]) -> None:
    """Raise `UnreadableFile` where several columns name one field: nobody can tell which of them is meant."""
    twice = tuple(dict.fromkeys(name for name in header if name and list(header).count(name) > 1))
    if twice:
        headings = tuple(heading for name, heading in zip(header, written, strict=False) if name in twice)
        raise UnreadableFile(Trouble(Fault.TWICE, columns=twice, found=headings))


def header_of(choice: Choice, width: int) -> tuple[str, ...]:
    """The field of each column by a choice; nothing for a column that is not read."""
    fields = {position: field for field, position in choice.items()}
    return tuple(fields.get(position, "") for position in range(width))


def offered_columns(table: Table, chosen: Collection[int] = ()) -> list[OfferedColumn]:
    """The columns of a table that have a heading or a cell that is filled; no more than can be looked through.

    Those that are `chosen` already are always among them.
    """
    found = []
    for position in range(table.width):
        heading = table.written[position] if position < len(table.written) else ""
        cells = (row.cells[position] for row in table.rows if position < len(row.cells))
        example = next((cell.strip() for cell in cells if cell.strip()), "")
        if heading or example:
            found.append(OfferedColumn(position, heading, example[:LONGEST_EXAMPLE]))
    return [column for at, column in enumerate(found) if at < MOST_OFFERED or column.position in chosen]

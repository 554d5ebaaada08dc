"""Tables out of files. `labels.tables` reads them, as it does for the command line of the labels (decision 0027)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from labels import tables
from labels.tables import Fault, Limits, Note, ReadHeading, Row, TableFile, Trouble
from orders.control_characters import remove_control_characters
from orders.errors import Refused

MOST = Limits(rows=20_000, columns=1_000, cells=1_000_000)


class UnreadableFile(Refused):
    """A file that is no table, or not the one that was looked for."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Table:
    """The columns, the rows in which something can be seen, what was done to read them, the headings as written.

    `line` is that of the headings, of which so many are `known`.
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    written: tuple[str, ...] = ()
    line: int = 0
    known: int = 0

    @property
    def width(self) -> int:
        """How many columns have a heading or a cell."""
        return max([len(self.header), *(len(row.cells) for row in self.rows)])

    def without_heading(self) -> "Table":
        """The same where the line of the headings is a row like the others."""
        rows = (Row(self.line, self.written), *self.rows)
        return Table(("",) * len(self.header), rows, self.notes, ("",) * len(self.header))


def read(path: Path, read_heading: ReadHeading | None = None) -> Table:
    """Read a table; `read_heading` gives the column that a heading names. Raises `UnreadableFile`."""
    with open_table(path, read_heading, MOST) as file:
        rows = tuple(clean_rows(file))
        return Table(file.header, rows, file.notes, file.written, file.line, file.known)


@contextmanager
def open_table(path: Path, read_heading: ReadHeading | None, limits: Limits) -> Iterator[TableFile]:
    """Open a table to be read row by row, with `clean_rows`. Raises `UnreadableFile`, also while it is read."""
    try:
        with tables.open_table(path, read_heading, limits) as file:
            yield file
    except tables.UnreadableTable as error:
        raise UnreadableFile(error.trouble) from None
    except OSError as error:
        raise UnreadableFile(Trouble(Fault.NOT_OPENED, word=error.strerror or "")) from None


def clean_rows(file: TableFile) -> Iterator[Row]:
    """The rows of an open table, without control characters."""
    for row in file.rows():
        yield Row(row.line, tuple(map(remove_control_characters, row.cells)))

"""Tables in files, as spreadsheet programs write and read them: CSV or XLSX, chosen by the file's ending.

`labels.tables` reads them, as it does for the command line of the labels (decision 0027). CSV is
written with semicolons, which is what Excel opens in Belgium.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from labels import tables
from labels.tables import (
    ENCODING_NAMES,
    Fault,
    Limits,
    Note,
    OtherSheet,
    PassedOver,
    ReadAs,
    ReadHeading,
    Row,
    TableFile,
    Trouble,
    column_called,
    folded,
    is_spreadsheet_error,
    lost_letters,
    read_as_date,
    with_full_name,
)
from orders.control_characters import remove_control_characters
from orders.errors import Refused

__all__ = [
    "ENCODING_NAMES",
    "Cell",
    "Fault",
    "Limits",
    "Note",
    "OtherSheet",
    "PassedOver",
    "ReadAs",
    "Row",
    "Table",
    "Trouble",
    "UnreadableFile",
    "clean_rows",
    "column_called",
    "folded",
    "harmless",
    "is_spreadsheet_error",
    "lost_letters",
    "open_table",
    "read",
    "read_as_date",
    "with_full_name",
    "write",
]

Cell = str | int  # a number stays one: spreadsheet programs add it up, also below 0

DELIMITER = ";"
MOST = Limits(rows=20_000, cells=1_000_000)


class UnreadableFile(Refused):
    """A file that is no table, or not the one that was looked for."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Table:
    """The columns, the rows in which something can be seen, what was done to read them, the headings as written."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    written: tuple[str, ...] = ()


def read(path: Path, read_heading: ReadHeading | None = None) -> Table:
    """Read a table; `read_heading` gives the column that a heading names. Raises `UnreadableFile`."""
    with open_table(path, read_heading, MOST) as file:
        table = Table(file.header, tuple(clean_rows(file)), file.notes, file.written)
    if twice := tuple(dict.fromkeys(name for name in table.header if name and table.header.count(name) > 1)):
        raise UnreadableFile(Trouble(Fault.TWICE, columns=twice))
    return table


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


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table beside its place and move it there, so that a half-written one never stands in it."""
    unfinished = path.with_name(f"{path.name}.unfinished{path.suffix}")
    try:
        (_write_xlsx if path.suffix.lower() == ".xlsx" else _write_csv)(unfinished, header, rows)
        unfinished.replace(path)
    except OSError as error:
        raise UnreadableFile(Trouble(Fault.NOT_OPENED, word=error.strerror or "")) from None
    finally:
        unfinished.unlink(missing_ok=True)


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="", errors="replace") as out:
        writer = csv.writer(out, delimiter=DELIMITER)
        writer.writerow(header)
        writer.writerows([harmless(cell) for cell in row] for row in rows)


def _write_xlsx(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    from openpyxl import Workbook  # late: 8 MB that only workbooks need

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    with closing(sheet):  # also when the rows fail: the sheet would go on writing when it is collected
        sheet.append(list(header))
        for row in rows:
            sheet.append(
                [remove_control_characters(cell) if isinstance(cell, str) else cell for cell in map(harmless, row)]
            )
    book.save(path)


def harmless(cell: Cell) -> Cell:
    """The cell with an apostrophe before whatever a spreadsheet program would take for a formula."""
    return tables.harmless(cell) if isinstance(cell, str) else cell

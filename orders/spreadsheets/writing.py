"""Tables into files, CSV or XLSX by the file's ending."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import chain, repeat
from pathlib import Path

from labels import tables
from labels.tables import Fault, Trouble
from orders.spreadsheets.columns import Cell, Column, Kind, as_columns, local_time
from orders.spreadsheets.reading import UnreadableFile
from orders.spreadsheets.workbooks import write_workbook

DELIMITER = ";"
DAY, MOMENT = "%Y-%m-%d", "%Y-%m-%d %H:%M:%S"


def write(path: Path, header: Sequence[str | Column], rows: Iterable[Sequence[Cell]], *, title: str = "") -> None:
    """Write a table beside its place and move it there, so that a half-written one never stands in it.

    `title` is the name of a workbook's sheet; without it, the sheet is called like the file.
    """
    columns = as_columns(header)
    unfinished = path.with_name(f"{path.name}.unfinished{path.suffix}")
    try:
        if path.suffix.lower() == ".xlsx":
            write_workbook(unfinished, columns, rows, title or path.stem)
        else:
            _write_csv(unfinished, columns, rows)
        unfinished.replace(path)
    except OSError as error:
        raise UnreadableFile(Trouble(Fault.NOT_OPENED, word=error.strerror or "")) from None
    finally:
        unfinished.unlink(missing_ok=True)


def harmless(cell: Cell) -> Cell:
    """The cell with an apostrophe before whatever a spreadsheet program would take for a formula."""
    return tables.harmless(cell) if isinstance(cell, str) else cell


def _write_csv(path: Path, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="", errors="replace") as out:
        writer = csv.writer(out, delimiter=DELIMITER)
        writer.writerow([harmless(column.heading) for column in columns])
        for row in rows:
            padded = chain(columns, repeat(Column("")))  # a row may be longer than the header
            writer.writerow([_as_csv(*each) for each in zip(padded, row, strict=False)])


def _as_csv(column: Column, cell: Cell) -> Cell:
    if isinstance(cell, datetime):
        return local_time(cell).strftime(column.csv_format or MOMENT)
    if isinstance(cell, date):
        return cell.strftime(column.csv_format or DAY)
    if column.kind is Kind.MONEY and isinstance(cell, int):
        return f"{cell / 100:.2f}"
    return harmless(cell)

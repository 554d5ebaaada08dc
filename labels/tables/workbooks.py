"""XLSX: finds the sheet that holds the table, and reads its cells as text. Too large workbooks are refused first."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from labels.tables.faults import Fault, Note, OtherSheet, UnreadableTable, unreadable
from labels.tables.formulas import find_uncalculated
from labels.tables.headings import MOST_ABOVE, Heading, ReadHeading, find_heading
from labels.tables.workbook_size import check_size

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LAST_ROW = 1_048_576  # that a sheet can have
MOST_EXACT = 10**15  # a spreadsheet program keeps fifteen digits of a number


class Workbook:
    """An open workbook. Raises `UnreadableTable`, and `OSError` where it cannot be opened."""

    def __init__(self, path: Path, read_heading: ReadHeading | None, most_columns: int) -> None:
        from openpyxl import load_workbook  # late: 8 MB that only workbooks need

        self.notes: list[Note] = []
        self._width = most_columns + 1  # one more than is read, so that a wider table is seen
        self._file = path.open("rb")
        try:
            with _sentences():
                with ZipFile(self._file) as parts:
                    check_size(parts, most_columns)
                    self.notes += find_uncalculated(parts)
                self._book = load_workbook(self._file, read_only=True, data_only=True)
                self._sheet, self.heading = self._find_sheet(read_heading)
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        self._book.close()
        self._file.close()

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        with _sentences():
            yield from self._rows_of(self._sheet)

    def _rows_of(self, sheet: "Worksheet") -> Iterator[tuple[int, Sequence[str]]]:
        """The rows that the file has; for those that it leaves out, openpyxl gives one and the same tuple each time.

        Both bounds are given, as openpyxl would take them from what the file says of itself, which may be wrong.
        """
        before: object = None
        cells = sheet.iter_rows(max_col=self._width, max_row=_LAST_ROW, values_only=True)
        for line, row in enumerate(cells, start=1):
            if row is not before:
                yield line, _as_texts(row)
            before = row

    def _find_sheet(self, read_heading: ReadHeading | None) -> "tuple[Worksheet, Heading | None]":
        """The sheet with the most known headings, of those that can be seen; the others that have some are noted."""
        sheets = [each for each in self._book.worksheets if each.sheet_state == "visible"] or self._book.worksheets
        active = self._book.active
        sheets.sort(key=lambda sheet: sheet is not active)
        found = [(sheet, find_heading(islice(self._rows_of(sheet), MOST_ABOVE), read_heading)) for sheet in sheets]
        filled = [(sheet, heading) for sheet, heading in found if heading]
        if not filled:
            return sheets[0], None
        chosen, best = max(filled, key=lambda pair: pair[1].known)
        self.notes += [
            OtherSheet(sheet.title)
            for sheet, heading in filled
            if sheet is not chosen and best.known and heading.known >= best.known
        ]
        return chosen, best


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn any exception of openpyxl and its parsers into a refusal of the file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except UnreadableTable:
        raise
    except Exception as error:
        raise unreadable(Fault.NO_TABLE, word=type(error).__name__) from error


def _as_texts(row: Sequence[object]) -> list[str]:
    """The cells up to the last one that is filled."""
    last = len(row)
    while last and row[last - 1] is None:
        last -= 1
    return [_as_text(cell) for cell in row[:last]]


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell)) if abs(cell) <= MOST_EXACT else f"{cell:.14E}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == cell.time().min else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)

"""Tables in files, as spreadsheet programs write them: CSV or XLSX, chosen by the file's ending.

CSV may be UTF-8 (with or without byte order mark), UTF-16 with one, or Windows-1252, with commas, semicolons or tabs.
Cells that a spreadsheet program would take for a formula are written with an apostrophe before them, and read back
without.
"""

import codecs
import csv
import enum
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from orders.errors import Refused

Cell = str | int  # a number stays one: spreadsheet programs add it up, also below 0

DELIMITERS = ",;\t"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t")
MOST_EXACT = 10**15  # a spreadsheet program keeps fifteen digits of a number, and makes up the rest
LARGEST_FILE = 50 * 1024 * 1024  # bytes


class Fault(enum.Enum):
    """What is wrong with a whole file."""

    TOO_LARGE = "too large"
    NOT_OPENED = "not opened"
    NO_TABLE = "no table"
    EMPTY = "empty"
    TWICE = "columns twice"
    MISSING = "columns missing"
    NO_COPIES = "no column for copies"
    MEANINGLESS = "columns without a meaning"


class UnreadableFile(Refused):
    """A file that is no table. `why` is one line for a terminal, `columns` are those that it is about."""

    def __init__(self, fault: Fault, why: str, columns: Sequence[str] = ()) -> None:
        self.why = f"{why}: {', '.join(columns)}" if columns else why
        super().__init__(fault, self.why)
        self.fault = fault
        self.columns = columns


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the number of its first line in the file (the header is line 1) and the text of its cells."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read(path: Path) -> Table:
    """Read a table. Rows without any text are passed over. Raises `UnreadableFile`."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableFile(Fault.TOO_LARGE, f"the file is larger than {LARGEST_FILE // 1024**2} MB")
        rows = _xlsx_rows(path) if path.suffix.lower() == ".xlsx" else _csv_rows(path)
        filled = [row for row in rows if any(row.cells)]
    except OSError as error:
        raise UnreadableFile(Fault.NOT_OPENED, f"cannot read {path}: {error.strerror}") from None
    except (csv.Error, zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise UnreadableFile(Fault.NO_TABLE, f"{path.name} is not a table that can be read: {error}") from None
    if not filled:
        raise UnreadableFile(Fault.EMPTY, f"{path.name} is empty: its first line must name the columns")
    header = tuple(cell.strip() for cell in filled[0].cells)
    if twice := sorted({name for name in header if name and header.count(name) > 1}):
        raise UnreadableFile(Fault.TWICE, "columns that stand there twice", twice)
    return Table(header, tuple(filled[1:]))


def _csv_rows(path: Path) -> Iterator[Row]:
    text = _text(path.read_bytes())
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    for cells in reader:
        yield Row(line, tuple(plain(cell) for cell in cells))
        line = reader.line_num + 1


def _text(raw: bytes) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def _xlsx_rows(path: Path) -> Iterator[Row]:
    with closing(load_workbook(path, read_only=True, data_only=True)) as book:  # it keeps the file open
        rows = book.active.iter_rows(values_only=True) if book.active is not None else ()
        for line, cells in enumerate(rows, start=1):
            yield Row(line, tuple(plain(_as_text(cell)) for cell in cells))


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell)) if abs(cell) <= MOST_EXACT else f"{cell:.14E}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == cell.time().min else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table beside its place and move it there, so that a half-written one never stands in it."""
    unfinished = path.with_name(f"{path.name}.unfinished{path.suffix}")
    try:
        (_write_xlsx if path.suffix.lower() == ".xlsx" else _write_csv)(unfinished, header, rows)
        unfinished.replace(path)
    except OSError as error:
        raise UnreadableFile(Fault.NOT_OPENED, f"cannot write {path}: {error.strerror}") from None
    finally:
        unfinished.unlink(missing_ok=True)


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(header)
        writer.writerows([harmless(cell) for cell in row] for row in rows)


def _write_xlsx(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(header))
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
    book.save(path)


def harmless(cell: Cell) -> Cell:
    """The cell with an apostrophe before it where a spreadsheet program would take it for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell


def plain(cell: str) -> str:
    """The cell without that apostrophe."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_SIGNS) else cell

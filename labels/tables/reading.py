"""Reading a table row by row, whatever kind of file it is in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol

from labels.tables import mojibake
from labels.tables.cells import plain
from labels.tables.delimited import DelimitedFile
from labels.tables.faults import Fault, Note, ReadAs, unreadable
from labels.tables.headings import Heading, ReadHeading, is_empty, without_blank_end
from labels.tables.workbooks import Workbook

_XLSX = b"PK\x03\x04"
_OTHER_KINDS = (b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf", b"<?xml", b"<html", b"<!DOCTYPE", b"\x89PNG", b"\xff\xd8\xff")


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest table that is read; more is refused before the work. `size` is in bytes."""

    rows: int = 200_000
    columns: int = 250
    cells: int = 4_000_000
    size: int = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the number of its first line in the file, which counts from 1, and the text of its cells."""

    line: int
    cells: tuple[str, ...]


class _Source(Protocol):
    """An open file of some kind: where its heading is, what is to be said of it, and its rows from the top."""

    heading: Heading | None
    notes: list[Note]

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]: ...

    def close(self) -> None: ...


class TableFile:
    """An open table: its heading as columns and as it is written, then its rows, each once.

    `notes` says what was done to read the file; it is complete after the last row.
    """

    def __init__(self, source: _Source, heading: Heading, limits: Limits) -> None:
        self._source = source
        self._heading = heading
        self._limits = limits
        self._letters = _Letters()
        self.header = heading.columns
        self.written = heading.written
        self.known = heading.known
        self.line = heading.line

    def __enter__(self) -> "TableFile":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._source.close()

    @property
    def notes(self) -> tuple[Note, ...]:
        return (*self._heading.above, *self._source.notes, *self._letters.notes)

    def rows(self) -> Iterator[Row]:
        """The rows below the heading in which something can be seen. Raises `UnreadableTable`."""
        count = cells_read = 0
        for line, cells in self._source.rows():
            if line <= self._heading.line or is_empty(cells):
                continue
            kept = without_blank_end(cells)
            count += 1
            cells_read += len(kept)
            self._check(count, len(kept), cells_read)
            yield Row(line, tuple(self._letters.read(line, cell) for cell in kept))

    def _check(self, rows: int, columns: int, cells: int) -> None:
        if rows > self._limits.rows:
            raise unreadable(Fault.TOO_MANY_ROWS, most=self._limits.rows)
        if columns > self._limits.columns:
            raise unreadable(Fault.TOO_MANY_COLUMNS, most=self._limits.columns)
        if cells > self._limits.cells:
            raise unreadable(Fault.TOO_MANY_CELLS, most=self._limits.cells)


class _Letters:
    """Reads the text of cells, mends what was encoded twice and remembers that it did."""

    def __init__(self) -> None:
        self._first: tuple[str, str] | None = None
        self._cells = 0

    @property
    def notes(self) -> list[Note]:
        return [ReadAs(*self._first, self._cells)] if self._first else []

    def read(self, line: int, cell: str) -> str:
        if cell.isascii() and "&" not in cell and "'" not in cell:
            return cell
        text = mojibake.mended(cell)
        if text != cell:
            self._cells += 1
            self._first = self._first or (cell[:60], text[:60])
        if word := mojibake.never_right(text):
            raise unreadable(Fault.ENCODING, line, word, mojibake.guess(word))
        return plain(text)


def open_table(path: Path, read_heading: ReadHeading | None = None, limits: Limits | None = None) -> TableFile:
    """Open a CSV or XLSX file. Its heading is looked for with `read_heading`; without it, it is the first line.

    Raises `UnreadableTable`, and `OSError` for a file that cannot be opened.
    """
    limits = limits or Limits()
    if path.stat().st_size > limits.size:
        raise unreadable(Fault.TOO_LARGE, most=limits.size // 1024**2)
    with path.open("rb") as file:
        start = file.read(512).lstrip()
    if not start:
        raise unreadable(Fault.EMPTY)
    if start.startswith(_OTHER_KINDS):
        raise unreadable(Fault.OTHER_KIND)
    if path.suffix.lower() == ".xlsx" and not start.startswith(_XLSX):
        raise unreadable(Fault.NO_TABLE)
    source: _Source = (Workbook if start.startswith(_XLSX) else DelimitedFile)(path, read_heading, limits.columns)
    if source.heading is None:
        source.close()
        raise unreadable(Fault.EMPTY)
    if len(source.heading.columns) > limits.columns:
        source.close()
        raise unreadable(Fault.TOO_MANY_COLUMNS, most=limits.columns)
    return TableFile(source, source.heading, limits)

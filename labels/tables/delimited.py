"""CSV: commas, semicolons, tabs or bars; `sep=;` and titles above the heading; cells of several lines."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from labels.tables.encodings import LONGEST_LINE, MOST_LINES, find_encoding
from labels.tables.faults import Fault, Note, ReadAs, unreadable
from labels.tables.headings import MOST_ABOVE, Heading, ReadHeading, find_heading

DELIMITERS = ";,\t|"
_USUAL_ENCODINGS = ("utf-8", "utf-16", "utf-32", "cp1252")
_DELIMITER_LINE = re.compile(r"\s*\"?sep=(?P<delimiter>.)\"?[;,\s]*", re.IGNORECASE)
_BYTE_ORDER_MARK = "\ufeff"


class DelimitedFile:
    """A CSV file with what is known of it before its rows are read. Raises `UnreadableTable`, `OSError`."""

    def __init__(self, path: Path, read_heading: ReadHeading | None, most_columns: int) -> None:
        self._path = path
        self._encoding = find_encoding(path)
        self._most_columns = most_columns
        sample = list(islice(self._lines(), MOST_ABOVE))
        self._delimiter, self.heading = _best_reading(sample, read_heading)
        self.notes = self._notes(sample)

    def close(self) -> None:
        """Nothing stays open between rows."""

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        reader = csv.reader(self._lines(), delimiter=self._delimiter, strict=True)
        line = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                raise unreadable(Fault.QUOTE, line) from None
            yield line, cells
            line = reader.line_num + 1

    def _lines(self) -> Iterator[str]:
        """The lines of the file, that of `sep=;` empty, so that every line keeps its number."""
        with self._path.open(encoding=self._encoding, newline="") as file:
            number = 1
            while line := file.readline(LONGEST_LINE + 1):
                if number == 1:
                    line = line.lstrip(_BYTE_ORDER_MARK)
                if len(line) > LONGEST_LINE:
                    raise unreadable(Fault.TOO_MANY_COLUMNS, number, most=self._most_columns)
                if number > MOST_LINES:
                    raise unreadable(Fault.TOO_MANY_ROWS, number, most=MOST_LINES)
                if "\0" in line:
                    raise unreadable(Fault.NO_TABLE, number)
                yield line
                number += 1

    def _notes(self, sample: Sequence[str]) -> list[Note]:
        if self._encoding.startswith(_USUAL_ENCODINGS):
            return []
        text = next((line for line in self._lines() if not line.isascii()), "")
        word = next((word for word in re.split(r"[;,\t|\s\"]+", text) if not word.isascii()), "")
        return [ReadAs("", word, 0, self._encoding)]


def _best_reading(sample: Sequence[str], read_heading: ReadHeading | None) -> tuple[str, Heading | None]:
    """The delimiter under which most headings are known, or else most cells are found; and the heading so read."""
    named = [_DELIMITER_LINE.fullmatch(line) for line in sample]
    lines = ["" if found else line for found, line in zip(named, sample, strict=True)]
    best: tuple[str, Heading] | None = None
    for delimiter in _delimiters(next((found["delimiter"] for found in named if found), "")):
        heading = find_heading(_read(lines, delimiter), read_heading)
        if heading is None:
            return delimiter, None
        if best is None or _score(heading) > _score(best[1]):
            best = delimiter, heading
    return best or (DELIMITERS[0], None)


def _score(heading: Heading) -> tuple[int, int]:
    return heading.known, len(heading.columns)


def _delimiters(named: str) -> Iterator[str]:
    """The delimiter that the file names itself, if it does; then the usual ones."""
    if named and named not in DELIMITERS and named.isascii() and not named.isalnum() and named not in "\"'\r\n ":
        yield named
    yield from sorted(DELIMITERS, key=lambda delimiter: delimiter != named)


def _read(sample: Sequence[str], delimiter: str) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows of the first lines; what is not closed there is closed, so that no sample is too short to be read."""
    reader = csv.reader(sample, delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error:  # a cell that is too long to be one, as with a wrong delimiter
        yield line, (sample[line - 1][:100],)

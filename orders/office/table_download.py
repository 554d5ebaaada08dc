"""Tables as downloads: CSV or XLSX, with a file name that says what they are."""

from collections.abc import Iterable, Iterator, Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Response, abort
from flask.typing import ResponseReturnValue

from orders import spreadsheets
from orders.office.recorded_reading import note_file
from orders.spreadsheets import Cell, Column

TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PIECE = 65_536  # bytes that are sent at once


def table_answer(
    name: str,
    ending: str,
    header: Sequence[str | Column],
    rows: Iterable[Sequence[Cell]],
    *,
    about: str,
    title: str,
) -> ResponseReturnValue:
    """The table as a file `<name>.<ending>`; 404 for any other ending than `csv` and `xlsx`.

    `title` is the name of the workbook's sheet. The journal notes the export as one of the thing that it is `about`.
    """
    lines = _Counted(rows)
    answer = file_answer(name, ending, header, lines, title=title)
    note_file("exported", about, f"{name}.{ending}", lines=lines.number)
    return answer


def file_answer(
    name: str, ending: str, header: Sequence[str | Column], rows: Iterable[Sequence[Cell]], *, title: str
) -> Response:
    """The same, of which the journal notes nothing: nobody's data are in it."""
    if ending not in TYPES:
        abort(404)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.{ending}"
        spreadsheets.write(path, header, rows, title=title)
        with path.open("rb") as file:
            content = mmap(file.fileno(), 0, access=ACCESS_READ)  # is there until it is sent, and in no memory of ours
    answer = Response(
        (content[start : start + PIECE] for start in range(0, len(content), PIECE)), mimetype=TYPES[ending]
    )
    answer.content_length = len(content)
    answer.headers.set("Content-Disposition", "attachment", filename=path.name)
    return answer


class _Counted:
    """Rows that are counted as they pass, so that a long table is never in memory."""

    def __init__(self, rows: Iterable[Sequence[Cell]]) -> None:
        self._rows = rows
        self.number = 0

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        for row in self._rows:
            self.number += 1
            yield row

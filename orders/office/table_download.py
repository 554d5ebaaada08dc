"""Tables as downloads: CSV or XLSX, with a file name that says what they are."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import abort, send_file
from flask.typing import ResponseReturnValue

from orders import spreadsheets
from orders.office.recorded_reading import note_file
from orders.spreadsheets import Cell

TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_answer(
    name: str, ending: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, about: str
) -> ResponseReturnValue:
    """The table as a file `<name>.<ending>`; 404 for any other ending than `csv` and `xlsx`.

    The journal notes the export as one of the thing that it is `about`.
    """
    if ending not in TYPES:
        abort(404)
    lines = list(rows)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.{ending}"
        spreadsheets.write(path, header, lines)
        content = BytesIO(path.read_bytes())
    note_file("exported", about, path.name, lines=len(lines))
    return send_file(content, mimetype=TYPES[ending], as_attachment=True, download_name=path.name)

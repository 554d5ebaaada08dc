"""The carrier's uploaded file: read into a table, and carried through the confirmation page as a hidden field."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from orders import spreadsheets
from orders.shipping.carrier import tracking
from orders.spreadsheets import Row, Table
from orders.wording import sentence

MOST_ROWS = 2_000
ENDINGS = (".csv", ".txt", ".xlsx")


class Unusable(ValueError):
    """A file that cannot be read; its text says why to the person who sent it."""


def uploaded(file: FileStorage | None) -> Table:
    """The table in the file that was sent, without the columns that are of no use here. Raises `Unusable`."""
    if file is None or not file.filename:
        raise Unusable(gettext("Choisissez d’abord le fichier du transporteur."))
    ending = Path(file.filename).suffix.lower()
    if ending not in ENDINGS:
        raise Unusable(gettext("Ce fichier n’est ni un CSV ni un XLSX : enregistrez-le d’abord comme l’un d’eux."))
    with TemporaryDirectory() as folder:
        path = Path(folder, f"numbers{ending}")
        file.save(path)
        try:
            table = spreadsheets.read(path)
        except spreadsheets.UnreadableFile as refusal:
            raise Unusable(sentence(refusal)) from None
    if not table.rows:
        raise Unusable(gettext("Ce fichier n’a que ses titres de colonnes : il n’y a aucun numéro à noter."))
    if len(table.rows) > MOST_ROWS:
        raise Unusable(gettext("Ce fichier a plus de %(most)s lignes : coupez-le en plusieurs.", most=MOST_ROWS))
    return _useful(table)


def _useful(table: Table) -> Table:
    """The columns that may hold a reference or a number: the others need not travel to the browser and back."""
    rows = [(*row.cells, *[""] * (len(table.header) - len(row.cells))) for row in table.rows]
    kept = [
        column
        for column, name in enumerate(table.header)
        if tracking.may_be_useful(name, [cells[column] for cells in rows])
    ]
    return Table(
        tuple(table.header[column] for column in kept),
        tuple(
            Row(row.line, tuple(cells[column] for column in kept)) for row, cells in zip(table.rows, rows, strict=True)
        ),
    )


def packed(table: Table) -> str:
    """The table as a hidden field carries it."""
    return json.dumps([table.header, [[row.line, *row.cells] for row in table.rows]])


def unpacked(text: str) -> Table:
    """The table in such a field. Raises `Unusable` for one that we did not write."""
    try:
        header, rows = json.loads(text)
        return Table(
            tuple(map(str, header)), tuple(Row(int(line), tuple(map(str, cells))) for line, *cells in rows[:MOST_ROWS])
        )
    except (ValueError, TypeError):
        raise Unusable(gettext("La page ne s’est pas envoyée en entier : choisissez de nouveau le fichier.")) from None

"""The carrier's uploaded file: read into a table, and carried through the confirmation page as a hidden field."""

import json

from flask_babel import gettext

from orders import spreadsheets
from orders.office.uploaded_table import Unusable, on_disk, sent_file
from orders.shipping.carrier import tracking
from orders.spreadsheets import Row, Table

MOST_ROWS = 2_000


def uploaded() -> Table:
    """The table in the file that was sent, without the columns that are of no use here. Raises `Unusable`."""
    with on_disk(sent_file()) as path:
        table = spreadsheets.read(path)
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
    header = tuple(table.header[column] for column in kept)
    useful = (tuple(cells[column] for column in kept) for cells in rows)
    numbered = tuple(Row(row.line, cells) for row, cells in zip(table.rows, useful, strict=True))
    return Table(header, numbered, written=header)


def packed(table: Table) -> str:
    """The table as a hidden field carries it."""
    return json.dumps([table.header, [[row.line, *row.cells] for row in table.rows]])


def unpacked(text: str) -> Table:
    """The table in such a field. Raises `Unusable` for one that we did not write."""
    try:
        header, rows = json.loads(text)
        titles = tuple(map(str, header))
        numbered = tuple(Row(int(line), tuple(map(str, cells))) for line, *cells in rows[:MOST_ROWS])
        return Table(titles, numbered, written=titles)
    except (ValueError, TypeError):
        raise Unusable(gettext("La page ne s’est pas envoyée en entier : choisissez de nouveau le fichier.")) from None

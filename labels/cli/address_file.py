"""Address files of `python -m labels`: one row an address, columns by name, CSV or XLSX as a spreadsheet saves them.

What is read of the file, and how, is `labels.tables`' matter. The rows come one by one, never as a whole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from labels.cli.file_sentences import note_sentence, trouble_sentence
from labels.refusals import BadAddressFile
from labels.tables import (
    Fault,
    Row,
    TableFile,
    Trouble,
    UnreadableTable,
    column_called,
    folded,
    is_spreadsheet_error,
    lost_letters,
    open_table,
    read_as_date,
    with_full_name,
)

COLUMNS = (
    "name",
    "department",
    "organisation",
    "building",
    "street",
    "number",
    "box",
    "postcode",
    "town",
    "country",
    "reference",
)
REQUIRED = frozenset({"name", "street", "number", "postcode", "town"})
# Columns of an order file that say nothing to a printer; any other column holds copies of a publication.
_OF_ORDERS = (
    *("audience", "email", "phone", "delivery", "language", "needed_by", "message"),
    *("when_short", "placed_at", "already_sent", "status", "first_name", "address"),
)
_READ_AS = {folded(column): column for column in (*COLUMNS, *_OF_ORDERS)}
_HOME = frozenset({"", "be", "belgique", "belgië", "belgie", "belgien", "belgium"})
_COUNTRIES = {"lu": "LUXEMBOURG", "fr": "FRANCE", "nl": "PAYS-BAS", "de": "ALLEMAGNE"}
_MOST_COPIES = 99_999


@dataclass(frozen=True, slots=True)
class AddressRow:
    """A row of the file: its `line` there, its cells by column, or what is wrong."""

    line: int
    values: Mapping[str, str]
    problem: str = ""


def address_lines(values: Mapping[str, str]) -> tuple[str, ...]:
    """The lines of an address in the order of bpost (and UPU S42), from the columns of a row.

    Name, department, organisation, building, street with number and box, postcode with place in capitals, and
    the country in capitals when it is not Belgium.
    """
    cell = {column: values.get(column, "").strip() for column in COLUMNS}
    box = f"bte {cell['box']}" if cell["box"] else ""
    country = cell["country"].lower()
    lines = (
        cell["name"],
        cell["department"],
        cell["organisation"],
        cell["building"],
        " ".join(filter(None, (cell["street"], cell["number"], box))),
        f"{cell['postcode']} {cell['town'].upper()}".strip(),
        "" if country in _HOME else _COUNTRIES.get(country, cell["country"].upper()),
    )
    return tuple(filter(None, lines))


def publications(columns: tuple[str, ...]) -> list[str]:
    """The columns that hold copies of a publication, in the order of the file."""
    return [column for column in columns if column and column not in COLUMNS and column not in _OF_ORDERS]


def copies(values: Mapping[str, str], column: str) -> int:
    """The copies in a cell; an empty one is 0. Raises `ValueError` with what is wrong."""
    cell = values[column].strip()
    if not cell:
        return 0
    if not (cell.isascii() and cell.isdigit()) or len(cell) > 9 or int(cell) > _MOST_COPIES:
        raise ValueError(f"{column} : « {cell[:40]} » n’est pas un nombre d’exemplaires de 0 à {_MOST_COPIES}")
    return int(cell)


def _read_heading(heading: str) -> str:
    column = column_called(heading)
    return column if column in COLUMNS else _READ_AS.get(folded(heading), column if column in _OF_ORDERS else "")


class AddressFile:
    """An open address file. Raises `BadAddressFile` if it has no header, or `OSError`."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        try:
            self._table: TableFile = open_table(path, _read_heading)
        except UnreadableTable as error:
            raise self._refusal(error.trouble) from None
        self.columns = _with_street(self._table.header)
        if wrong := _wrong_columns(self.columns, self._table.written):
            self._table.__exit__(None, None, None)
            raise self._refusal(wrong)

    def __enter__(self) -> "AddressFile":
        return self

    def __exit__(self, *_: object) -> None:
        self._table.__exit__(None, None, None)

    @property
    def notes(self) -> list[str]:
        """What was done to read the file, a sentence each; all of it is known after the last row."""
        return [note_sentence(note) for note in self._table.notes]

    def rows(self) -> Iterator[AddressRow]:
        """The rows below the header, but for empty ones; one with a problem carries it."""
        try:
            for row in self._table.rows():
                yield self._read(row)
        except UnreadableTable as error:
            raise self._refusal(error.trouble) from None

    def _read(self, row: Row) -> AddressRow:
        width = len(self.columns)
        values = dict(zip(self.columns, (*row.cells, *[""] * (width - len(row.cells))), strict=False))
        values = with_full_name(values)
        if len(row.cells) > width:
            return AddressRow(row.line, values, f"{len(row.cells)} cellules au lieu de {width}")
        return AddressRow(row.line, values, _problem(values))

    def _refusal(self, trouble: Trouble) -> BadAddressFile:
        return BadAddressFile(self._name, trouble_sentence(trouble))


def _with_street(header: tuple[str, ...]) -> tuple[str, ...]:
    """The columns; where none is called a street, an address is the street, and may hold the number too."""
    return header if "street" in header else tuple("street" if name == "address" else name for name in header)


def _wrong_columns(columns: tuple[str, ...], written: tuple[str, ...]) -> Trouble | None:
    needed = REQUIRED - {"number"} if "address" in map(column_called, written) else REQUIRED
    if missing := tuple(column for column in COLUMNS if column in needed and column not in columns):
        return Trouble(Fault.MISSING, columns=missing, found=written)
    if twice := tuple(dict.fromkeys(column for column in columns if column and columns.count(column) > 1)):
        return Trouble(Fault.TWICE, columns=twice)
    return None


def _problem(values: Mapping[str, str]) -> str:
    """What keeps a row from being printed; empty when nothing does."""
    for column in ("number", "box"):
        if meant := read_as_date(values.get(column, "")):
            cell = values[column].strip()
            return (
                f"{column} : le tableur a fait une date de ce numéro (« {cell} ») ; "
                f"mettez la colonne au format texte et écrivez {' ou '.join(meant)}"
            )
    if failed := [column for column, cell in values.items() if is_spreadsheet_error(cell)]:
        return f"{failed[0]} : « {values[failed[0]][:20]} » est une erreur du tableur, pas un texte"
    if lost := [word for column in COLUMNS if (word := lost_letters(column, values.get(column, "")))]:
        return f"« {lost[0][:40]} » : une lettre a été perdue ; refaites le fichier, en « CSV UTF-8 » ou en XLSX"
    empty = [column for column in ("street", "postcode", "town") if not values[column].strip()]
    if not values["name"].strip() and not values.get("organisation", "").strip():
        empty.insert(0, "name")
    if empty:
        return f"cellule vide : {', '.join(empty)}"
    postcode = values["postcode"].strip()
    is_home = values.get("country", "").strip().lower() in _HOME
    if is_home and not (len(postcode) == 4 and postcode.isascii() and postcode.isdigit()):
        return f"postcode : « {postcode[:20]} » n’est pas un code postal belge (quatre chiffres)"
    return ""

"""Address files of `python -m labels`: one row an address, columns by name, as a spreadsheet saves them.

UTF-8 with or without BOM, or Windows-1252; separated by `,`, `;` or tabs; columns in any order. The file is
read row by row, never as a whole.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from labels.refusals import BadAddressFile

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
    *("when_short", "placed_at", "already_sent", "status"),
)
_HOME = frozenset({"", "be", "belgique", "belgië", "belgie", "belgien", "belgium"})
_COUNTRIES = {"lu": "LUXEMBOURG", "fr": "FRANCE", "nl": "PAYS-BAS", "de": "ALLEMAGNE"}
_MOST_COPIES = 99_999


@dataclass(frozen=True, slots=True)
class AddressRow:
    """A row of the file: its `line` there (the header is line 1), its cells by column, or what is wrong."""

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


def publications(columns: list[str]) -> list[str]:
    """The columns that hold copies of a publication, in the order of the file."""
    return [column for column in columns if column not in COLUMNS and column not in _OF_ORDERS]


def copies(values: Mapping[str, str], column: str) -> int:
    """The copies in a cell; an empty one is 0. Raises `ValueError` with what is wrong."""
    cell = values[column].strip()
    if not cell:
        return 0
    if not (cell.isascii() and cell.isdigit()) or len(cell) > 9 or int(cell) > _MOST_COPIES:
        raise ValueError(f"{column} : « {cell} » n’est pas un nombre d’exemplaires de 0 à {_MOST_COPIES}")
    return int(cell)


class AddressFile:
    """An open address file. Raises `BadAddressFile` if it has no header, or `OSError`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO = path.open(encoding=_encoding(path), newline="")
        try:
            self.columns, delimiter = self._read_header()
        except BaseException:
            self._file.close()
            raise
        self._reader = csv.reader(self._file, delimiter=delimiter)
        next(self._reader)

    def __enter__(self) -> "AddressFile":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def rows(self) -> Iterator[AddressRow]:
        """The rows below the header, but for empty ones; one with a problem carries it."""
        line = self._reader.line_num + 1
        try:
            for cells in self._reader:
                if any(map(str.strip, cells)):
                    yield self._row(line, cells)
                line = self._reader.line_num + 1
        except csv.Error as error:
            raise BadAddressFile(self._path.name, f"ligne {line} : {error}") from None

    def _row(self, line: int, cells: list[str]) -> AddressRow:
        values = dict(zip(self.columns, cells, strict=False))
        if len(cells) != len(self.columns):
            return AddressRow(line, values, f"{len(cells)} cellules au lieu de {len(self.columns)}")
        return AddressRow(line, values, _problem(values))

    def _read_header(self) -> tuple[list[str], str]:
        """The columns and the delimiter. A column may be written `Name`; publications keep their capitals."""
        start = self._file.readline()
        self._file.seek(0)
        if not start.strip():
            raise BadAddressFile(self._path.name, "le fichier est vide")
        delimiter = max(",;\t", key=start.count)
        cells = [cell.strip() for cell in next(csv.reader([start], delimiter=delimiter))]
        columns = [cell.lower() if cell.lower() in COLUMNS else cell for cell in cells]
        if missing := [column for column in COLUMNS if column in REQUIRED and column not in columns]:
            why = f"la première ligne doit nommer les colonnes ; il manque {', '.join(missing)}"
            raise BadAddressFile(self._path.name, why)
        if twice := [column for column in columns if columns.count(column) > 1]:
            raise BadAddressFile(self._path.name, f"la colonne « {twice[0]} » apparaît deux fois")
        return columns, delimiter


def _problem(values: Mapping[str, str]) -> str:
    """What a label cannot do without; empty when nothing is missing."""
    empty = [column for column in ("street", "postcode", "town") if not values[column].strip()]
    if not values["name"].strip() and not values.get("organisation", "").strip():
        empty.insert(0, "name")
    if empty:
        return f"cellule vide : {', '.join(empty)}"
    postcode = values["postcode"].strip()
    is_home = values.get("country", "").strip().lower() in _HOME
    if is_home and not (len(postcode) == 4 and postcode.isascii() and postcode.isdigit()):
        return f"postcode : « {postcode} » n’est pas un code postal belge (quatre chiffres)"
    return ""


def _encoding(path: Path) -> str:
    """UTF-8 if all of the file is; Windows-1252 otherwise, the other thing that spreadsheets write."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return _windows(path)
    return "utf-8-sig"


def _windows(path: Path) -> str:
    try:
        with path.open(encoding="cp1252") as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError:
        raise BadAddressFile(path.name, "ce n’est pas un fichier CSV en UTF-8 ou Windows-1252") from None
    return "cp1252"

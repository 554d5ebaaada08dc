"""Drop-off points in a file: read row by row, with every row that is wrong, and written as they can be read again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from orders import spreadsheets
from orders.dropoff import field_parsing
from orders.dropoff.field_parsing import FIELDS, key_of
from orders.dropoff.models import Content, DropOffPoint, content_of
from orders.places.faults import PlaceFault
from orders.spreadsheets import (
    Cell,
    Column,
    Fault,
    Kind,
    Limits,
    Note,
    RowProblem,
    Trouble,
    UnreadableFile,
    column_called,
    folded,
    headings_of,
    refuse_twice,
)

MOST = Limits(rows=5_000, cells=200_000)
REQUIRED = ("name", "address", "postcode", "town", "first_day", "last_day")
STREET, NUMBER = "street", "number"  # in place of an address
MOST_CALLED = 4  # headings that are named where a column is missing

DAYS = ("first_day", "last_day")
COLUMNS = tuple(Column(field, Kind.DAY if field in DAYS else Kind.TEXT) for field in FIELDS)

_CALLED: Mapping[str, str] = {
    "name": "point de dépôt, magasin, lieu, dépôt, inleverpunt, winkel, abgabestelle, geschäft, drop-off point, shop",
    "address": "rue et numéro, straat en nummer, straße und hausnummer, street and number",
    "hours": "heures, horaire, horaires, heures d'ouverture, ouverture, uren, openingsuren, zeiten, öffnungszeiten, "
    "opening hours",
    "first_day": "du, dès le, à partir du, prend des lettres du, premier jour, début, van, vanaf, eerste dag, von, ab, "
    "erster tag, from, takes letters from, first day, from day",
    "last_day": "au, jusqu'au, dernier jour, fin, tot, tot en met, laatste dag, bis, letzter tag, until, to, last day, "
    "to day",
    "note": "remarque, remarques, commentaire, opmerking, opmerkingen, bemerkung, bemerkungen, remark, comment",
    "latitude": "lat, breedtegraad, breite, breitengrad",
    "longitude": "lon, lng, long, lengtegraad, länge, längengrad",
}
_COLUMN_OF = {folded(name): column for column, names in _CALLED.items() for name in names.split(", ")} | {
    folded(field): field for field in FIELDS
}
_ADDRESS = ("name", "address", "postcode", "town", STREET, NUMBER)


@dataclass(frozen=True, slots=True)
class SameAsLine:
    """The point stands at an earlier line too."""

    line: int
    field: str = "name"


@dataclass(frozen=True, slots=True)
class ReadPoints:
    """A file as it was read: its points, and every row that is wrong."""

    points: list[Content]
    problems: list[RowProblem[PlaceFault | SameAsLine]]
    notes: tuple[Note, ...]


def read(path: Path, today: date) -> ReadPoints:
    """Read a file of points. Raises `UnreadableFile`."""
    found = ReadPoints([], [], ())
    lines: dict[str, int] = {}
    with spreadsheets.open_table(path, _read_heading, MOST) as file:
        _check_columns(file.header, file.written)
        for row in spreadsheets.clean_rows(file):
            typed = _cells(file.header, row.cells)
            point, faults = field_parsing.read(typed, today)
            found.problems.extend(RowProblem(row.line, each) for each in faults)
            if point is None:
                continue
            if (line := lines.setdefault(key_of(point), row.line)) != row.line:
                found.problems.append(RowProblem(row.line, SameAsLine(line)))
            found.points.append(point)
        return ReadPoints(found.points, found.problems, file.notes)


def rows(points: Iterable[DropOffPoint]) -> Iterator[list[Cell]]:
    """The rows of a file that can be read again, with the columns `COLUMNS`."""
    for point in points:
        values = content_of(point).as_values()
        yield [_cell(values[field]) for field in FIELDS]


def _cell(value: object) -> Cell:
    return value if isinstance(value, date) else "" if value is None else str(value)


def _read_heading(heading: str) -> str:
    """The column that a heading names; nothing for one that names none."""
    called = column_called(heading)
    return _COLUMN_OF.get(folded(heading)) or (called if called in _ADDRESS else "")


def _check_columns(header: tuple[str, ...], written: tuple[str, ...]) -> None:
    has_street = STREET in header and "address" not in header
    missing = tuple(name for name in REQUIRED if name not in header and not (has_street and name == "address"))
    if missing:
        called = tuple(heading for name in missing for heading in _headings_for(name))
        raise UnreadableFile(Trouble(Fault.MISSING, columns=missing, called=called, found=tuple(filter(None, written))))
    known = {*FIELDS, STREET, NUMBER}
    refuse_twice([name if name in known else "" for name in header], written)


def _headings_for(name: str) -> tuple[str, ...]:
    """Some headings that name a column."""
    return tuple(_CALLED[name].split(", ")[:MOST_CALLED]) if name in _CALLED else headings_of(name)[:MOST_CALLED]


def _cells(header: tuple[str, ...], cells: tuple[str, ...]) -> dict[str, str]:
    typed = {name: cell for name, cell in zip(header, cells, strict=False) if name}
    if STREET in typed:
        typed.setdefault("address", f"{typed[STREET]} {typed.get(NUMBER, '')}".strip())
    return typed

"""Reading a list of places: a row for each level of a school at a place, as it is published, or for each place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from orders import spreadsheets
from orders.addresses import clean, coordinates
from orders.addresses.street_lines import StreetLine, read_street_line
from orders.directory import list_columns
from orders.directory.list_columns import Column
from orders.directory.readable_names import readable
from orders.directory.row_problems import DirectoryProblem, OtherPlaceWithNumber
from orders.places.faults import EmptyField, LongField, WrongPostcode
from orders.spreadsheets import Fault, Limits, Note, Row, RowProblem, Trouble, UnreadableFile

MOST = Limits(rows=100_000, cells=4_000_000)
REQUIRED = (Column.NUMBER, Column.NAME, Column.POSTCODE, Column.TOWN)
LONGEST: Mapping[Column, int] = {
    Column.NUMBER: 20,
    Column.SCHOOL_NUMBER: 20,
    Column.NAME: 200,
    Column.LEVEL: 60,
    Column.NETWORK: 60,
    Column.TOWN: 60,
    Column.COMMUNE: 60,
    Column.ADDRESS: 150,
    Column.STREET: 80,
    Column.HOUSE: 12,
    Column.BOX: 12,
}


@dataclass(frozen=True, slots=True)
class ListedSchool:
    """A school as a list names it. `levels` are in the order of the list."""

    number: str
    official_name: str
    network: str = ""
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """A place as a list names it, with the line that names it first. Coordinates are degrees, or unknown."""

    line: int
    number: str
    street: str
    house: str
    box: str
    building: str
    postcode: str
    town: str
    commune: str
    latitude: float | None
    longitude: float | None
    schools: dict[str, ListedSchool] = field(default_factory=dict, compare=False)

    @property
    def address(self) -> tuple[str, ...]:
        return (self.street, self.house, self.box, self.building, self.postcode, self.town)


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list as it was read: its places by number, and every row that is wrong. `list_code` is guessed from it."""

    list_code: str | None
    places: dict[str, ListedPlace]
    problems: list[RowProblem[DirectoryProblem]]
    notes: tuple[Note, ...]


def read(path: Path, mapping: Mapping[str, Column] | None = None) -> ReadList:
    """Read a list; `mapping` says what headings mean that Pli does not know. Raises `UnreadableFile`."""
    places: dict[str, ListedPlace] = {}
    problems: list[RowProblem[DirectoryProblem]] = []
    with spreadsheets.open_table(path, list_columns.reader(mapping or {}), MOST) as file:
        at = list_columns.positions(file.header)
        _check_columns(at, file.written)
        for row in spreadsheets.clean_rows(file):
            cells = {column: clean(row.cells[n]) if n < len(row.cells) else "" for column, n in at.items()}
            wrong = list(_faults(cells)) or list(_add(places, row, cells))
            problems.extend(RowProblem(row.line, each) for each in wrong)
        return ReadList(list_columns.guessed_list(file.written), places, problems, file.notes)


def _check_columns(at: Mapping[Column, int], written: tuple[str, ...]) -> None:
    missing = [column for column in REQUIRED if column not in at]
    if Column.ADDRESS not in at and Column.STREET not in at:
        missing.append(Column.ADDRESS)
    if missing:
        called = tuple(heading for column in missing for heading in list_columns.headings_for(column))
        found = tuple(filter(None, written))
        raise UnreadableFile(Trouble(Fault.MISSING, columns=tuple(missing), called=called, found=found))


def _faults(cells: Mapping[Column, str]) -> Iterator[DirectoryProblem]:
    for column in REQUIRED:
        if not cells[column]:
            yield EmptyField(column)
    if not (cells.get(Column.STREET) or cells.get(Column.ADDRESS)):
        yield EmptyField(Column.ADDRESS if Column.ADDRESS in cells else Column.STREET)
    if cells[Column.POSTCODE] and not (cells[Column.POSTCODE].isdecimal() and len(cells[Column.POSTCODE]) == 4):
        yield WrongPostcode(cells[Column.POSTCODE][:20])
    for column, most in LONGEST.items():
        if len(cells.get(column, "")) > most:
            yield LongField(column, most)
    if wrong := coordinates.fault(cells.get(Column.LATITUDE, ""), cells.get(Column.LONGITUDE, "")):
        yield wrong


def _add(places: dict[str, ListedPlace], row: Row, cells: Mapping[Column, str]) -> Iterable[DirectoryProblem]:
    """Add what a row says to what is known of its place: another level, or another school."""
    place = _place(row.line, cells)
    known = places.setdefault(place.number, place)
    if known.address != place.address:
        return [OtherPlaceWithNumber(place.number, known.line)]
    number = cells.get(Column.SCHOOL_NUMBER) or place.number
    name, network = cells[Column.NAME], cells.get(Column.NETWORK, "")
    before = known.schools.get(number)
    level = cells.get(Column.LEVEL, "")
    levels = before.levels if before else ()
    known.schools[number] = ListedSchool(
        number,
        name,
        network or (before.network if before else ""),
        tuple(dict.fromkeys(filter(None, (*levels, level)))),
    )
    return []


def _place(line: int, cells: Mapping[Column, str]) -> ListedPlace:
    postcode = cells[Column.POSTCODE]
    if Column.STREET in cells and cells[Column.STREET]:
        street = StreetLine(*(cells.get(each, "") for each in (Column.STREET, Column.HOUSE, Column.BOX)))
    else:  # a question mark stands for a number that nobody knows
        street = read_street_line(cells[Column.ADDRESS].rstrip(" ?"))
    latitude, longitude = coordinates.read(cells.get(Column.LATITUDE, ""), cells.get(Column.LONGITUDE, ""))
    return ListedPlace(
        line,
        cells[Column.NUMBER],
        street.street,
        street.number,
        street.box,
        street.building,
        postcode,
        readable(cells[Column.TOWN], postcode),
        readable(cells.get(Column.COMMUNE, ""), postcode),
        latitude,
        longitude,
    )

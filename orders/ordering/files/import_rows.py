"""What rows of a file have and forms do not: extra columns, and cells that other programs spoiled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from orders.clock import BRUSSELS
from orders.days import read_day
from orders.ordering.request.order_request import ADDRESS_FIELDS
from orders.ordering.request.validation_errors import MalformedDate, NotAChoice, Problem
from orders.references import MistypedReference, read_reference
from orders.spreadsheets import is_spreadsheet_error, lost_letters, read_as_date


@dataclass(frozen=True, slots=True)
class RepeatedReference:
    """A reference that stands twice in the file, or one that cannot be a reference."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class WrongCells:
    """A row with another number of cells than the header has columns."""

    field: str
    expected: int
    found: int


@dataclass(frozen=True, slots=True)
class MadeIntoDate:
    """A house number or box of which a spreadsheet program made a date; `meant` is what was probably typed."""

    field: str
    value: str
    meant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpreadsheetError:
    """What a spreadsheet program shows for a formula that failed."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class LostLetters:
    """A word in which a question mark stands for a letter that another program could not write."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class UnreadAddress:
    """A whole address in one column that cannot be told apart."""

    field: str
    value: str


RowFault = RepeatedReference | WrongCells | MadeIntoDate | SpreadsheetError | LostLetters | UnreadAddress


def spoiled_cells(typed: Mapping[str, str]) -> list[MadeIntoDate | SpreadsheetError | LostLetters]:
    """What other programs did to the cells of a row that cannot be undone."""
    found: list[MadeIntoDate | SpreadsheetError | LostLetters] = []
    for field, cell in typed.items():
        if field in ("number", "box") and (meant := read_as_date(cell)):
            found.append(MadeIntoDate(field, cell.strip(), meant))
        elif is_spreadsheet_error(cell):
            found.append(SpreadsheetError(field, cell.strip()))
        elif field in ADDRESS_FIELDS and (lost := lost_letters(field, cell)):
            found.append(LostLetters(field, lost))
    return found


class Extras:
    """The columns that only a file has."""

    def __init__(self, typed: dict[str, str], at: datetime) -> None:
        self.problems: list[Problem | RepeatedReference] = []
        self.placed_at = self._moment(typed.get("placed_at", "").strip(), at)
        self.already_sent = self._switch(typed.get("already_sent", "").strip())
        self.reference = self._reference(typed.get("reference", "").strip())

    def _moment(self, value: str, at: datetime) -> datetime | None:
        if not value:
            return None
        moment = _read_moment(value)
        if moment is None:
            self.problems.append(MalformedDate("placed_at"))
            return None
        if moment > at or moment.year < 2000:
            self.problems.append(MalformedDate("placed_at"))
        return moment

    def _switch(self, value: str) -> bool:
        if value not in ("", "0", "1"):
            self.problems.append(NotAChoice("already_sent", value, ("0", "1")))
        return value == "1"

    def _reference(self, value: str) -> str:
        try:
            return read_reference(value) if value else ""
        except MistypedReference:
            self.problems.append(RepeatedReference("reference", value))
            return ""


def _read_moment(value: str) -> datetime | None:
    """A moment as an export has it, or a day, which begins at midnight in Brussels."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        if (day := read_day(value)) is None:
            return None
        moment = datetime.combine(day, time.min)
    return moment if moment.tzinfo else moment.replace(tzinfo=BRUSSELS)

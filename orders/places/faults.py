"""What can be wrong with a field about a public place, as data; `wording` has the sentences."""

from dataclasses import dataclass
from datetime import date

from orders.addresses.coordinates import CoordinateProblem


@dataclass(frozen=True, slots=True)
class EmptyField:
    """Nothing stands in a field that must be filled in."""

    field: str


@dataclass(frozen=True, slots=True)
class LongField:
    """More than `most` characters."""

    field: str
    most: int


@dataclass(frozen=True, slots=True)
class UnprintableField:
    """Characters, each listed once, that cannot be printed on paper."""

    field: str
    characters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeField:
    """A tag of HTML, or a formula of a spreadsheet program, where words are expected; `code` is what it begins with."""

    field: str
    code: str


@dataclass(frozen=True, slots=True)
class WrongPostcode:
    """The postcode is not four digits."""

    typed: str
    field: str = "postcode"


@dataclass(frozen=True, slots=True)
class UnlocatedPostcode:
    """Nobody knows where this code lies, and no coordinates are given."""

    postcode: str
    field: str = "postcode"


@dataclass(frozen=True, slots=True)
class FarFromPostcode:
    """The coordinates lie so many kilometres from the postcode."""

    postcode: str
    kilometres: int
    field: str = "latitude"


@dataclass(frozen=True, slots=True)
class NoDay:
    """The text names no day."""

    field: str
    typed: str


@dataclass(frozen=True, slots=True)
class NoHour:
    """The text names no time of day."""

    field: str
    typed: str


@dataclass(frozen=True, slots=True)
class DayOver:
    """The day is in the past."""

    field: str
    day: date


@dataclass(frozen=True, slots=True)
class DayFarAhead:
    """The day comes after the latest one that can be meant."""

    field: str
    day: date
    latest: date


@dataclass(frozen=True, slots=True)
class EndsBeforeItBegins:
    field: str


PlaceFault = (
    EmptyField
    | LongField
    | UnprintableField
    | CodeField
    | WrongPostcode
    | UnlocatedPostcode
    | FarFromPostcode
    | NoDay
    | NoHour
    | DayOver
    | DayFarAhead
    | EndsBeforeItBegins
    | CoordinateProblem
)

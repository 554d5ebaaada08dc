"""What may be wrong with a row of a list of places."""

from dataclasses import dataclass

from orders.addresses.coordinates import CoordinateProblem


@dataclass(frozen=True, slots=True)
class MissingCell:
    """A cell is empty that every place needs."""

    field: str


@dataclass(frozen=True, slots=True)
class TooLongCell:
    """A cell holds more than `most` letters."""

    field: str
    most: int


@dataclass(frozen=True, slots=True)
class WrongPostcode:
    """The postcode is not four digits."""

    typed: str
    field: str = "postcode"


@dataclass(frozen=True, slots=True)
class OtherPlaceWithNumber:
    """The number stands at an earlier line too, with another address."""

    number: str
    line: int
    field: str = "number"


DirectoryProblem = MissingCell | TooLongCell | WrongPostcode | OtherPlaceWithNumber | CoordinateProblem


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A problem and the line of the file it stands on."""

    line: int
    problem: DirectoryProblem

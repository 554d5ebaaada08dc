"""What may be wrong with a row of a list of places."""

from dataclasses import dataclass

from orders.addresses.coordinates import CoordinateProblem
from orders.places.faults import EmptyField, LongField, WrongPostcode


@dataclass(frozen=True, slots=True)
class OtherPlaceWithNumber:
    """The number stands at an earlier line too, with another address."""

    number: str
    line: int
    field: str = "number"


DirectoryProblem = EmptyField | LongField | WrongPostcode | OtherPlaceWithNumber | CoordinateProblem

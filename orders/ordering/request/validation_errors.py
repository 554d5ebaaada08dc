"""What can be wrong with an order as it was typed, as data: each names its field; `wording` has the sentences."""

from dataclasses import dataclass
from datetime import date

from orders import addresses
from orders.phone_numbers import PhoneFault


@dataclass(frozen=True, slots=True)
class NotAChoice:
    field: str
    value: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingOrganisation:
    """An audience whose organisation must be named does not say which one it is."""

    audience: str
    field: str = "organisation"


@dataclass(frozen=True, slots=True)
class MalformedEmail:
    field: str = "email"


@dataclass(frozen=True, slots=True)
class SeveralEmails:
    """Several addresses where one is kept."""

    field: str = "email"


@dataclass(frozen=True, slots=True)
class MalformedPhone:
    """Not one telephone number, and why; `first` is the number that the text begins with, where there is one."""

    fault: PhoneFault
    first: str = ""
    field: str = "phone"


@dataclass(frozen=True, slots=True)
class MalformedDate:
    field: str


@dataclass(frozen=True, slots=True)
class DayPassed:
    """The day on which copies are needed is over."""

    day: date
    field: str = "needed_by"


@dataclass(frozen=True, slots=True)
class NotWholeCopies:
    """Not a whole number of copies from 0 on: `value` is what stood there."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class NotANumber:
    """Not a whole number from 1 to `most`: `value` is what stood there."""

    field: str
    value: str
    most: int


@dataclass(frozen=True, slots=True)
class TooManyCopies:
    field: str
    most: int


@dataclass(frozen=True, slots=True)
class NothingOrdered:
    """No publication has any copies; `field` is the first one that could."""

    field: str


@dataclass(frozen=True, slots=True)
class UnknownPublicationField:
    """Copies of something that this edition does not have."""

    field: str
    code: str


Problem = (
    addresses.Problem
    | NotAChoice
    | MissingOrganisation
    | MalformedEmail
    | SeveralEmails
    | MalformedPhone
    | MalformedDate
    | DayPassed
    | NotWholeCopies
    | NotANumber
    | TooManyCopies
    | NothingOrdered
    | UnknownPublicationField
)

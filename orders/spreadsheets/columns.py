"""What the columns of a written table hold: text, days, moments, counts or money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto

from orders.clock import BRUSSELS

Cell = str | int | date | None  # a number stays one: spreadsheet programs add it up, also below 0


class Kind(Enum):
    """What the cells of a column are. `MONEY` is given in cents, a `MOMENT` aware."""

    TEXT = auto()  # and every number that is none to calculate with, such as that of a movement
    DAY = auto()
    MOMENT = auto()
    COUNT = auto()
    MONEY = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what it holds, and whether a workbook ends with its sum.

    `shown` is the heading in a workbook where it is not that of CSV; `csv_format` says how CSV has its days.
    """

    heading: str
    kind: Kind = Kind.TEXT
    total: bool = False
    shown: str = ""
    csv_format: str = ""


def as_columns(header: Sequence[str | Column]) -> list[Column]:
    """The columns of a header, in which a bare heading is that of a column of text."""
    return [each if isinstance(each, Column) else Column(each) for each in header]


def local_time(at: datetime) -> datetime:
    """The moment as the clocks of Brussels show it, without a zone: workbooks know none."""
    return at.astimezone(BRUSSELS).replace(tzinfo=None)

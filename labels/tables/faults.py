"""What is wrong with a file, and what was done to read it, as data; callers have the sentences."""

import enum
from dataclasses import dataclass


class Fault(enum.Enum):
    """What is wrong with a whole file."""

    TOO_LARGE = "too large"
    TOO_MANY_ROWS = "too many rows"
    TOO_MANY_COLUMNS = "too many columns"
    TOO_MANY_CELLS = "too many cells"
    NOT_OPENED = "not opened"
    NO_TABLE = "no table"
    OTHER_KIND = "a file of another program"
    EMPTY = "empty"
    QUOTE = "a quotation mark that is not closed"
    ENCODING = "letters that cannot be right"
    TWICE = "columns twice"
    MISSING = "columns missing"
    NO_COPIES = "no column for copies"
    MEANINGLESS = "columns without a meaning"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault with what is needed to find and to correct it.

    `line` counts the lines of the file from 1; `word` is what stands there, `meant` what it was probably meant to be.
    `columns` are those that the fault is about, `called` headings that would name them, `found` the headings that the
    file has; `most` is the limit.
    """

    fault: Fault
    line: int = 0
    word: str = ""
    meant: str = ""
    columns: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    most: int = 0


class UnreadableTable(Exception):
    """A file that cannot be read as a table."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def unreadable(fault: Fault, line: int = 0, word: str = "", meant: str = "", most: int = 0) -> UnreadableTable:
    return UnreadableTable(Trouble(fault, line, word, meant, most=most))


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A line above the heading that is no part of the table: a title."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class OtherSheet:
    """A sheet of the workbook with a heading of its own, which was not read."""

    name: str


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """Cells with a formula and no result, which read as empty: the first of them, and how many there are."""

    cell: str
    cells: int


ENCODING_NAMES = {
    "mac_roman": "Mac",
    **dict.fromkeys(("cp850", "cp437"), "MS-DOS"),
    "iso8859_15": "ISO-8859-15",
    "cp1250": "Windows-1250",
    "cp1254": "Windows-1254",
}
"""The unusual encodings by the names that programs offer them under."""


@dataclass(frozen=True, slots=True)
class ReadAs:
    """Letters that were stored wrongly and are read rightly: the first such word, and how many cells have one.

    `encoding` is the file's own where the whole file is in it, such as `mac_roman`; empty for letters encoded twice.
    """

    word: str
    meant: str
    cells: int
    encoding: str = ""


Note = PassedOver | OtherSheet | ReadAs | Uncalculated

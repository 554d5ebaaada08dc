"""How a table says what of it is personal data, how that is found, and how it is erased.

Every column of every table is declared in `privacy.tables`. Purge, the erasing of one person, what a person is handed
out, and the office's page all follow from there.
"""

import enum
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

REMOVED = "(effacé)"
"""What stands for the name of an erased order."""


class Kind(enum.Enum):
    """What a personal column says."""

    IDENTITY = "identity"
    CONTACT = "contact"
    ADDRESS = "address"
    REQUEST = "request"
    BILLING = "billing"
    CONSENT = "consent"
    FREE_TEXT = "free-text"
    MAIL = "mail"
    TRACE = "trace"
    ACCOUNT = "account"


class Erasure(enum.Enum):
    """What erasing does to a personal column."""

    NULL = "null"
    WORD = "word"
    NUMBERED = "numbered"
    ROW = "row"
    COUNTED = "counted"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class How:
    """`value` is what a column holds afterwards; `why`: the reason where it is kept."""

    erasure: Erasure
    value: str | None = None
    why: str = ""


NULL = How(Erasure.NULL)
ROW = How(Erasure.ROW)
"""The whole row goes."""


def word(value: str = "") -> How:
    """The column holds this word afterwards."""
    return How(Erasure.WORD, value)


def numbered(value: str) -> How:
    """The column holds this word and the number of the row afterwards: no two rows may hold the same."""
    return How(Erasure.NUMBERED, value)


def counted(value: str = "") -> How:
    """Counted into `ordering.erased_counts`; then the column holds this word."""
    return How(Erasure.COUNTED, value)


def kept(why: str) -> How:
    """Personal, and not erased: `why`."""
    return How(Erasure.KEPT, why=why)


@dataclass(frozen=True, slots=True)
class Column:
    """A personal column. One that is `handed_out` says something to the person whom it is about."""

    name: str
    kind: Kind
    how: How

    @property
    def is_handed_out(self) -> bool:
        return self.kind is not Kind.TRACE


Declared = Mapping[Kind, Mapping[str, How]]
"""By kind, and by names with spaces between them, how columns are erased."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with all of its columns.

    `plain` columns are not personal. SQL says which rows are to be erased, about the columns of the table: `of_orders`
    with `:orders`, `of_addresses` with `:addresses` (of e-mail, in small letters), `of_members` with `:members` of the
    staff, `of_edition` with `:editions`, `outdated` with `:before`. `since` is the moment of a row.
    """

    name: str
    plain: str = ""
    personal: Declared = field(default_factory=dict)
    of_orders: str = ""
    of_addresses: str = ""
    of_members: str = ""
    of_edition: str = ""
    outdated: str = ""
    since: str = ""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The personal columns."""
        return tuple(
            Column(name, kind, how)
            for kind, declared in self.personal.items()
            for names, how in declared.items()
            for name in names.split()
        )

    @property
    def erasable(self) -> tuple[Column, ...]:
        """The personal columns that erasing changes."""
        return tuple(column for column in self.columns if column.how.erasure is not Erasure.KEPT)

    @property
    def loses_rows(self) -> bool:
        """Whether erasing deletes rows, instead of changing columns."""
        return any(column.how is ROW for column in self.columns)

    @property
    def names(self) -> list[str]:
        """Every declared column, personal or not; one declared twice stands twice."""
        return [*self.plain.split(), *(column.name for column in self.columns)]


def undeclared(tables: Collection[Table], found: Mapping[str, Collection[str]]) -> list[str]:
    """What is not declared, declared twice, or declared and gone, of the columns found by table; how to mend it."""
    declared = {table.name: table for table in tables}
    wrong = []
    for name, columns in sorted(found.items()):
        table = declared.get(name, Table(name))
        wrong += [_how_to_declare(name, column) for column in columns if column not in table.names]
        wrong += [f"{name}.{column} is declared twice" for column in set(columns) if table.names.count(column) > 1]
    for table in tables:
        gone = [column for column in table.names if column not in found.get(table.name, ())]
        wrong += [f"{table.name}.{column} is declared and does not exist: take it out" for column in gone]
    return wrong


def _how_to_declare(table: str, column: str) -> str:
    return (
        f"{table}.{column} is not declared. In orders/privacy/tables, add it to Table({table!r}): to `plain` if it says"
        " nothing about a person, else to `personal` under its Kind with how it is erased (NULL, word(…), ROW,"
        " numbered(…), counted(), kept('why')). A table with personal columns also says which rows go: `of_orders`"
        " (rows of these orders), `of_members`, `of_edition`, `outdated` (older than `:before`), and `since` (the"
        " moment of a row)."
    )

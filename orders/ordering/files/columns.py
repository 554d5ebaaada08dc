"""The columns of a file of orders: required ones, optional ones, and what people call them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from orders.catalogue.models import Publication
from orders.ordering.files.row_reading import ADDRESS
from orders.spreadsheets import Fault, Table, Trouble, UnreadableFile, column_called, folded

REQUIRED = ("audience", "name", "street", "number", "postcode", "town")
OPTIONAL = (
    "organisation",
    "department",
    "building",
    "box",
    "country",
    "email",
    "phone",
    "delivery",
    "language",
    "needed_by",
    "message",
    "when_short",
    "placed_at",
    "already_sent",
    "reference",
)
EXPORTED_ONLY = ("status", "reserved", "waiting", "sent")

IN_ADDRESS = ("street", "number", "postcode", "town")  # in place of them, one column may hold the whole address
_READ_WITH_OTHERS = (ADDRESS, "first_name")
_NAMES = {folded(name): name for name in (*REQUIRED, *OPTIONAL, *EXPORTED_ONLY)}


class Columns:
    """The columns that mean something: those of every file, and one for each publication by its code.

    `orderable` is what can be ordered now, by code, which may stand there by its title; all the others that ever were
    may stand there by their codes, with no copies.
    """

    def __init__(self, orderable: Mapping[str, Publication], codes: Iterable[str]) -> None:
        self.orderable = tuple(orderable)
        self._codes = {**_by_title(orderable), **{folded(code): code for code in codes}}

    def read_heading(self, heading: str) -> str:
        """The column that a heading names; nothing for one that names none."""
        plain = folded(heading)
        called = column_called(heading)
        return (
            self._codes.get(plain)
            or _NAMES.get(plain)
            or (called if called in (*_NAMES.values(), *_READ_WITH_OTHERS) else "")
        )

    def check(self, table: Table) -> None:
        """Raises `UnreadableFile` when a column is missing or unknown, and says which the file has."""
        found = tuple(name for name in table.written if name)
        has_whole = ADDRESS in table.header and "street" not in table.header
        given = (*table.header, *IN_ADDRESS) if has_whole else table.header
        if missing := tuple(name for name in REQUIRED if name not in given):
            raise UnreadableFile(Trouble(Fault.MISSING, columns=missing, found=found))
        if not set(self.orderable) & set(table.header):
            raise UnreadableFile(Trouble(Fault.NO_COPIES, columns=self.orderable, found=found))
        known = {*_NAMES.values(), *self._codes.values(), "first_name", *([ADDRESS] if has_whole else [])}
        if unknown := tuple(name for name in table.header if name and name not in known):
            raise UnreadableFile(Trouble(Fault.MEANINGLESS, columns=unknown, found=found))


def _by_title(orderable: Mapping[str, Publication]) -> dict[str, str]:
    """The codes of publications by their titles in every language, but for titles that two of them have."""
    codes: dict[str, set[str]] = defaultdict(set)
    for code, publication in orderable.items():
        for title in publication.titles.values():
            codes[folded(title)].add(code)
            codes[folded(f"{title} {publication.edition.year}")].add(code)
    return {title: min(those) for title, those in codes.items() if title and len(those) == 1}

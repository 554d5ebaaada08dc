"""Orders from a file: read, its columns told, all rows checked, without locks; `import_batches` places them."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from orders import spreadsheets
from orders.addresses.house_numbers import NoNumber, TwoNumbers, number_question
from orders.addresses.postcodes import OddPlace, UnknownPostcode, place_question
from orders.catalogue import edition_lookup
from orders.catalogue.audience_lookup import offered_audiences
from orders.catalogue.models import Publication
from orders.clock import local_day
from orders.database import db
from orders.ordering.files import import_batches
from orders.ordering.files.columns import Columns
from orders.ordering.files.file_allowances import FileAllowances, known_references
from orders.ordering.files.import_rows import RepeatedReference, RowFault
from orders.ordering.files.row_checking import CheckedRow, RowChecker
from orders.ordering.files.row_reading import ReadOtherwise
from orders.ordering.lifecycle.parcel_addresses import refuse_parcel_to_po_box
from orders.ordering.refusals import OrderingClosed, ParcelToPoBox
from orders.ordering.request.email_address import DoubtfulEmail, email_question
from orders.ordering.request.order_request import OrderRequest
from orders.ordering.request.validation_errors import Problem
from orders.ordering.review.allowances import Excess
from orders.spreadsheets import Choice, Row, RowProblem, Table, by_headings, header_of, refuse_twice

FEWEST_KNOWN = 2  # headings, of a file that has any
AnyProblem = Problem | RowFault | Excess | ParcelToPoBox
Asked = UnknownPostcode | OddPlace | NoNumber | TwoNumbers | DoubtfulEmail


@dataclass(frozen=True, slots=True)
class Checked:
    """A file as read: what can be placed, what cannot, what is already here, and what a form would have asked.

    `header`: the field of each column; `unread`: headings of those that mean nothing. `good` holds rows beside what
    they ask; `known` the lines whose reference exists already; `changes` the cells of good rows that are read otherwise
    than they are written. `placed`: the lines whose orders are here since an import of this file that broke off.
    """

    table: Table
    digest: str
    header: tuple[str, ...]
    unread: tuple[str, ...] = ()
    placed: frozenset[int] = frozenset()
    good: list[tuple[Row, OrderRequest]] = field(default_factory=list)
    problems: list[RowProblem[AnyProblem]] = field(default_factory=list)
    known: list[tuple[int, str]] = field(default_factory=list)
    questions: list[tuple[int, Asked]] = field(default_factory=list)
    changes: list[tuple[int, ReadOtherwise]] = field(default_factory=list)

    @property
    def without_email(self) -> int:
        """How many of the orders that can be placed have no e-mail address."""
        return sum(1 for _, request in self.good if not request.email)

    @property
    def rejected(self) -> list[Row]:
        lines = {problem.line for problem in self.problems}
        return [row for row in self.table.rows if row.line in lines]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it was read, of which it may still be to be told which column is which."""

    table: Table
    digest: str
    columns: Columns
    orderable: Mapping[str, Publication]
    is_headed: bool = True

    @property
    def has_heading(self) -> bool:
        """Whether a line names columns; otherwise the first row may be an order."""
        return self.table.known >= FEWEST_KNOWN

    @property
    def guess(self) -> Choice:
        """The columns that the headings name, also where two of them name one field."""
        return {name: at for name, at in by_headings(self.table.header).items() if name in self.columns.fields}

    def without_heading(self) -> "ReadFile":
        """The same, where the line that was taken for the headings is an order."""
        return replace(self, table=self.table.without_heading(), is_headed=False)


def check_file(path: Path, *, at: datetime, as_written: bool = False) -> Checked:
    """Read and check every row; with `as_written` no cell is read otherwise than it is written.

    Raises `UnreadableFile` for what is no table of orders, and `OrderingClosed`.
    """
    return check(read_file(path, at=at), at=at, as_written=as_written)


def read_file(path: Path, *, at: datetime) -> ReadFile:
    """Read a file. Raises `UnreadableFile` for what is no table, and `OrderingClosed`."""
    columns, orderable = open_columns(at=at)
    table = spreadsheets.read(path, columns.read_heading)
    return ReadFile(table, hashlib.sha256(path.read_bytes()).hexdigest(), columns, orderable)


def open_columns(*, at: datetime) -> tuple[Columns, Mapping[str, Publication]]:
    """The columns of a file now, and what can be ordered, by code. Raises `OrderingClosed`."""
    edition = edition_lookup.find_open_edition(local_day(at))
    if edition is None:
        raise OrderingClosed(None)
    orderable = {publication.code: publication for publication in edition_lookup.orderable(edition)}
    return Columns(orderable, db.session.scalars(select(Publication.code)).all(), edition.id), orderable


def check(file: ReadFile, choice: Choice | None = None, *, at: datetime, as_written: bool = False) -> Checked:
    """Check every row, with the columns that somebody chose or that the headings name. Raises `UnreadableFile`."""
    table, columns = file.table, file.columns
    if choice is None:
        refuse_twice(table.header, table.written)
    named = table.header if choice is None else header_of(choice, table.width)
    columns.check(named, table.written)
    unread = columns.unread(named)
    header = tuple("" if name in unread else name for name in named)
    publications = {code: each for code, each in file.orderable.items() if code in header}
    closed = sorted({*columns.codes} - {*publications})
    checker = RowChecker(header, publications, offered_audiences(), closed, as_written=as_written, at=at)
    checked = Checked(table, file.digest, header, unread, import_batches.lines_placed(file.digest))
    rows = [checker.check(row) for row in table.rows if row.line not in checked.placed]
    _compare(rows, publications, FileAllowances(columns.edition_id, publications), checked)
    return checked


def _undeliverable(request: OrderRequest, publications: Mapping[str, Publication]) -> ParcelToPoBox | None:
    try:
        refuse_parcel_to_po_box(request, publications)
    except ParcelToPoBox as refusal:
        return refusal
    return None


def _questions(request: OrderRequest) -> Iterator[Asked]:
    """What a form would ask about a row."""
    found = (
        place_question(request.address.postcode, request.address.town),
        number_question(request.address),
        email_question(request.email),
    )
    return (each for each in found if each)


def _compare(
    rows: Sequence[CheckedRow], publications: Mapping[str, Publication], allowances: FileAllowances, checked: Checked
) -> None:
    """Compare the rows with each other and with the orders that are here."""
    requests = [each.request for each in rows if each.request]
    here = known_references(request.reference for request in requests if request.reference)
    allowances.look_up(request for request in requests if request.reference not in here)
    seen: set[str] = set()
    for each in rows:
        line, request = each.row.line, each.request
        if request is None:
            checked.problems.extend(RowProblem(line, problem) for problem in each.problems)
        elif request.reference and request.reference in seen:
            checked.problems.append(RowProblem(line, RepeatedReference("reference", request.reference)))
        elif request.reference and request.reference in here:
            checked.known.append((line, request.reference))
        elif undeliverable := _undeliverable(request, publications):
            checked.problems.append(RowProblem(line, undeliverable))
        elif over := allowances.take(request):
            checked.problems.extend(RowProblem(line, excess) for excess in over)
        else:
            seen.add(request.reference or "")
            checked.good.append((each.row, request))
            checked.changes.extend((line, change) for change in each.changes)
            checked.questions.extend((line, question) for question in _questions(request))

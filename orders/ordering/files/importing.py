"""Orders from a file: all rows are read and checked first, without locks; `import_batches` places them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from orders import spreadsheets
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
from orders.ordering.refusals import OrderingClosed
from orders.ordering.request.email_address import DoubtfulEmail, email_question
from orders.ordering.request.order_request import OrderRequest
from orders.ordering.request.validation_errors import Problem
from orders.ordering.review.allowances import Excess
from orders.spreadsheets import Row, Table


@dataclass(frozen=True, slots=True)
class RowProblem:
    line: int
    problem: Problem | RowFault | Excess


@dataclass(frozen=True, slots=True)
class Checked:
    """A file as read: what can be placed, what cannot, what is already here, and what a form would have asked.

    `good` holds rows beside what they ask; `known` the lines whose reference exists already; `changes` the cells of
    good rows that are read otherwise than they are written. `placed`: the lines whose orders are here since an import
    of this file that broke off.
    """

    table: Table
    digest: str
    placed: frozenset[int] = frozenset()
    good: list[tuple[Row, OrderRequest]] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    known: list[tuple[int, str]] = field(default_factory=list)
    questions: list[tuple[int, UnknownPostcode | OddPlace | DoubtfulEmail]] = field(default_factory=list)
    changes: list[tuple[int, ReadOtherwise]] = field(default_factory=list)

    @property
    def without_email(self) -> int:
        """How many of the orders that can be placed have no e-mail address."""
        return sum(1 for _, request in self.good if not request.email)

    @property
    def rejected(self) -> list[Row]:
        lines = {problem.line for problem in self.problems}
        return [row for row in self.table.rows if row.line in lines]


def check_file(path: Path, *, at: datetime, as_written: bool = False) -> Checked:
    """Read and check every row; with `as_written` no cell is read otherwise than it is written.

    Raises `UnreadableFile` for what is no table of orders, and `OrderingClosed`.
    """
    edition = edition_lookup.find_open_edition(local_day(at))
    if edition is None:
        raise OrderingClosed(None)
    orderable = {publication.code: publication for publication in edition_lookup.orderable(edition)}
    codes = db.session.scalars(select(Publication.code)).all()
    columns = Columns(orderable, codes)
    table = spreadsheets.read(path, columns.read_heading)
    columns.check(table)
    publications = {code: each for code, each in orderable.items() if code in table.header}
    closed = sorted({*codes} - {*publications})
    checker = RowChecker(table.header, publications, offered_audiences(), closed, as_written=as_written, at=at)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    checked = Checked(table, digest, import_batches.lines_placed(digest))
    rows = [checker.check(row) for row in table.rows if row.line not in checked.placed]
    _compare(rows, FileAllowances(edition.id, publications), checked)
    return checked


def _compare(rows: Sequence[CheckedRow], allowances: FileAllowances, checked: Checked) -> None:
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
        elif over := allowances.take(request):
            checked.problems.extend(RowProblem(line, excess) for excess in over)
        else:
            seen.add(request.reference or "")
            checked.good.append((each.row, request))
            checked.changes.extend((line, change) for change in each.changes)
            if question := place_question(request.address.postcode, request.address.town):
                checked.questions.append((line, question))
            if doubtful := email_question(request.email):
                checked.questions.append((line, doubtful))

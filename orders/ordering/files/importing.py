"""Orders from a file: all rows are checked without locks first, then placed in one transaction, or none is."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from orders import spreadsheets
from orders.addresses.postcodes import OddPlace, UnknownPostcode, place_question
from orders.catalogue import edition_lookup
from orders.catalogue.models import Publication
from orders.clock import local_day
from orders.database import db
from orders.errors import Refused
from orders.ordering.files.columns import Columns
from orders.ordering.files.import_rows import Allowed, Extras, RepeatedReference, WrongCells
from orders.ordering.lifecycle import placing
from orders.ordering.models import Order, OrderImport
from orders.ordering.refusals import OrderingClosed
from orders.ordering.request.order_request import OrderRequest, check
from orders.ordering.request.validation_errors import Problem, UnknownPublicationField
from orders.ordering.review.allowances import Excess
from orders.spreadsheets import Row, Table
from orders.staff import journal
from orders.staff.journal import Actor

ANSWERED = frozenset({"place", "repeat"})  # what a form would ask is taken as confirmed; repeats become pending


class AlreadyImported(Refused):
    """This very file was imported before, at `at`."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


@dataclass(frozen=True, slots=True)
class RowProblem:
    line: int
    problem: Problem | RepeatedReference | WrongCells | Excess


@dataclass(frozen=True, slots=True)
class Checked:
    """A file as read: what can be placed, what cannot, what is already here, and what a form would have asked.

    `good` holds rows beside what they ask; `known` the lines whose reference exists already; `closed` the codes
    of publications that cannot be ordered now.
    """

    table: Table
    digest: str
    closed: frozenset[str]
    good: list[tuple[Row, OrderRequest]]
    problems: list[RowProblem]
    known: list[tuple[int, str]]
    questions: list[tuple[int, UnknownPostcode | OddPlace]]

    @property
    def rejected(self) -> list[Row]:
        lines = {problem.line for problem in self.problems}
        return [row for row in self.table.rows if row.line in lines]


def check_file(path: Path, *, at: datetime) -> Checked:
    """Read and check every row. Raises `UnreadableFile` for what is no table of orders, and `OrderingClosed`."""
    edition = edition_lookup.find_open_edition(local_day(at))
    if edition is None:
        raise OrderingClosed(None)
    orderable = {publication.code: publication for publication in edition_lookup.orderable(edition)}
    codes = db.session.scalars(select(Publication.code)).all()
    columns = Columns(orderable, codes)
    table = spreadsheets.read(path, columns.read_heading)
    columns.check(table)
    publications = {code: each for code, each in orderable.items() if code in table.header}
    closed = frozenset(codes) - set(publications)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    checked = Checked(table, digest, closed, good=[], problems=[], known=[], questions=[])
    seen: set[str] = set()
    allowed = Allowed(edition.id, publications)
    for row in table.rows:
        _check_row(row, allowed, checked, seen, at)
    return checked


def _check_row(row: Row, allowed: Allowed, checked: Checked, seen: set[str], at: datetime) -> None:
    header = checked.table.header
    if len(row.cells) > len(header) and any(row.cells[len(header) :]):
        problem = WrongCells(header[-1], len(header), len(row.cells))
        checked.problems.append(RowProblem(row.line, problem))
        return
    typed = dict(zip(header, row.cells, strict=False))
    request, problems = check(typed, allowed.publications, prefix="")
    problems += [
        UnknownPublicationField(code, code)
        for code in header
        if code in checked.closed and typed.get(code, "").strip() not in ("", "0")
    ]
    extra = Extras(typed, at)
    found = [*problems, *extra.problems]
    if extra.reference and extra.reference in seen:
        found.append(RepeatedReference("reference", extra.reference))
    if found or request is None:
        checked.problems.extend(RowProblem(row.line, problem) for problem in found)
        return
    if extra.reference and _exists(extra.reference):
        checked.known.append((row.line, extra.reference))
        return
    if over := allowed.take(request, sent_before_pli=extra.already_sent):
        checked.problems.extend(RowProblem(row.line, excess) for excess in over)
        return
    seen.add(extra.reference)
    if question := place_question(request.address.postcode, request.address.town):
        checked.questions.append((row.line, question))
    checked.good.append(
        (
            row,
            replace(
                request,
                placed_at=extra.placed_at,
                sent_before_pli=extra.already_sent,
                reference=extra.reference or None,
                confirmed=ANSWERED,
            ),
        )
    )


def _exists(reference: str) -> bool:
    return db.session.scalar(select(Order.id).where(Order.reference == reference)) is not None


def place_all(
    checked: Checked,
    *,
    at: datetime,
    by: Actor,
    again: bool = False,
    placed: Callable[[], None] = lambda: None,
) -> int:
    """Place every good row; `placed` is called after each. Returns how many. Refuses with `AlreadyImported`."""
    before = db.session.scalar(select(OrderImport).where(OrderImport.digest == checked.digest).limit(1))
    if before is not None and not again:
        raise AlreadyImported(before.at)
    for _, request in checked.good:
        placing.place(request, at=at, by=by)
        placed()
    kept = OrderImport(digest=checked.digest, at=at, by_id=by.staff_id, orders=len(checked.good))
    db.session.add(kept)
    db.session.flush()
    journal.record("imported", f"orders file {kept.id}", at=at, by=by, after={"orders": len(checked.good)})
    return len(checked.good)

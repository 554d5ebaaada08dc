"""Places the rows of a checked file in batches, a transaction each, so that other orders wait a second at most.

The order of a row is known by its submission key, which is the key of the import and the row's line. Importing the same
file again continues an import that broke off: rows whose orders are here are not placed twice.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from time import monotonic
from typing import Protocol, TypeVar

from sqlalchemy import Select, bindparam, select, text

from orders.database import UtcDateTime, db
from orders.errors import Refused
from orders.ordering.files.import_models import OrderImport
from orders.ordering.lifecycle import placing_many
from orders.ordering.models import Order
from orders.ordering.request.order_request import OrderRequest
from orders.spreadsheets import Row
from orders.sqlite_write_queue import give_way
from orders.staff import journal
from orders.staff.journal import Actor

MOST_ROWS = 100  # in one transaction
LONGEST = 1.0  # seconds that one transaction may take
SLOWEST = 20  # rows a second that every machine places

T = TypeVar("T")
Rows = Sequence[tuple[Row, OrderRequest]]


class AlreadyImported(Refused):
    """This very file was imported before, at `at`."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


class ImportStopped(Refused):
    """The row of this line cannot be placed any more; `placed` orders of the file are here, and stay."""

    def __init__(self, line: int, refusal: Refused, placed: int) -> None:
        super().__init__(line, refusal, placed)
        self.line = line
        self.refusal = refusal
        self.placed = placed


class Keep(Protocol):
    """How a door keeps what a rule did: `database.transact`."""

    def __call__(self, rule: Callable[..., T], /, *args: object, **kwargs: object) -> T: ...


def lines_placed(digest: str) -> frozenset[int]:
    """The lines of a file whose orders are here, where an import of it broke off."""
    begun = db.session.scalar(_unfinished(digest))
    if begun is None:
        return frozenset()
    of_it = select(Order.submission).where(Order.submission > f"{begun.key}:", Order.submission < f"{begun.key};")
    return frozenset(int(submission.rpartition(":")[2]) for submission in db.session.scalars(of_it) if submission)


def orders_placed(digest: str) -> int:
    """How many orders of a file are here of the import that is under way; 0 where none is."""
    return db.session.scalar(_unfinished(digest).with_only_columns(OrderImport.orders)) or 0


def place_all(
    digest: str,
    rows: Rows,
    keep: Keep,
    *,
    clock: Callable[[], datetime],
    by: Actor,
    again: bool = False,
    placed: Callable[[int], None] = lambda number: None,
) -> int:
    """Place these rows of a file, batch by batch; `placed` hears how many each brought. Returns how many there were.

    Refuses with `AlreadyImported` unless it is to be imported `again`, and with `ImportStopped`.
    """
    import_id = keep(begin, digest, at=clock(), by=by, again=again)
    left = rows
    while done := keep(place_some, import_id, left, at=clock(), by=by):
        placed(done)
        left = left[done:]
        give_way()
    keep(finish, import_id, at=clock(), by=by)
    return len(rows)


def begin(digest: str, *, at: datetime, by: Actor, again: bool = False) -> int:
    """The id of the import of a file: of the one that broke off, or else of a new one."""
    key = secrets.token_urlsafe(24)
    db.session.execute(_BEGIN, {"digest": digest, "key": key, "at": at, "by": by.staff_id})
    begun = db.session.scalars(_unfinished(digest)).one()
    if begun.key == key and not again:
        before = select(OrderImport.at).where(OrderImport.digest == digest, OrderImport.id != begun.id)
        if (earlier := db.session.scalar(before.limit(1))) is not None:
            raise AlreadyImported(earlier)
    return begun.id


def place_some(import_id: int, rows: Rows, *, at: datetime, by: Actor, longest: float = LONGEST) -> int:
    """Place the first of these rows, as many as one transaction takes. Returns how many are done with."""
    kept = db.session.get_one(OrderImport, import_id, with_for_update=True, populate_existing=True)
    batch = {f"{kept.key}:{row.line}": (row.line, request) for row, request in rows[:MOST_ROWS]}
    here = set(db.session.scalars(select(Order.submission).where(Order.submission.in_(batch))))
    lines = [(line, replace(each, submission=key)) for key, (line, each) in batch.items() if key not in here]
    before, placed = kept.orders, 0
    for some in _in_time(lines, longest):
        try:
            placing_many.place_all([request for _, request in some], at=at, by=by.importing())
        except placing_many.OneRefused as stop:
            raise ImportStopped(some[stop.position][0], stop.refusal, before) from stop
        placed += len(some)
    kept.orders += placed
    return len(batch) if placed == len(lines) else list(batch).index(lines[placed][1].submission or "")


def _in_time(rows: Sequence[T], longest: float) -> Iterator[Sequence[T]]:
    """As many rows as any machine places in that time, one at least; then as many as it is likely to, in the rest."""
    begun, done = monotonic(), 0
    most = max(1, int(SLOWEST * longest))
    while most >= 1 and done < len(rows):
        yield rows[done : done + most]
        done += most
        most = int(done * (longest / (monotonic() - begun) - 1))


def finish(import_id: int, *, at: datetime, by: Actor) -> None:
    """Mark the import as finished: the same file is refused from now on."""
    kept = db.session.get_one(OrderImport, import_id, with_for_update=True, populate_existing=True)
    if kept.finished_at is None:
        kept.finished_at = at
        journal.record("imported", f"orders file {kept.id}", at=at, by=by, after={"orders": kept.orders})


def _unfinished(digest: str) -> Select[OrderImport]:
    return select(OrderImport).where(OrderImport.digest == digest, OrderImport.finished_at.is_(None))


# Whoever imports the same file at the same moment waits here, and then helps to place its rows.
_BEGIN = text(
    "INSERT INTO order_import (digest, key, at, by_id, orders) VALUES (:digest, :key, :at, :by, 0)"
    " ON CONFLICT DO NOTHING"
).bindparams(bindparam("at", type_=UtcDateTime))

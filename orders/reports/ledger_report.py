"""The ledger as it is read: movements with their note, their order and the running balance, filtered, in pages.

Pages are cut by the number of a movement, not counted from the start, so that an old page comes as quickly as a new
one and nothing is shown twice while copies go on moving.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from orders.catalogue.models import Publication
from orders.clock import day_begins
from orders.database import db
from orders.days import read_day
from orders.ordering.models import Order
from orders.ordering.request.validation_errors import MalformedDate
from orders.references import MistypedReference, read_reference
from orders.reports.movement_counts import balances_after, count_movements
from orders.stock.integrity import change_at
from orders.stock.models import Movement, MovementNote, Place, Reason

M = TypeVar("M", bound=Enum)

PER_PAGE = 25
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class MovementFilter:
    """Which movements to read; what is `None` or empty does not matter. Days are days in Brussels, both included.

    `reference`: of an order. The running balance is that of `place`, or of the shelf where none is asked for.
    """

    reason: Reason | None = None
    place: Place | None = None
    since: date | None = None
    until: date | None = None
    reference: str = ""

    @property
    def balance_of(self) -> Place:
        return self.place or Place.SHELF


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A movement with its note, its order's reference, what it did to the balance, and the balance after it."""

    movement: Movement
    note: str
    reference: str
    change: int
    balance: int


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Rows, the newest first, and whether there are older and newer ones."""

    rows: list[LedgerRow]
    has_older: bool
    has_newer: bool


def filter_from(arguments: Mapping[str, str]) -> tuple[MovementFilter, dict[str, MalformedDate | MistypedReference]]:
    """Read a filter from an address, and what of it cannot be read, by the name of the field."""
    wrong: dict[str, MalformedDate | MistypedReference] = {}
    days: dict[str, date | None] = {}
    for name in ("since", "until"):
        typed = arguments.get(name, "").strip()
        days[name] = read_day(typed)
        if typed and days[name] is None:
            wrong[name] = MalformedDate(name)
    reference = ""
    if typed := arguments.get("order", "").strip():
        try:
            reference = read_reference(typed)
        except MistypedReference as mistyped:
            wrong["order"] = mistyped
    found = MovementFilter(
        reason=_member(Reason, arguments.get("reason", "")),
        place=_member(Place, arguments.get("place", "")),
        reference=reference,
        **days,
    )
    return found, wrong


def _member(kind: type[M], value: str) -> M | None:
    return next((member for member in kind if member.value == value), None)


def page(
    publication: Publication, wanted: MovementFilter, *, before: int | None = None, after: int | None = None
) -> LedgerPage:
    """The newest page, or the one that comes before or after the movement with that number."""
    query = _movements(publication, wanted).limit(PER_PAGE + 1)
    if after is not None:
        found = db.session.execute(query.where(Movement.id > after).order_by(Movement.id)).all()
        shown, has_older, has_newer = found[:PER_PAGE][::-1], True, len(found) > PER_PAGE
    else:
        if before is not None:
            query = query.where(Movement.id < before)
        found = db.session.execute(query.order_by(Movement.id.desc())).all()
        shown, has_older, has_newer = found[:PER_PAGE], len(found) > PER_PAGE, before is not None
    balances = balances_after(publication.id, wanted.balance_of, [movement.id for movement, *_ in shown])
    rows = [_row(*each, balances[each[0].id]) for each in shown]
    return LedgerPage(rows, has_older=has_older, has_newer=has_newer)


def count(publication: Publication, wanted: MovementFilter) -> int:
    """How many movements match."""
    if not wanted.reference:
        return count_movements(publication.id, wanted.reason, wanted.place, wanted.since, wanted.until)
    return db.session.scalar(select(func.count(Movement.id)).where(*_conditions(publication, wanted))) or 0


def everything(publication: Publication, wanted: MovementFilter) -> Iterator[LedgerRow]:
    """All movements that match, the oldest first, as a file wants them; some hundreds at a time are in memory.

    The balance is summed over all of them before any is left out.
    """
    change = change_at(wanted.balance_of)
    of_publication = Movement.publication_id == publication.id
    balance = func.sum(change).over(order_by=Movement.id).label("balance")
    running = select(Movement.id, balance).where(of_publication).subquery()
    query = _movements(publication, wanted).join(running, running.c.id == Movement.id).order_by(Movement.id)
    rows = db.session.execute(query.add_columns(running.c.balance), execution_options={"yield_per": AT_ONCE})
    return (_row(*each) for each in rows)


def _row(movement: Movement, note: str | None, reference: str | None, change: int, balance: int) -> LedgerRow:
    return LedgerRow(movement, note or "", reference or "", int(change), int(balance))


def _movements(publication: Publication, wanted: MovementFilter) -> Select[Movement, str, str, int]:
    """Movements that match, and what each does to the balance."""
    return (
        select(Movement, MovementNote.text, Order.reference, change_at(wanted.balance_of).label("change"))
        .outerjoin(MovementNote, MovementNote.movement_id == Movement.id)
        .outerjoin(Order, Order.id == Movement.order_id)
        .where(*_conditions(publication, wanted))
        .options(joinedload(Movement.by), joinedload(Movement.print_run))
    )


def _conditions(publication: Publication, wanted: MovementFilter) -> Iterator[ColumnElement[bool]]:
    yield Movement.publication_id == publication.id
    if wanted.reason is not None:
        yield Movement.reason == wanted.reason
    if wanted.place is not None:
        yield (Movement.origin == wanted.place) | (Movement.destination == wanted.place)
    if wanted.since is not None:
        yield Movement.at >= day_begins(wanted.since)
    if wanted.until is not None:
        yield Movement.at < day_begins(wanted.until + timedelta(days=1))
    if wanted.reference:
        yield Movement.order_id.in_(select(Order.id).where(Order.reference == wanted.reference))

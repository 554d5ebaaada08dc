"""The purge: all personal data whose time is over, in parts that are each one short transaction.

It may stop anywhere: what is erased stays erased, and the next purge takes the rest and finishes the same record.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from orders.catalogue.models import Edition
from orders.clock import local_day
from orders.database import db
from orders.ordering.models import Order
from orders.privacy import erasing, retention
from orders.privacy.models import Purge, UnknownPurge
from orders.privacy.registry import Table
from orders.privacy.tables import TABLES
from orders.staff import journal
from orders.staff.journal import Actor

WORKER = Actor("worker")


@dataclass(frozen=True, slots=True)
class OrdersOf:
    """These orders of the edition of a year."""

    year: int
    order_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NotesOf:
    """At most `MOST_ROWS` rows of a table that belong to an edition."""

    table: Table
    edition_id: int


@dataclass(frozen=True, slots=True)
class Outdated:
    """At most `MOST_ROWS` rows of a table that are older than the retention."""

    table: Table


@dataclass(frozen=True, slots=True)
class End:
    """Nothing is left: the purge is finished."""


Part = OrdersOf | NotesOf | Outdated | End


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a purge and the retention, in months, that it follows."""

    what: Part
    months: int


@dataclass(frozen=True, slots=True)
class Due:
    """What a purge would erase now: rows by table, orders by the year of their edition."""

    rows: Counter[str]
    orders: dict[str, int]


def look(*, at: datetime, months: int) -> list[Step]:
    """The parts of a purge. Nothing is changed and nothing locked. Empty where nothing is due."""
    parts: list[Part] = [*_due_orders(at, months), *_due_notes(at, months), *_outdated(at, months)]
    if parts or _unfinished() is not None:
        parts.append(End())
    return [Step(part, months) for part in parts]


def due(*, at: datetime, months: int) -> Due:
    """The same in numbers, for the dry run."""
    orders = {str(each.edition.year): each.orders for each in retention.due_editions(at=at, months=months)}
    editions = [edition.id for edition in _due(at, months)]
    of_them = select(Order.id).where(Order.edition_id.in_(editions), retention.may_go())
    rows = erasing.count_due(of_them, editions, retention.months_before(at, months))
    return Due(rows, {year: number for year, number in orders.items() if number})


def do(step: Step, *, at: datetime, by: Actor = WORKER) -> None:
    """Do one part, and note what it erased. What has changed since `look` is looked at again."""
    erasing.alone()
    purge = _begun(step.months, at=at, by=by)
    match step.what:
        case OrdersOf(year, order_ids):
            ids = _lock_those_that_may_go(order_ids)
            rows = erasing.erase_orders(ids, at=at) if ids else Counter()
            purge.orders = dict(Counter(purge.orders) + Counter({str(year): len(ids)}))
        case NotesOf(table, edition_id):
            number = erasing.erase(table, table.of_edition, limit=erasing.MOST_ROWS, editions=[edition_id])
            rows = Counter({table.name: number})
        case Outdated(table):
            before = retention.months_before(at, step.months)
            rows = Counter({table.name: erasing.erase(table, table.outdated, limit=erasing.MOST_ROWS, before=before)})
        case End():
            _finish(purge, at=at, by=by)
            return
    purge.rows = dict(Counter(purge.rows) + rows)


def purges() -> list[Purge]:
    """Every purge, the latest first."""
    return list(db.session.scalars(select(Purge).order_by(Purge.id.desc())))


def get_purge(purge_id: int) -> Purge:
    found = db.session.get(Purge, purge_id)
    if found is None:
        raise UnknownPurge(purge_id)
    return found


def _unfinished() -> Purge | None:
    return db.session.scalar(select(Purge).where(Purge.finished_at.is_(None)).order_by(Purge.id).limit(1))


def _begun(months: int, *, at: datetime, by: Actor) -> Purge:
    """The purge that is not finished, locked; else a new one."""
    unfinished = select(Purge).where(Purge.finished_at.is_(None)).order_by(Purge.id).limit(1).with_for_update()
    purge = db.session.scalar(unfinished.execution_options(populate_existing=True))
    if purge is None:
        purge = Purge(started_at=at, months=months, door=by.door, by_id=by.staff_id, rows={}, orders={})
        db.session.add(purge)
        db.session.flush()
    return purge


def _finish(purge: Purge, *, at: datetime, by: Actor) -> None:
    if purge.rows:
        purge.finished_at = at
        journal.record("purged", f"purge {purge.id}", at=at, by=by, after={"orders": purge.orders, "rows": purge.rows})
    else:  # somebody else has done it all meanwhile
        db.session.delete(purge)


def _due(at: datetime, months: int) -> list[Edition]:
    editions = db.session.scalars(select(Edition).order_by(Edition.closes_on, Edition.id)).all()
    return [edition for edition in editions if retention.due_on(edition, months) <= local_day(at)]


def _due_orders(at: datetime, months: int) -> Iterator[OrdersOf]:
    for edition in _due(at, months):
        due_ids = select(Order.id).where(Order.edition_id == edition.id, retention.may_go()).order_by(Order.id)
        ids = db.session.scalars(due_ids).all()
        for first in range(0, len(ids), erasing.MOST_ROWS):
            yield OrdersOf(edition.year, tuple(ids[first : first + erasing.MOST_ROWS]))


def _due_notes(at: datetime, months: int) -> Iterator[NotesOf]:
    for edition in _due(at, months):
        for table in TABLES:
            if table.of_edition:
                rows = erasing.count(table, table.of_edition, editions=[edition.id])
                yield from [NotesOf(table, edition.id)] * -(-rows // erasing.MOST_ROWS)


def _outdated(at: datetime, months: int) -> Iterator[Outdated]:
    before = retention.months_before(at, months)
    for table in TABLES:
        if table.outdated:
            rows = erasing.count(table, table.outdated, before=before)
            yield from [Outdated(table)] * -(-rows // erasing.MOST_ROWS)


def _lock_those_that_may_go(order_ids: tuple[int, ...]) -> list[int]:
    """Of these orders those that may still be erased, locked by id."""
    wanted = select(Order.id).where(Order.id.in_(order_ids), retention.may_go()).order_by(Order.id)
    return list(db.session.scalars(wanted.with_for_update()))

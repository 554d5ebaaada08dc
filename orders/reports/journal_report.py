"""The journal as it is read: entries that match a filter, in pages, and everything that was done to one thing.

Pages are cut at the moment and number of an entry, so that an old page comes as quickly as a new one.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import get_args

from sqlalchemy import ColumnElement, Select, or_, select, tuple_

from orders.clock import BRUSSELS
from orders.database import db
from orders.days import read_day
from orders.references import MistypedReference, read_reference
from orders.staff.accounts import find_member
from orders.staff.journal_terms import KINDS, Action, Door
from orders.staff.models import AuditEntry, StaffMember

PER_PAGE = 100
OF_ONE_THING = 50


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """Which entries to read; what is `None` or empty does not matter. Days are days in Brussels, both included.

    `key` is a thing as somebody types it: a reference, a code, a year, a number, the e-mail address of an account.
    """

    kind: str = ""
    key: str = ""
    by: int | None = None
    door: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An entry, and the e-mail address of who did it, empty where that is nobody of the staff."""

    entry: AuditEntry
    email: str


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Entries, the newest first, and whether there are older and newer ones."""

    rows: Sequence[Told]
    has_older: bool
    has_newer: bool


def filter_from(arguments: Mapping[str, str]) -> tuple[JournalFilter, Collection[str]]:
    """Read a filter from an address, and the names of the days in it that cannot be read."""
    days = {name: read_day(arguments.get(name, "").strip()) for name in ("since", "until")}
    wrong = [name for name, day in days.items() if arguments.get(name, "").strip() and day is None]
    found = JournalFilter(
        kind=_one_of(KINDS, arguments.get("kind", "")),
        key=arguments.get("key", "").strip()[:80],
        by=int(by) if (by := arguments.get("by", "")).isdecimal() and len(by) <= 9 else None,
        door=_one_of(get_args(Door), arguments.get("door", "")),
        action=_one_of(get_args(Action), arguments.get("action", "")),
        **days,
    )
    return found, wrong


def _one_of(known: Collection[str], typed: str) -> str:
    return typed if typed in known else ""


def page(wanted: JournalFilter, *, before: int | None = None, after: int | None = None) -> JournalPage:
    """The newest page, or the one that comes before or after the entry with that number."""
    query = _told().where(*_conditions(wanted)).limit(PER_PAGE + 1)
    position = tuple_(AuditEntry.at, AuditEntry.id)
    if after is not None and (edge := db.session.get(AuditEntry, after)):
        newer = query.where(position > tuple_(edge.at, edge.id)).order_by(AuditEntry.at, AuditEntry.id)
        found = _read(newer)
        return JournalPage(found[:PER_PAGE][::-1], has_older=True, has_newer=len(found) > PER_PAGE)
    edge = db.session.get(AuditEntry, before) if before is not None else None
    if edge is not None:
        query = query.where(position < tuple_(edge.at, edge.id))
    found = _read(query.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()))
    return JournalPage(found[:PER_PAGE], has_older=len(found) > PER_PAGE, has_newer=edge is not None)


def history(*things: str, without: Collection[Action] = ()) -> Sequence[Told]:
    """What was done to these things lately, the newest first, `without` some actions."""
    query = _told().where(AuditEntry.thing.in_(things), AuditEntry.action.not_in(without))
    return _read(query.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(OF_ONE_THING))


def _told() -> Select[AuditEntry, str]:
    return select(AuditEntry, StaffMember.email).outerjoin(StaffMember, StaffMember.id == AuditEntry.by_id)


def _read(query: Select[AuditEntry, str]) -> list[Told]:
    return [Told(entry, email or "") for entry, email in db.session.execute(query)]


def _conditions(wanted: JournalFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.key:
        yield AuditEntry.thing.in_(_things(wanted.kind, wanted.key))
    elif wanted.kind:
        yield or_(AuditEntry.thing == wanted.kind, AuditEntry.thing.startswith(f"{wanted.kind} "))
    if wanted.by is not None:
        yield AuditEntry.by_id == wanted.by
    if wanted.door:
        yield AuditEntry.door == wanted.door
    if wanted.action:
        yield AuditEntry.action == wanted.action
    if wanted.since is not None:
        yield AuditEntry.at >= _begin(wanted.since)
    if wanted.until is not None:
        yield AuditEntry.at < _begin(wanted.until + timedelta(days=1))


def _things(kind: str, key: str) -> list[str]:
    """The names of the things that somebody may mean by what was typed."""
    if "@" in key:
        member = find_member(key)
        return [f"staff {member.id}"] if member else []
    try:
        keys = {read_reference(key)}
    except MistypedReference:
        keys = set()
    keys |= {key, key.upper(), key.lower()}
    return [f"{each} {name}" for each in ([kind] if kind else KINDS) for name in sorted(keys)]


def _begin(day: date) -> datetime:
    """The first moment of a day in Brussels."""
    return datetime.combine(day, time(), BRUSSELS).astimezone(UTC)

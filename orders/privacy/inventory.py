"""What personal data is held: in all, in numbers; and about one person, as data to hand out (articles 15 and 20 of the
GDPR)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import and_, func, select, text

from orders.database import Model, UtcDateTime, db
from orders.mail import rendering
from orders.ordering.models import Order
from orders.privacy import erasing, mentions
from orders.privacy.persons import Person
from orders.privacy.registry import Column, Kind, Table
from orders.privacy.tables import TABLES
from orders.privacy.tables.people import MAIL
from orders.staff.models import AuditEntry, StaffMember

ALSO = {
    "order": ("reference", "audience", "institution", "delivery", "when_short", "status", "placed_at", "restricted_at"),
    "outgoing_mail": ("kind", "posted_at", "sent_at"),
    "staff_member": ("role", "created_at", "ends_at"),
}
"""Columns that say nothing personal by themselves and are told beside those that do."""


Held = dict[str, list[dict[str, Any]]]
"""Rows by table."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Rows of a table that hold something personal, of these kinds; `since`: the moment of the oldest."""

    table: Table
    kinds: tuple[Kind, ...]
    rows: int
    since: datetime | None


def holdings() -> list[Holding]:
    """Every table that may hold personal data, those with most rows first."""
    found = [_holding(table) for table in TABLES if table.erasable]
    return sorted(found, key=lambda each: -each.rows)


def _holding(table: Table) -> Holding:
    stored = Model.metadata.tables[table.name]
    oldest = func.min(text(table.since), type_=UtcDateTime())
    held = select(func.count(), oldest).select_from(stored).where(and_(erasing.still_holds(table)))
    rows, since = db.session.execute(held).one()
    kinds = tuple(dict.fromkeys(column.kind for column in table.erasable))
    return Holding(table, kinds, rows, since.astimezone(UTC) if since else None)


def data_of(person: Person) -> Held:
    """All that is held about a person, by table: the rows of their orders, and texts elsewhere that name them."""
    ids = [order.id for order in person.orders]
    held = {each.name: _rows(each, each.of_orders, orders=ids) for each in TABLES if each.of_orders and _told(each)}
    for each in (each for each in TABLES if each.of_addresses):
        held[each.name] = _rows(each, each.of_addresses, addresses=person.addresses)
    held["order"] = [{**row, "copies": copies} for row, copies in zip(held["order"], _copies(ids), strict=True)]
    held[MAIL.name] = [_as_read(row) for row in held[MAIL.name]]
    held["mentions"] = _mentions(mentions.find(person))
    return {name: rows for name, rows in held.items() if rows}


def data_of_member(member: StaffMember) -> Held:
    """All that is held about a member of the staff: the account, mails to them, texts that name them, what they did."""
    ids = [member.id]
    held = {each.name: _rows(each, each.of_members, members=ids) for each in TABLES if each.of_members}
    theirs = "order_id IS NULL AND lower(address) IN :addresses"
    held[MAIL.name] = [_as_read(row) for row in _rows(MAIL, theirs, addresses=[member.email.lower()])]
    held["mentions"] = _mentions(mentions.find_names([member.email]))
    done = select(AuditEntry.at, AuditEntry.door, AuditEntry.action, AuditEntry.thing)
    acts = db.session.execute(done.where(AuditEntry.by_id == member.id).order_by(AuditEntry.id)).mappings()
    held["audit_entry"] = [{name: _plain(value) for name, value in act.items()} for act in acts]
    return {name: rows for name, rows in held.items() if rows}


def _mentions(found: Iterable[mentions.Mention]) -> list[dict[str, Any]]:
    return [{"where": f"{each.table.name}.{each.column.name}", "text": each.text} for each in found]


def _told(table: Table) -> list[Column]:
    return [column for column in table.columns if column.is_handed_out]


def _rows(table: Table, condition: str, **values: Any) -> list[dict[str, Any]]:
    stored = Model.metadata.tables[table.name]
    names = [*ALSO.get(table.name, ()), *(column.name for column in _told(table))]
    rows = db.session.execute(
        select(*(stored.c[name] for name in names))
        .where(erasing.condition_of(condition, values))
        .order_by(*stored.primary_key)
    )
    return [{name: _plain(value) for name, value in row.items()} for row in rows.mappings()]


def _as_read(mail: dict[str, Any]) -> dict[str, Any]:
    """A mail with its words instead of the facts that it is rendered from."""
    told = mail.pop("told")
    if told is None:
        return mail
    kind, language = mail["kind"], mail["language"]
    html = rendering.html(kind, language, mail["subject"], told)
    return {**mail, "text": rendering.text(kind, language, told), "html": html}


def _copies(order_ids: list[int]) -> list[dict[str, int]]:
    orders = db.session.scalars(select(Order).where(Order.id.in_(order_ids)).order_by(Order.id))
    return [{line.publication.code: line.copies for line in order.lines} for order in orders]


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return getattr(value, "value", value)

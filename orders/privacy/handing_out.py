"""What is held about one person, as data to hand out (articles 15 and 20 of the GDPR)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select, text

from orders.database import Model, db
from orders.mail import rendering
from orders.ordering.models import Order
from orders.privacy import mentions
from orders.privacy.persons import Person
from orders.privacy.registry import Column, Table
from orders.privacy.tables import TABLES
from orders.privacy.tables.people import MAIL

ALSO = {
    "order": ("reference", "audience", "delivery", "when_short", "status", "placed_at", "restricted_at"),
    "outgoing_mail": ("kind", "posted_at", "sent_at"),
}
"""Columns that say nothing personal by themselves and are told beside those that do."""


def data_of(person: Person) -> dict[str, list[dict[str, Any]]]:
    """All that is held about a person, by table: the rows of their orders, and texts elsewhere that name them."""
    ids = [order.id for order in person.orders]
    own = [table for table in TABLES if (table.of_orders or table.of_addresses) and _told(table)]
    held = {table.name: _rows(table, ids, person.addresses) for table in own}
    held["order"] = [{**row, "copies": copies} for row, copies in zip(held["order"], _copies(ids), strict=True)]
    held[MAIL.name] = [_as_read(row) for row in held[MAIL.name]]
    held["mentions"] = [
        {"where": f"{mention.table.name}.{mention.column.name}", "text": mention.text}
        for mention in mentions.find(person)
    ]
    return {name: rows for name, rows in held.items() if rows}


def _told(table: Table) -> list[Column]:
    return [column for column in table.columns if column.is_handed_out]


def _rows(table: Table, order_ids: list[int], addresses: list[str]) -> list[dict[str, Any]]:
    stored = Model.metadata.tables[table.name]
    names = [*ALSO.get(table.name, ()), *(column.name for column in _told(table))]
    lists = {"orders": (table.of_orders, order_ids), "addresses": (table.of_addresses, addresses)}
    condition = or_(
        *(
            text(said).bindparams(db.bindparam(name, values, expanding=True))
            for name, (said, values) in lists.items()
            if said
        )
    )
    rows = db.session.execute(
        select(*(stored.c[name] for name in names)).where(condition).order_by(*stored.primary_key)
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

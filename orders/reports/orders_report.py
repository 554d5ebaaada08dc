"""Orders and copies of an edition, by day, week, audience, province, postcode or publication.

Where orders whose personal data is erased came from stands in their counts, all else on the orders.

Orders that were rejected or cancelled before anything was sent do not count. Days and weeks are those of Brussels, a
week is named by its Monday.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Table, func, select

from orders.addresses.postcodes import province
from orders.catalogue.models import Edition
from orders.counts.tables import copies_count, copies_postcode_count, order_count, order_postcode_count
from orders.database import db
from orders.ordering.erased_counts import ErasedCopiesCount, ErasedOrderCount
from orders.ordering.models import OrderStatus


class Dimension(Enum):
    """By what orders are counted."""

    DAY = "day"
    WEEK = "week"
    AUDIENCE = "audience"
    PROVINCE = "province"
    POSTCODE = "postcode"
    PUBLICATION = "publication"


OF_A_PLACE = (Dimension.PROVINCE, Dimension.POSTCODE)
Key = date | str


@dataclass(slots=True)
class Row:
    """One line of a report: orders, copies asked and sent, and by publication id the copies asked."""

    key: Key
    orders: int = 0
    asked: int = 0
    sent: int = 0
    by_publication: Counter[int] = field(default_factory=Counter)


def report(edition: Edition, dimension: Dimension) -> list[Row]:
    """The lines of a report: days and weeks in order, everything else with most copies first."""
    rows: dict[Key, Row] = {}
    read = _READ[dimension]
    codes = {each.id: each.code for each in edition.publications}
    by_publication = dimension is Dimension.PUBLICATION
    for raw, orders in [*db.session.execute(_orders(edition, dimension)), *_erased_orders(edition, dimension)]:
        key = codes[raw] if by_publication else read(raw)
        rows.setdefault(key, Row(key)).orders += int(orders)
    copies = [*db.session.execute(_copies(edition, dimension)), *_erased_copies(edition, dimension)]
    for raw, publication_id, asked, sent in copies:
        row = rows.setdefault(key := codes[publication_id] if by_publication else read(raw), Row(key))
        row.asked += int(asked)
        row.sent += int(sent)
        row.by_publication[publication_id] += int(asked)
    return _in_order((row for row in rows.values() if row.orders), dimension)


def total(rows: Iterable[Row]) -> Row:
    """All lines together. By publication, orders have no total: one order may stand in several lines."""
    summed = Row("")
    for row in rows:
        summed.orders += row.orders
        summed.asked += row.asked
        summed.sent += row.sent
        summed.by_publication.update(row.by_publication)
    return summed


def until(rows: Iterable[Row], day: date) -> Row:
    """The lines of a report by day up to the end of that day, together."""
    return total(row for row in rows if isinstance(row.key, date) and row.key <= day)


def same_day_of(edition: Edition, other: Edition, day: date) -> date:
    """The day that was as far from `other`'s day to write by as `day` is from `edition`'s."""
    return other.write_by + (day - edition.write_by)


def _orders(edition: Edition, dimension: Dimension) -> Any:
    if dimension is Dimension.PUBLICATION:
        orders = func.sum(copies_count.c.lines)
        query = select(copies_count.c.publication_id, orders).where(_is_of(copies_count, edition))
        return _standing(query, copies_count).group_by(copies_count.c.publication_id)
    table, key = _counted_by(order_count, order_postcode_count, dimension)
    query = select(key, func.sum(table.c.orders)).where(table.c.edition_id == edition.id).group_by(key)
    return _standing(query, table)


def _copies(edition: Edition, dimension: Dimension) -> Any:
    table, key = _counted_by(copies_count, copies_postcode_count, dimension)
    query = select(key, table.c.publication_id, func.sum(table.c.asked), func.sum(table.c.sent))
    return _standing(query.where(_is_of(table, edition)).group_by(key, table.c.publication_id), table)


def _erased_orders(edition: Edition, dimension: Dimension) -> Sequence[Any]:
    if dimension not in OF_A_PLACE:
        return []
    postcode = ErasedOrderCount.postcode
    counts = select(postcode, func.sum(ErasedOrderCount.orders)).where(ErasedOrderCount.edition_id == edition.id)
    return [(place, int(orders)) for place, orders in db.session.execute(counts.group_by(postcode))]


def _erased_copies(edition: Edition, dimension: Dimension) -> Sequence[Any]:
    if dimension not in OF_A_PLACE:
        return []
    key = (ErasedCopiesCount.postcode, ErasedCopiesCount.publication_id)
    sums = (func.sum(ErasedCopiesCount.asked), func.sum(ErasedCopiesCount.sent))
    counts = select(*key, *sums).where(ErasedCopiesCount.edition_id == edition.id).group_by(*key)
    return db.session.execute(counts).all()


def _counted_by(by_day: Table, by_postcode: Table, dimension: Dimension) -> tuple[Table, ColumnElement[Any]]:
    """The table of two that is counted by a dimension, and its column."""
    table = by_postcode if dimension in OF_A_PLACE else by_day
    return table, table.c[_COLUMN[dimension]]


def _is_of(table: Table, edition: Edition) -> ColumnElement[bool]:
    return table.c.publication_id.in_([each.id for each in edition.publications])


def _standing(query: Any, table: Table) -> Any:
    """Without what was rejected or cancelled. By postcode neither that nor what is erased is counted at all."""
    gone = (OrderStatus.REJECTED.value, OrderStatus.CANCELLED.value)
    return query.where(table.c.status.not_in(gone)) if "status" in table.c else query


def _in_order(rows: Iterable[Row], dimension: Dimension) -> list[Row]:
    if dimension in (Dimension.DAY, Dimension.WEEK):
        return sorted(rows, key=lambda row: str(row.key))
    return sorted(rows, key=lambda row: (-row.asked, str(row.key)))


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


_COLUMN: Mapping[Dimension, str] = {
    Dimension.DAY: "day",
    Dimension.WEEK: "day",
    Dimension.AUDIENCE: "audience",
    Dimension.PROVINCE: "postcode",
    Dimension.POSTCODE: "postcode",
    Dimension.PUBLICATION: "publication_id",
}
_READ: Mapping[Dimension, Callable[[Any], Key]] = {
    Dimension.DAY: lambda day: day,
    Dimension.WEEK: _week,
    Dimension.AUDIENCE: lambda audience: audience,
    Dimension.PROVINCE: lambda postcode: province(postcode) or "",
    Dimension.POSTCODE: str,
    Dimension.PUBLICATION: str,
}

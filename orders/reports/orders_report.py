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

from sqlalchemy import ColumnElement, func, select

from orders.addresses.postcodes import province
from orders.catalogue.models import Edition
from orders.database import db
from orders.ordering.erased_counts import ErasedCopiesCount, ErasedOrderCount
from orders.ordering.models import Order, OrderLine, OrderStatus
from orders.reports.hour_of_day import day_of, utc_hour


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
    for raw, orders in [*db.session.execute(_orders(edition, dimension)), *_erased_orders(edition, dimension)]:
        key = codes[raw] if dimension is Dimension.PUBLICATION else read(raw)
        rows.setdefault(key, Row(key)).orders += orders
    copies = [*db.session.execute(_copies(edition, dimension)), *_erased_copies(edition, dimension)]
    for raw, publication_id, asked, sent in copies:
        row = rows[codes[publication_id] if dimension is Dimension.PUBLICATION else read(raw)]
        row.asked += int(asked)
        row.sent += int(sent)
        row.by_publication[publication_id] += int(asked)
    return _in_order(rows.values(), dimension)


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
        query = select(OrderLine.publication_id, func.count()).join(Order)
        return _counted(query, edition).group_by(OrderLine.publication_id)
    key = _COLUMN[dimension]
    return _placed(select(key, func.count()).select_from(Order), edition, dimension).group_by(key)


def _copies(edition: Edition, dimension: Dimension) -> Any:
    sums = (func.sum(OrderLine.copies), func.sum(OrderLine.sent))
    if dimension is Dimension.PUBLICATION:
        query = select(OrderLine.publication_id, OrderLine.publication_id, *sums).join(Order)
        return _counted(query, edition).group_by(OrderLine.publication_id)
    key = _COLUMN[dimension]
    query = select(key, OrderLine.publication_id, *sums).join(Order, Order.id == OrderLine.order_id)
    return _placed(query, edition, dimension).group_by(key, OrderLine.publication_id)


def _placed(query: Any, edition: Edition, dimension: Dimension) -> Any:
    """The orders that say themselves where they came from, if that is what is asked."""
    found = _counted(query, edition)
    return found.where(Order.erased_at.is_(None)) if dimension in OF_A_PLACE else found


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


def _counted(query: Any, edition: Edition) -> Any:
    gone = (OrderStatus.REJECTED, OrderStatus.CANCELLED)
    return query.where(Order.edition_id == edition.id, Order.status.not_in(gone))


def _in_order(rows: Iterable[Row], dimension: Dimension) -> list[Row]:
    if dimension in (Dimension.DAY, Dimension.WEEK):
        return sorted(rows, key=lambda row: str(row.key))
    return sorted(rows, key=lambda row: (-row.asked, str(row.key)))


def _week(hour: str) -> date:
    day = day_of(hour)
    return day - timedelta(days=day.weekday())


_COLUMN: Mapping[Dimension, ColumnElement[Any]] = {
    Dimension.DAY: utc_hour(Order.placed_at),
    Dimension.WEEK: utc_hour(Order.placed_at),
    Dimension.AUDIENCE: Order.audience.expression,
    Dimension.PROVINCE: Order.postcode.expression,
    Dimension.POSTCODE: Order.postcode.expression,
}
_READ: Mapping[Dimension, Callable[[Any], Key]] = {
    Dimension.DAY: day_of,
    Dimension.WEEK: _week,
    Dimension.AUDIENCE: lambda audience: audience,
    Dimension.PROVINCE: lambda postcode: province(postcode) or "",
    Dimension.POSTCODE: str,
    Dimension.PUBLICATION: str,
}

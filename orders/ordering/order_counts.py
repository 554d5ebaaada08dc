"""How many orders there are, from the numbers that are kept of them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from orders.catalogue.models import Edition, Publication
from orders.counts.tables import copies_count, order_count
from orders.database import db
from orders.ordering.models import Delivery, OrderStatus

ALL_STATUSES = tuple(OrderStatus)
UNFINISHED = (OrderStatus.PENDING, OrderStatus.WAITING, OrderStatus.READY, OrderStatus.DISPATCHING)


@dataclass(frozen=True, slots=True)
class Kind:
    """Orders that are counted together; what is `None` or empty does not matter. `publication`: a code."""

    statuses: tuple[OrderStatus, ...] = ALL_STATUSES
    delivery: Delivery | None = None
    audience: str = ""
    publication: str = ""
    edition: Edition | None = None


def orders_by_status(edition: Edition | None = None) -> dict[OrderStatus, int]:
    """How many orders of an edition, or of all, are in each state; 0 included."""
    counts = dict.fromkeys(OrderStatus, 0)
    for (status, _), orders in orders_by_kind(Kind(edition=edition)).items():
        counts[status] += orders
    return counts


def orders_by_kind(kind: Kind = Kind()) -> Counter[tuple[OrderStatus, Delivery]]:  # noqa: B008 it cannot change
    """How many orders are in each state and to be delivered in each way."""
    rows = db.session.execute(_counted(kind, "status", "delivery"))
    return Counter({(OrderStatus(status), Delivery(delivery)): int(n) for status, delivery, n in rows if n})


def orders_by_day(kind: Kind) -> list[tuple[date, int]]:
    """How many orders were placed on each day, the latest first."""
    return sorted(((day, int(orders)) for day, orders in db.session.execute(_counted(kind, "day"))), reverse=True)


def orders_by_audience() -> Counter[str]:
    """How many orders each audience ever placed, by its code; those without orders count 0."""
    rows = db.session.execute(_counted(Kind(), "audience"))
    return Counter({audience: int(orders) for audience, orders in rows if orders})


def unfinished_by_edition() -> Counter[int]:
    """How many orders each edition still owes something, an answer or copies; by its id."""
    owed = order_count.c.status.in_([each.value for each in UNFINISHED])
    rows = db.session.execute(
        select(order_count.c.edition_id, func.sum(order_count.c.orders)).where(owed).group_by(order_count.c.edition_id)
    )
    return Counter({edition_id: int(orders) for edition_id, orders in rows})


def _counted(kind: Kind, *names: str) -> Select[Any]:
    """The orders of a kind, by these columns. An order has one line of each publication that it asks for."""
    table = copies_count if kind.publication else order_count
    keys = [table.c[name] for name in names]
    orders = table.c.lines if kind.publication else table.c.orders
    conditions: list[ColumnElement[bool]] = []
    if kind.statuses != ALL_STATUSES:
        conditions.append(table.c.status.in_([each.value for each in kind.statuses]))
    if kind.delivery is not None:
        conditions.append(table.c.delivery == kind.delivery.value)
    if kind.audience:
        conditions.append(table.c.audience == kind.audience)
    if kind.publication:
        conditions.append(table.c.publication_id == _publication_id(kind.publication))
    elif kind.edition is not None:
        conditions.append(table.c.edition_id == kind.edition.id)
    return select(*keys, func.sum(orders)).where(*conditions).group_by(*keys)


def _publication_id(code: str) -> Any:
    return select(Publication.id).where(Publication.code == code).scalar_subquery()

"""Postage to invoice: what was really posted as boxes, never more than was accepted, and what of it was invoiced."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, null, or_, select

from orders.catalogue.models import Edition
from orders.clock import BRUSSELS
from orders.database import db
from orders.ordering.followup.posted_boxes import PostedBox
from orders.ordering.models import Order, OrderStatus
from orders.ordering.repository import lock_orders
from orders.staff import journal
from orders.staff.journal import Actor

CALLED_OFF = (OrderStatus.PENDING, OrderStatus.REJECTED, OrderStatus.CANCELLED)
NOT_OVER = (OrderStatus.PENDING, OrderStatus.WAITING, OrderStatus.READY, OrderStatus.DISPATCHING)

_BOXES = (
    select(
        PostedBox.order_id,
        func.count().label("boxes"),
        case((func.count() == func.count(PostedBox.cents), func.sum(PostedBox.cents)), else_=null()).label("cents"),
        func.max(PostedBox.posted_at).label("last_at"),
    )
    .group_by(PostedBox.order_id)
    .subquery("posted_boxes")
)
_POSTED: ColumnElement[int | None] = _BOXES.c.cents
_DUE: ColumnElement[int | None] = case(
    (or_(Order.postage_cents.is_(None), Order.postage_cents > _POSTED), _POSTED),
    (_POSTED.is_not(None), Order.postage_cents),
    else_=null(),
)
_IS_INVOICED: ColumnElement[bool] = and_(
    Order.invoiced_at.is_not(None),
    or_(
        _BOXES.c.last_at <= Order.invoiced_at,
        and_(_DUE.is_not(None), Order.invoiced_cents.is_not(None), Order.invoiced_cents >= _DUE),
    ),
)


@dataclass(frozen=True, slots=True)
class Period:
    """Days on which orders were placed, both included, either open; `invoiced`: only those that were, or were not."""

    since: date | None = None
    until: date | None = None
    invoiced: bool | None = None

    def placed(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.since:
            found.append(Order.placed_at >= _midnight(self.since))
        if self.until:
            found.append(Order.placed_at < _midnight(self.until + timedelta(days=1)))
        return found

    def conditions(self) -> list[ColumnElement[bool]]:
        found = self.placed()
        if self.invoiced is not None:
            found.append(_IS_INVOICED if self.invoiced else ~_IS_INVOICED)
        return found


@dataclass(frozen=True, slots=True)
class Invoice:
    """An order of which boxes were posted. In cents; None: not known here.

    `accepted` is the most that its orderer pays, `posted` what the post asks for the boxes, `due` what is to be
    invoiced of it all together; `is_invoiced`: that was done, and nothing more was posted since.
    """

    order: Order
    boxes: int
    posted: int | None
    due: int | None
    is_invoiced: bool

    @property
    def accepted(self) -> int | None:
        return self.order.postage_cents

    @property
    def billing_address(self) -> str:
        """Where the invoice goes: the order's own address where no other was given, without whom it names."""
        order = self.order
        whom = (order.name, order.organisation)
        return order.billing_address or ", ".join(line for line in order.address.lines() if line not in whom)


@dataclass(frozen=True, slots=True)
class Total:
    """How many orders, what is due of them as far as it is known, of how many it is not, and what was invoiced."""

    orders: int
    cents: int
    unpriced: int
    invoiced_cents: int


def find(period: Period, limit: int | None = None) -> Sequence[Invoice]:
    """The orders of a period of which boxes were posted, the oldest first."""
    rows = _posted(Order, _BOXES.c.boxes, _POSTED, _DUE, _IS_INVOICED).where(*period.conditions())
    return [Invoice(*row) for row in db.session.execute(rows.order_by(Order.placed_at, Order.id).limit(limit))]


def total(period: Period, edition: Edition | None = None) -> Total:
    """The same, added up; of one edition only, where it is given."""
    figures = (func.count(Order.id), func.sum(_DUE), func.count(_DUE), func.sum(Order.invoiced_cents))
    of_edition = [Order.edition_id == edition.id] if edition else []
    orders, cents, priced, invoiced = db.session.execute(
        _posted(*figures).where(*period.conditions(), *of_edition)
    ).one()
    return Total(orders, int(cents or 0), orders - priced, int(invoiced or 0))


@dataclass(frozen=True, slots=True)
class Expected:
    """Orders whose orderers accepted to pay and of which no box was posted yet, and what they pay at most."""

    orders: int
    cents: int


def expected(period: Period) -> Expected:
    """What may still come to be invoiced: less, where letters go instead or fewer copies are granted."""
    orders, cents = db.session.execute(
        select(func.count(Order.id), func.sum(Order.postage_cents)).where(
            Order.postage_due,
            Order.status.in_(NOT_OVER),
            Order.id.not_in(select(PostedBox.order_id)),
            *period.placed(),
        )
    ).one()
    return Expected(orders, int(cents or 0))


def mark(references: Collection[str], *, invoiced: bool, at: datetime, by: Actor) -> int:
    """Note that what is due of these orders was invoiced, or that it was not after all. Returns how many changed."""
    references = [order.reference for order in lock_orders(references)]
    rows = db.session.execute(_posted(Order, _DUE, _IS_INVOICED).where(Order.reference.in_(references))).all()
    changed = [(order, due) for order, due, was_invoiced in rows if was_invoiced != invoiced]
    for order, due in changed:
        order.invoiced_at, order.invoiced_cents = (at, due) if invoiced else (None, None)
        journal.record("invoiced" if invoiced else "not invoiced", f"order {order.reference}", at=at, by=by)
    return len(changed)


def _posted(*what: Any) -> Select[Any]:
    """Select `what` from the orders that pay for boxes that were posted."""
    return (
        select(*what)
        .join(_BOXES, _BOXES.c.order_id == Order.id)
        .where(Order.postage_due, Order.status.not_in(CALLED_OFF))
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BRUSSELS)

"""Checks that the lines of the orders agree with the movements, and that no order waits while copies are free.

The database adds up and returns only what is wrong, so that a million orders need no memory. The
statements are built once in a process: on few rows, as in the tests, that takes longer than running them.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union_all
from sqlalchemy.orm import QueryableAttribute

from orders.catalogue.models import Publication
from orders.database import db
from orders.ordering.models import Order, OrderLine
from orders.stock.integrity import Discrepancy, change_at
from orders.stock.models import Balance, Movement, Place


def verify() -> list[Discrepancy]:
    """Compare every line with the movements, every status with its lines, and check the queue.

    Of every line: asked = waiting + reserved + sent + given up, none of them below 0, and nothing kept for an order
    that has ended.
    """
    return [*_impossible_lines(), *_unlike_their_movements(), *_wrong_statuses(), *_forgotten()]


def _impossible_lines() -> Iterator[Discrepancy]:
    for reference, line, negative, kept in db.session.execute(_negative_or_ended()):
        about = f"order {reference}, {line.publication.code}"
        if negative:
            kept_and_waiting = f"{line.reserved} reserved, {line.sent} sent, {line.given_up} given up"
            yield Discrepancy(f"{about} asked", line.copies, kept_and_waiting)
        if kept:
            yield Discrepancy(f"{about} of an order that has ended", "nothing", f"{line.reserved} and {line.waiting}")


@cache
def _negative_or_ended() -> Select[str, OrderLine, bool, bool]:
    has_ended = Order.cancelled_at.is_not(None) | Order.rejected_at.is_not(None)
    parts = (OrderLine.waiting, OrderLine.reserved, OrderLine.sent, OrderLine.given_up)
    is_negative = or_(*(part < 0 for part in parts))
    keeps_on = has_ended & ((OrderLine.reserved != 0) | (OrderLine.waiting != 0))
    return (
        select(Order.reference, OrderLine, is_negative, keeps_on)
        .join(OrderLine.order)
        .where(is_negative | keeps_on)
        .order_by(OrderLine.id)
    )


def _unlike_their_movements() -> Iterator[Discrepancy]:
    """Lines whose copies differ from the movements of their order.

    What was sent before Pli has no movements.
    """
    rows = db.session.execute(_lines_and_movements())
    for order, publication, line_reserved, line_sent, more_reserved, more_sent in rows:
        for place, kept, more in (
            (Place.RESERVED, line_reserved, int(more_reserved)),
            (Place.SENT, line_sent, 0 if order.sent_before_pli else int(more_sent)),
        ):
            if more and kept is None:
                about = f"order id {order.id}, publication id {publication.id} at {place.value}"
                yield Discrepancy(about, -more, "no line")
            elif more:
                yield Discrepancy(f"order {order.reference}, {publication.code} {place.value}", kept - more, kept)


@cache
def _lines_and_movements() -> Select[Any]:
    lines = select(OrderLine.order_id, OrderLine.publication_id, OrderLine.reserved, OrderLine.sent)
    moved = select(
        Movement.order_id, Movement.publication_id, -change_at(Place.RESERVED), -change_at(Place.SENT)
    ).where(Movement.order_id.is_not(None))
    both = union_all(lines, moved).subquery()
    reserved, sent = func.sum(both.c.reserved), func.sum(both.c.sent)
    left = (
        select(both.c.order_id, both.c.publication_id, reserved.label("reserved"), sent.label("sent"))
        .group_by(both.c.order_id, both.c.publication_id)
        .having((reserved != 0) | (sent != 0))
        .subquery()
    )
    return (
        select(Order, Publication, OrderLine.reserved, OrderLine.sent, left.c.reserved, left.c.sent)
        .join(left, left.c.order_id == Order.id)
        .join(Publication, Publication.id == left.c.publication_id)
        .outerjoin(OrderLine, and_(OrderLine.order_id == Order.id, OrderLine.publication_id == Publication.id))
        .where(or_(left.c.reserved != 0, ~Order.sent_before_pli))
        .order_by(Order.id, Publication.id)
    )


def _wrong_statuses() -> Iterator[Discrepancy]:
    """Orders are alike in all that a status follows from (`Order.derived_status`) or not: one of each kind is asked."""
    orders, facts, kinds = _kinds_of_orders()
    for order_id, *kind in db.session.execute(kinds).all():
        status = db.session.get_one(Order, order_id, populate_existing=True).derived_status()
        *_, was_sent, _, _, is_served = kind
        if status is kind[0] and bool(was_sent) is is_served:
            continue
        alike = (fact == value for fact, value in zip(facts, kind, strict=True))
        for reference in db.session.scalars(orders.with_only_columns(Order.reference).where(*alike)):
            if status is not kind[0]:
                yield Discrepancy(f"order {reference}, status", status.value, kind[0].value)
            if bool(was_sent) is not is_served:
                yield Discrepancy(f"order {reference}, sent before", str(bool(was_sent)), str(is_served))


@cache
def _kinds_of_orders() -> tuple[Select[int], list[ColumnElement[Any] | QueryableAttribute[Any]], Select[Any]]:
    """All orders with their lines, the facts that a status follows from, and an order of each kind with its facts."""
    lines = (
        select(
            OrderLine.order_id,
            (func.max(OrderLine.sent) > 0).label("sent"),
            (func.max(OrderLine.reserved) > 0).label("reserved"),
            (func.max(OrderLine.waiting) > 0).label("waiting"),
        )
        .group_by(OrderLine.order_id)
        .subquery()
    )
    facts: list[ColumnElement[Any] | QueryableAttribute[Any]] = [
        Order.status,
        Order.when_short,
        Order.rejected_at.is_(None),
        Order.cancelled_at.is_(None),
        Order.accepted_at.is_(None),
        Order.returned_at.is_(None),
        Order.dispatch_id.is_(None),
        func.coalesce(lines.c.sent, False),
        func.coalesce(lines.c.reserved, False),
        func.coalesce(lines.c.waiting, False),
        Order.is_served,
    ]
    orders = select(Order.id).outerjoin(lines, lines.c.order_id == Order.id)
    return orders, facts, orders.with_only_columns(func.min(Order.id), *facts).group_by(*facts)


def _forgotten() -> Iterator[Discrepancy]:
    """An accepted order that waits for a publication while copies of it lie on the shelf was forgotten."""
    for reference, code, shelf in db.session.execute(_waiting_beside_copies()):
        yield Discrepancy(f"order {reference} waits for {code}", "an empty shelf", shelf)


@cache
def _waiting_beside_copies() -> Select[str, str, int]:
    return (
        select(Order.reference, Publication.code, Balance.copies)
        .join_from(OrderLine, Order, Order.id == OrderLine.order_id)
        .join(Publication, Publication.id == OrderLine.publication_id)
        .join(Balance, Balance.publication_id == Publication.id)
        .where(Balance.place == Place.SHELF, Balance.copies > 0, Order.queues, OrderLine.waits)
        .order_by(Publication.id, Order.id)
    )

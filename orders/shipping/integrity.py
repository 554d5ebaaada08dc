"""Checks that copies in parcels of open dispatches are still reserved, and that posted copies were in parcels.

The statements are built once in a process: that takes longer than running them on few rows, as the tests do.
"""

from functools import cache
from typing import Any

from sqlalchemy import Select, func, literal, or_, select, union_all

from orders.catalogue.models import Publication
from orders.database import db
from orders.ordering.models import Delivery, Order, OrderLine
from orders.shipping.models import Dispatch, Parcel, ParcelContent
from orders.stock.integrity import Discrepancy
from orders.stock.models import Movement, Reason


def verify() -> list[Discrepancy]:
    """All copies in open dispatches that are not reserved, and all closed dispatches that differ from the movements."""
    return [*_no_longer_reserved(), *_not_as_posted()]


def _no_longer_reserved() -> list[Discrepancy]:
    """Copies in the parcels of open dispatches that are no longer reserved for their order."""
    return [
        Discrepancy(f"order {reference}, {code} in open parcels", reserved, int(copies))
        for reference, code, reserved, copies in db.session.execute(_more_than_reserved())
    ]


@cache
def _more_than_reserved() -> Select[str, str, int, int]:
    inside = func.sum(ParcelContent.copies)
    return (
        select(Order.reference, Publication.code, OrderLine.reserved, inside)
        .join(ParcelContent.line)
        .join(OrderLine.order)
        .join(Publication, Publication.id == OrderLine.publication_id)
        .join(ParcelContent.parcel)
        .join(Parcel.dispatch)
        .where(Dispatch.closed_at.is_(None), Dispatch.undone_at.is_(None))
        .group_by(OrderLine.id, Order.reference, Publication.code, OrderLine.reserved)
        .having(inside > OrderLine.reserved)
        .order_by(OrderLine.id)
    )


def _not_as_posted() -> list[Discrepancy]:
    """Copies that left when a dispatch was closed, against what its posted parcels hold.

    A closing moves copies and marks parcels at one and the same moment, so the moment ties them together. What was
    handed over at the office at that very moment was in no parcel.
    """
    return [
        Discrepancy(f"order {reference}, {code} in posted parcels", int(said), int(found))
        for reference, code, said, found in db.session.execute(_posted_unlike_moved())
    ]


@cache
def _posted_unlike_moved() -> Select[str, str, Any, Any]:
    line = (OrderLine.order_id.label("order_id"), OrderLine.publication_id.label("publication_id"))
    inside = (
        select(*line, Parcel.posted_at.label("at"), ParcelContent.copies.label("inside"), literal(0).label("moved"))
        .join(ParcelContent.line)
        .join(ParcelContent.parcel)
        .where(Parcel.posted_at.is_not(None))
    )
    moved = select(
        Movement.order_id, Movement.publication_id, Movement.at, literal(0), Movement.copies.label("moved")
    ).where(
        Movement.reason == Reason.POSTED,
        Movement.at.in_(select(Dispatch.closed_at).where(Dispatch.closed_at.is_not(None))),
    )
    both = union_all(inside, moved).subquery()
    sums = (func.sum(both.c.moved), func.sum(both.c.inside))
    return (
        select(Order.reference, Publication.code, *sums)
        .join(Order, Order.id == both.c.order_id)
        .join(Publication, Publication.id == both.c.publication_id)
        .group_by(both.c.order_id, Order.reference, Order.delivery, both.c.publication_id, Publication.code, both.c.at)
        .having(sums[0] != sums[1], or_(sums[1] > 0, Order.delivery != Delivery.PICKUP))
        .order_by(both.c.order_id, both.c.publication_id)
    )

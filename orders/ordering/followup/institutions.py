"""Orders that are for one place of the directory or another: the office says which, or that it is none of them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, true

from orders.catalogue.audience_lookup import audiences
from orders.catalogue.models import Edition
from orders.database import db
from orders.directory import lookup
from orders.errors import Refused
from orders.ordering.models import Order, OrderStatus
from orders.ordering.repository import lock_orders
from orders.ordering.review.institutions import candidates, certain_code
from orders.staff import journal
from orders.staff.journal import Actor

PER_PAGE = 25
MOST_EARLIER = 20_000  # orders that a new list is compared with, the newest
AT_ONCE = 500


_UNSURE = (Order.institution_unsure, Order.restricted_at.is_(None))


class NoSuchPlace(Refused):
    """The place that was chosen for an order is in no list any more."""


def count_unsure() -> int:
    """How many orders the office is asked about."""
    return db.session.scalar(select(func.count()).select_from(Order).where(*_UNSURE)) or 0


def unsure_orders(page: int) -> Sequence[Order]:
    """A page of them, the newest first."""
    newest = select(Order).where(*_UNSURE).order_by(Order.placed_at.desc(), Order.id.desc())
    return db.session.scalars(newest.offset((page - 1) * PER_PAGE).limit(PER_PAGE)).all()


def choose(reference: str, code: str, *, at: datetime, by: Actor) -> None:
    """Say for which place an order is. Refuses with `NoSuchPlace`."""
    (order,) = lock_orders([reference])
    if lookup.known_code(code) is None:
        raise NoSuchPlace(code)
    order.institution = code
    _settle(order, at=at, by=by)


def dismiss(reference: str, *, at: datetime, by: Actor) -> None:
    """Say that an order is for none of the places that were proposed."""
    (order,) = lock_orders([reference])
    order.institution = None
    _settle(order, at=at, by=by)


def _settle(order: Order, *, at: datetime, by: Actor) -> None:
    order.institution_unsure = False
    journal.record("changed", f"order {order.reference}", at=at, by=by, after={"fields": ["institution"]})


def recognise_earlier(keep: Callable[..., Any], *, at: datetime, by: Actor) -> int:
    """Look orders of the last two editions up that have no number yet, some at once; returns how many got one.

    `keep` is the door's `transact`: what was done stays done where the rest is interrupted.
    """
    numbered, before = 0, None
    for _ in range(MOST_EARLIER // AT_ONCE):
        got, before = keep(_recognise_some, before)
        numbered += got
        if before is None:
            break
    if numbered:
        keep(journal.record, "changed", "directory", at=at, by=by, after={"orders": numbered})
    return numbered


def _recognise_some(before: int | None) -> tuple[int, int | None]:
    """The next orders, the newest first: how many got a number, and where to go on."""
    orders = db.session.scalars(_unnumbered(before).limit(AT_ONCE).with_for_update(of=Order)).all()
    numbered = 0
    for order in orders:
        found = candidates(order.address)
        order.institution = certain_code(found)
        order.institution_unsure = bool(found) and order.institution is None
        numbered += order.institution is not None
    return numbered, orders[-1].id if len(orders) == AT_ONCE else None


def _unnumbered(before: int | None) -> Select[Order]:
    editions = select(Edition.id).order_by(Edition.year.desc()).limit(2)
    not_at_home = [each.code for each in audiences() if not each.is_private]
    return (
        select(Order)
        .where(Order.edition_id.in_(db.session.scalars(editions).all()), Order.id < before if before else true())
        .where(Order.institution.is_(None), Order.organisation != "", Order.audience.in_(not_at_home))
        .where(Order.status.not_in((OrderStatus.CANCELLED, OrderStatus.REJECTED)))
        .where(Order.erased_at.is_(None), Order.restricted_at.is_(None))
        .order_by(Order.id.desc())
    )

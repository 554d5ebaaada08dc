"""Taking one order out of an open dispatch, in which all others keep their numbers."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from orders.database import db
from orders.ordering import repository
from orders.ordering.lifecycle import fulfilment
from orders.ordering.models import Order
from orders.ordering.refusals import NotOnTheTable
from orders.shipping.dispatches import lifecycle, repacking
from orders.shipping.dispatches.order_changes import parcels_on_the_table
from orders.staff import journal
from orders.staff.journal import Actor


def take_out(reference: str, *, at: datetime, by: Actor) -> Sequence[int]:
    """Take an order out of its open dispatch; it is ready again, its copies still reserved.

    Returns the numbers of its parcels, which no other parcel gets. What shared a parcel with it is no longer packed.
    The last order takes its dispatch with it, which is then undone. Refuses with `NotOnTheTable`.
    """
    (order,) = repository.lock_orders([reference])
    dispatch_id = order.dispatch_id
    if dispatch_id is None:
        raise NotOnTheTable(reference)
    parcels = parcels_on_the_table(order)
    numbers = [parcel.sequence for parcel in parcels]
    after = {"parcels": numbers}
    journal.record("taken out", f"order {reference}", at=at, by=by, before={"dispatch": dispatch_id}, after=after)
    if _orders_in(dispatch_id) == 1:
        lifecycle.undo(dispatch_id, at=at, by=by)
        return numbers
    repacking.remove_order(lifecycle.get_dispatch(dispatch_id), parcels, order)
    fulfilment.leave_dispatch([order])
    db.session.flush()
    return numbers


def _orders_in(dispatch_id: int) -> int:
    return db.session.scalar(select(func.count()).where(Order.dispatch_id == dispatch_id)) or 0

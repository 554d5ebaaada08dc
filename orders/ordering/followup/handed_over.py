"""Copies that were noted as handed over by mistake, and are taken back at once."""

from datetime import datetime

from sqlalchemy import select

from orders.database import db
from orders.ordering.followup import recalls
from orders.ordering.models import Delivery, Order
from orders.ordering.refusals import HandedOverOtherwise
from orders.ordering.repository import lock_orders
from orders.staff.journal import Actor
from orders.stock.models import Movement, Place


def undo(reference: str, *, mark: str, at: datetime, by: Actor) -> Order:
    """Take back what was handed over at the moment that `mark` names; nobody is told.

    Refuses with `HandedOverOtherwise` where anything of the order has moved since.
    """
    (order,) = lock_orders([reference])
    movements = db.session.scalars(select(Movement).where(Movement.order_id == order.id)).all()
    latest = max((each.at for each in movements), default=None)
    copies = {
        each.publication_id: each.copies
        for each in movements
        if each.at == latest and (each.origin, each.destination) == (Place.RESERVED, Place.SENT)
    }
    if order.delivery is not Delivery.PICKUP or not copies or latest is None or latest.isoformat() != mark:
        raise HandedOverOtherwise(reference)
    return recalls.recall(reference, copies, at=at, by=by, tells=False)

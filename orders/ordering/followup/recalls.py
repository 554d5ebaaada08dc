"""Copies that were noted as sent and never left."""

from collections.abc import Mapping
from datetime import datetime

from orders.database import db
from orders.ordering.allocation.reservations import move_line
from orders.ordering.mail_facts import copies_facts
from orders.ordering.models import Order
from orders.ordering.notifications import notify
from orders.ordering.repository import lock_orders
from orders.staff import journal
from orders.staff.journal import Actor
from orders.stock.models import Place, Reason


def recall(reference: str, copies: Mapping[int, int], *, at: datetime, by: Actor, tells: bool = True) -> Order:
    """Reserve copies (by publication id) that were sent by mistake for their order again; `tells` its orderer.

    What was sent of an order that has ended or waits for a better address goes onto the shelf instead.
    """
    (order,) = lock_orders([reference])
    is_served = order.queues and order.cancelled_at is None
    moved = [(line, copies[line.publication_id]) for line in order.lines if copies.get(line.publication_id)]
    for line, number in moved:
        line.sent -= number
        if is_served:
            line.reserved += number
        elif order.cancelled_at is not None:
            line.given_up += number
    order.update_status()
    db.session.flush()
    place = Place.RESERVED if is_served else Place.SHELF
    for line, number in moved:
        move_line(line, number, Place.SENT, place, reason=Reason.NEVER_LEFT, at=at, by=by.staff_id)
    if is_served and tells:
        back = copies_facts(order, {line.publication_id: number for line, number in moved})
        notify(order, "order_not_sent", at=at, back=back)
    journal.record(
        "recalled",
        f"order {reference}",
        at=at,
        by=by,
        after={"copies": {line.publication.code: number for line, number in moved}},
    )
    return order

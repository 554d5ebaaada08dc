"""Proof that the lines of the orders agree with the movements, and that nobody waits beside a full shelf."""

from collections.abc import Iterator

from sqlalchemy import select

from orders.database import db
from orders.ordering.models import Order, OrderLine
from orders.stock import ledger
from orders.stock.integrity import Discrepancy, net_by_order
from orders.stock.models import Place


def verify() -> list[Discrepancy]:
    """Reserved and sent of every line against the movements, every status against its lines, and the queue.

    Of every line: asked = waiting + reserved + sent + given up, none of them below 0, and nothing kept for an order
    that has ended.
    """
    orders = db.session.scalars(select(Order).execution_options(yield_per=500))
    moved = {place: net_by_order(place) for place in (Place.RESERVED, Place.SENT)}
    found: list[Discrepancy] = []
    for order in orders:
        found += _wrong_lines(order, moved)
        if order.status is not order.derived_status():
            found.append(
                Discrepancy(f"order {order.reference}, status", order.derived_status().value, order.status.value)
            )
    leftovers = [
        Discrepancy(f"order id {order_id}, publication id {publication_id} at {place.value}", copies, "no line")
        for place, sums in moved.items()
        for (order_id, publication_id), copies in sums.items()
        if copies != 0
    ]
    return [*found, *leftovers, *_forgotten()]


def _wrong_lines(order: Order, moved: dict[Place, dict[tuple[int, int], int]]) -> Iterator[Discrepancy]:
    """Compare each line with what its movements say, and take it off the list of what is still to be explained."""
    has_ended = order.cancelled_at is not None or order.rejected_at is not None
    for line in order.lines:
        about = f"order {order.reference}, {line.publication.code}"
        if min(line.waiting, line.reserved, line.sent, line.given_up) < 0:
            kept_and_waiting = f"{line.reserved} reserved, {line.sent} sent, {line.given_up} given up"
            yield Discrepancy(f"{about} asked", line.copies, kept_and_waiting)
        if has_ended and (line.reserved or line.waiting):
            yield Discrepancy(f"{about} of an order that has ended", "nothing", f"{line.reserved} and {line.waiting}")
        for place, kept in ((Place.RESERVED, line.reserved), (Place.SENT, line.sent)):
            said = moved[place].pop((order.id, line.publication_id), 0)
            expected = kept if order.sent_before_pli and place is Place.SENT else said
            if kept != expected:
                yield Discrepancy(f"{about} {place.value}", expected, kept)


def _forgotten() -> Iterator[Discrepancy]:
    """An accepted order that waits for a publication while copies of it lie on the shelf was forgotten."""
    waiting = db.session.scalars(
        select(OrderLine).join(Order).where(Order.queues, OrderLine.waiting > 0).order_by(OrderLine.publication_id)
    )
    for line in waiting:
        if (shelf := ledger.copies_at(line.publication_id, Place.SHELF)) > 0:
            yield Discrepancy(
                f"order {line.order.reference} waits for {line.publication.code}", "an empty shelf", shelf
            )

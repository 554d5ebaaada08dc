"""What an orderer pays for boxes: how much was accepted when the order was placed, and what was posted since.

Decided here for every order, whether it came from the public form, from the office or from a file
(docs/decisions/0038-postage-is-what-was-posted.md).
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete

from orders.database import db
from orders.ordering.allocation import reservations
from orders.ordering.models import Delivery, Order, OrderStatus, WhenShort
from orders.ordering.postage_models import PostedBox
from orders.packing.models import TooLargeToPost
from orders.packing.postage import FREE, UNPRICED, Charge, quote
from orders.packing.splitting import Item

BILLING = ("billing_name", "billing_address", "purchase_order")


def accepted(order: Order) -> Charge:
    """What the orderer agreed to pay at most."""
    return Charge(order.postage_cents) if order.postage_due else FREE


def accept(order: Order, charge: Charge) -> None:
    """Keep what the orderer pays at most. Who pays nothing needs no invoice."""
    order.postage_due = charge.is_due
    order.postage_cents = charge.cents if charge.is_due else None
    if not charge.is_due:
        for name in BILLING:
            setattr(order, name, "")


def quoted(order: Order) -> Charge:
    """What the boxes of an order cost by today's packagings and rates, if all that it is to get goes at once."""
    if order.delivery is Delivery.PICKUP or order.sent_before_pli:
        return FREE
    copies = _copies(order)
    try:
        return quote(Item.of(line.publication, copies[line.publication_id]) for line in order.lines).charge
    except TooLargeToPost:
        return UNPRICED


def _copies(order: Order) -> Mapping[int, int]:
    """Copies that the order is to get, by publication id. Who takes only what is there pays for no more than that."""
    wanted = {line.publication_id: line.wanted for line in order.lines}
    if order.when_short is WhenShort.FEWER and order.status is OrderStatus.PENDING:
        free = reservations.free_copies(wanted, besides=order)
        return {publication_id: min(copies, free[publication_id]) for publication_id, copies in wanted.items()}
    return wanted


def note_posted(boxes: Mapping[int, Mapping[int, int | None]], *, at: datetime) -> None:
    """Of each parcel that went as a box, by its id: what each order in it, by its id, owes of the price."""
    for parcel_id, parts in boxes.items():
        db.session.add_all(
            PostedBox(order_id=order_id, parcel_id=parcel_id, cents=cents, posted_at=at)
            for order_id, cents in parts.items()
        )


def note_not_posted(parcel_ids: Collection[int]) -> None:
    """These parcels never left: nobody pays for them."""
    db.session.execute(delete(PostedBox).where(PostedBox.parcel_id.in_(parcel_ids)))

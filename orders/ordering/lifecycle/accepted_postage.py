"""What an orderer pays for boxes at most, decided for every order: from the public form, the office or a file.

What is invoiced in the end is what was posted (docs/decisions/0038-postage-is-what-was-posted.md).
"""

from collections.abc import Callable, Collection, Mapping

from orders.ordering.allocation import reservations
from orders.ordering.models import Delivery, Order, OrderStatus, WhenShort
from orders.packing.models import TooLargeToPost
from orders.packing.postage import FREE, UNPRICED, Charge, quote_by
from orders.packing.splitting import Item
from orders.packing.tariff import Tariff

FreeCopies = Callable[[Collection[int]], Mapping[int, int]]
"""What an order placed now could have of these publications."""
BILLING = ("billing_name", "billing_address", "purchase_order")


def accepted(order: Order) -> Charge:
    """What the orderer agreed to pay at most."""
    return Charge(order.postage_cents) if order.postage_due else FREE


def accept(order: Order, shown: Charge | None, tariff: Tariff, free_copies: FreeCopies | None = None) -> None:
    """Set what the orderer pays at most: a quote by this tariff, but no more than was `shown`, where something was.

    An order without postage needs no invoice details. `free_copies`: where they are known already.
    """
    charge = FREE if shown == FREE else _quoted(order, tariff, free_copies)
    if shown is not None:
        charge = charge.at_most(shown)
    order.postage_due = charge.is_due
    order.postage_cents = charge.cents if charge.is_due else None
    if not charge.is_due:
        for name in BILLING:
            setattr(order, name, "")


def _quoted(order: Order, tariff: Tariff, free_copies: FreeCopies | None) -> Charge:
    """What the boxes cost, if all that the order is to get goes at once."""
    if order.delivery is Delivery.PICKUP or order.sent_before_pli:
        return FREE
    copies = _copies(order, free_copies)
    try:
        return quote_by(tariff, (Item.of(line.publication, copies[line.publication_id]) for line in order.lines)).charge
    except TooLargeToPost:
        return UNPRICED


def _copies(order: Order, free_copies: FreeCopies | None) -> Mapping[int, int]:
    """Copies that the order is to get, by publication id. Who takes only what is there pays for no more than that."""
    wanted = {line.publication_id: line.wanted for line in order.lines}
    if order.when_short is WhenShort.FEWER and order.status is OrderStatus.PENDING:
        free = free_copies(wanted) if free_copies else reservations.free_copies(wanted, besides=order)
        return {publication_id: min(copies, free[publication_id]) for publication_id, copies in wanted.items()}
    return wanted

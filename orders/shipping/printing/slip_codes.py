"""What the bar code of a slip says: the order, and which address, copies and parcel the slip was printed for.

A slip that was printed for another address, for other copies or for a dispatch that was undone has another code than
the one that would be printed now, so a scan tells old paper from new, and one parcel of an order from the others.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from orders.ordering.models import Order
from orders.references import LENGTH, make_code
from orders.shipping.models import Parcel
from orders.shipping.printing.parcel_digests import digest_of


def parcel_code(parcel: Parcel, order: Order) -> str:
    """The code of the slip of an order in a parcel, as it would be printed now."""
    return _code(order, [parcel.dispatch_id, parcel.sequence, digest_of(parcel)])


def order_code(order: Order) -> str:
    """The code of the slip of an order outside any dispatch, as it would be printed now."""
    copies = sorted((line_id, number) for line_id, number in copies_on_slip(order).items() if number)
    return _code(order, [order.address.lines(), copies])


def copies_on_slip(order: Order) -> Mapping[int, int]:
    """What such a slip says is inside, by the id of the line: what is reserved now, or was sent once nothing is."""
    reserved = {line.id: line.reserved for line in order.lines}
    return reserved if any(reserved.values()) else {line.id: line.sent for line in order.lines}


def link_with_code(link: str, code: str) -> str:
    """The link of an order's page, with the letters after the reference as a query that the page does not read."""
    return f"{link}?{code[LENGTH:]}"


def _code(order: Order, shown: Any) -> str:
    return make_code(order.reference, hashlib.sha256(json.dumps([order.reference, shown]).encode()).digest())

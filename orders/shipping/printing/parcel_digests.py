"""A digest of what the label and slips of a parcel show: addresses, copies, which part it is."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from sqlalchemy import select

from orders.addresses import PostalAddress
from orders.database import db
from orders.ordering.models import Order, OrderLine
from orders.shipping.models import Dispatch, Parcel, ParcelContent

_ADDRESS = tuple(field.name for field in fields(PostalAddress))

Shown = tuple[int, int, int, int]
"""The ids of a line, its order and its publication, and copies."""


def digest_of(parcel: Parcel) -> str:
    """The digest of a parcel, as SHA-256."""
    return _digest(
        (parcel.part, parcel.parts),
        {order.id: [order.reference, *order.address.lines()] for order in parcel.orders},
        [(each.order_line_id, each.line.order_id, each.line.publication_id, each.copies) for each in parcel.contents],
    )


def digests_of(dispatch: Dispatch) -> Mapping[int, str]:
    """The same of every parcel of a dispatch, by its number, without making an object of each order."""
    rows = db.session.execute(
        select(
            *(Parcel.sequence, Parcel.part, Parcel.parts),
            *(OrderLine.id, OrderLine.order_id, OrderLine.publication_id, ParcelContent.copies, Order.reference),
            *(getattr(Order, name) for name in _ADDRESS),
        )
        .join(Parcel.contents)
        .join(ParcelContent.line)
        .join(OrderLine.order)
        .where(Parcel.dispatch_id == dispatch.id)
        .order_by(ParcelContent.id)
    )
    parts: dict[int, tuple[int, int]] = {}
    orders: dict[int, dict[int, list[str]]] = defaultdict(dict)
    copies: dict[int, list[Shown]] = defaultdict(list)
    for sequence, part, of, line_id, order_id, publication_id, number, reference, *address in rows:
        parts[sequence] = (part, of)
        copies[sequence].append((line_id, order_id, publication_id, number))
        if order_id not in orders[sequence]:
            lines = PostalAddress(**dict(zip(_ADDRESS, address, strict=True))).lines()
            orders[sequence][order_id] = [reference, *lines]
    return {sequence: _digest(parts[sequence], orders[sequence], copies[sequence]) for sequence in parts}


def _digest(part: tuple[int, int], orders: Mapping[int, Sequence[str]], copies: Iterable[Shown]) -> str:
    shown = {
        "part": part,
        "orders": list(orders.values()),
        "copies": [each[1:] for each in sorted(copies)],
    }
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()

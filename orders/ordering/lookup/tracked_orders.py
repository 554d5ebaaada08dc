"""Tracking numbers of bpost, and the orders of their parcels."""

import re
from urllib.parse import quote

from sqlalchemy import ColumnElement, select

from orders.database import Model
from orders.ordering.models import Order, OrderLine

# bpost's own numbers have 24 digits; UPU S10 has two letters, nine digits and the country.
_NUMBER = re.compile(r"3232[0-9]{20}|[A-Z]{2}[0-9]{9}[A-Z]{2}")
TRACK = "https://track.bpost.cloud/btr/web/#/search?itemCode="


def track_address(number: str) -> str:
    """Where bpost says how far a parcel is."""
    return f"{TRACK}{quote(number)}"


def read_number(typed: str) -> str | None:
    """A tracking number without its spaces, or `None`.

    >>> read_number("ce 123 456 785 be"), read_number("1Z 999 AA1 01 2345 6784")
    ('CE123456785BE', None)
    """
    bare = re.sub(r"[\s\u00a0\u202f]", "", typed).upper()
    return bare if _NUMBER.fullmatch(bare) else None


def has_parcel_with(number: str) -> ColumnElement[bool]:
    """Orders with something in the parcel of this number. The tables belong to `shipping`: here they go by name."""
    parcel, content = (Model.metadata.tables[name] for name in ("parcel", "parcel_content"))
    return Order.id.in_(
        select(OrderLine.order_id)
        .join(content, content.c.order_line_id == OrderLine.id)
        .join(parcel, parcel.c.id == content.c.parcel_id)
        .where(parcel.c.tracking_number == number)
    )

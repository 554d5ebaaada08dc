"""Orders, as the office sees them: found, one by one, and those to be fetched."""

from orders.office.ordering import (
    gone,
    importing,
    invoicing,
    listing,
    news,
    one_order,
    picking_up,
    telling,
    together,
    typed_in,
)
from orders.office.ordering.blueprint import pages

__all__ = [
    "gone",
    "importing",
    "invoicing",
    "listing",
    "news",
    "one_order",
    "pages",
    "picking_up",
    "telling",
    "together",
    "typed_in",
]

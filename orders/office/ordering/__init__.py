"""Orders, as the office sees them: found, one by one, and those to be fetched."""

from orders.office.ordering import (
    bulk_actions,
    delivery_failures,
    file_import,
    manual_entry,
    newsletter_consents,
    order_list,
    order_mails,
    order_page,
    pickups,
    postage_invoicing,
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

"""Orders, as the office sees them: found, one by one, many at once, and those to be fetched."""

from orders.office.ordering import (
    approval,
    bulk_actions,
    delivery_failures,
    manual_entry,
    newsletter_consents,
    order_change,
    order_list,
    order_mails,
    order_page,
    order_parcels,
    pickups,
    postage_invoicing,
)
from orders.office.ordering.blueprint import pages
from orders.office.ordering.file_import import views as file_import

__all__ = [
    "approval",
    "bulk_actions",
    "delivery_failures",
    "file_import",
    "manual_entry",
    "newsletter_consents",
    "order_change",
    "order_list",
    "order_mails",
    "order_page",
    "order_parcels",
    "pages",
    "pickups",
    "postage_invoicing",
]

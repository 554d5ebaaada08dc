"""Dispatches, their paper and parcels, and the printers."""

from orders.office.shipping import (
    dispatch_closing,
    dispatch_creation,
    dispatch_pdfs,
    dispatches,
    packing,
    parcels,
    printers,
    printings,
    recalls,
)
from orders.office.shipping.blueprint import pages

__all__ = [
    "dispatch_closing",
    "dispatch_creation",
    "dispatch_pdfs",
    "dispatches",
    "packing",
    "pages",
    "parcels",
    "printers",
    "printings",
    "recalls",
]

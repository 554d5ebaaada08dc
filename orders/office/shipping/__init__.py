"""Dispatches, their paper and parcels, and the printers."""

from orders.office.shipping import dispatches, piles, printers, printings
from orders.office.shipping.blueprint import pages

__all__ = ["dispatches", "pages", "piles", "printers", "printings"]

"""Dispatches, their paper and parcels, and the printers."""

from orders.office.shipping import dispatches, endings, parcels, piles, printers, printings, recalling
from orders.office.shipping.blueprint import pages

__all__ = ["dispatches", "endings", "pages", "parcels", "piles", "printers", "printings", "recalling"]

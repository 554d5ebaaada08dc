"""Pages about the directory of places: the list, and taking a newer list over."""

from orders.office.directory import list_import, orders, places
from orders.office.directory.blueprint import pages

__all__ = ["list_import", "orders", "pages", "places"]

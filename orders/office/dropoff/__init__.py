"""Drop-off points: the list, one by one, and from a file."""

from orders.office.dropoff import point_import, views
from orders.office.dropoff.blueprint import pages

__all__ = ["pages", "point_import", "views"]

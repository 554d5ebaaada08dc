"""Stock: how many copies are where, deliveries, corrections, counts, print runs, sharing and the forecast."""

from orders.office.stock import counts, print_runs, sharing
from orders.office.stock.publications import pages

__all__ = ["pages"]

for part in (print_runs, counts, sharing):
    pages.register_blueprint(part.pages)

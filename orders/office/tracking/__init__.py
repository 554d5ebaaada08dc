"""The carrier's files: the manifest out, tracking numbers in."""

from orders.office.tracking.views import pages

__all__ = ["pages"]

"""The scanner: what a slip is, and what to do with it next."""

from orders.office.scanning.views import pages

__all__ = ["pages"]

"""Proposed and published events: read, changed, published, refused with a reason."""

from orders.office.events.views import pages

__all__ = ["pages"]

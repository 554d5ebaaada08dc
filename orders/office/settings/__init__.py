"""The association's settings: its name, addresses, contacts and look."""

from orders.office.settings.views import pages

__all__ = ["pages"]

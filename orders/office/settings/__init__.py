"""The association's settings: who sends, from where, how it looks."""

from orders.office.settings.views import pages

__all__ = ["pages"]

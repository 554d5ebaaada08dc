"""Accounts of the staff."""

from orders.office.staff.views import pages

__all__ = ["pages"]

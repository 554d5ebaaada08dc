"""The persons whom an edition defends: their pages in the office."""

from orders.office.catalogue.persons import views

__all__ = ["views"]

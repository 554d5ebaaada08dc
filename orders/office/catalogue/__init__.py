"""Catalogue: editions, publications and their allowances; envelopes, boxes and postage rates."""

from orders.office.catalogue import editions, postage
from orders.office.catalogue.blueprint import pages

__all__ = ["editions", "pages", "postage"]

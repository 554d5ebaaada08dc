"""Catalogue: editions, publications and their allowances; envelopes, boxes and postage rates."""

from orders.office.catalogue import editing, editions, postage, publications, rolling
from orders.office.catalogue.blueprint import pages

__all__ = ["editing", "editions", "pages", "postage", "publications", "rolling"]

"""Catalogue: audiences, editions, publications and their allowances; envelopes, boxes and postage rates."""

from orders.office.catalogue import (
    audiences,
    edition_closing,
    edition_editing,
    editions,
    persons,
    postage,
    publications,
    rollover,
)
from orders.office.catalogue.blueprint import pages

__all__ = [
    "audiences",
    "edition_closing",
    "edition_editing",
    "editions",
    "pages",
    "persons",
    "postage",
    "publications",
    "rollover",
]

"""What the public is told of a shelf: a word, no number."""

import pytest
from flask import Flask

from orders.catalogue import edition_lookup
from orders.stock.availability import Availability, availability
from tests.factories import make_edition


@pytest.mark.parametrize(
    ("shelf", "word"),
    [
        (0, Availability.EXHAUSTED),
        (1, Availability.LOW),
        (10, Availability.LOW),  # the low-stock line of the factory's publications
        (11, Availability.AVAILABLE),
    ],
)
def test_a_publication_is_short_up_to_its_low_stock_line(app_context: Flask, shelf: int, word: Availability) -> None:
    make_edition(shelf={"MAN26": shelf, "LIV26": 50})
    publications = [edition_lookup.get_publication(code) for code in ("MAN26", "LIV26")]
    assert availability(publications) == {"MAN26": word, "LIV26": Availability.AVAILABLE}

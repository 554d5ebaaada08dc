"""What several tests of words look at."""

import pytest
from babel.messages.catalog import Catalog

from orders.wording.translation import update_catalogues


@pytest.fixture(scope="session")
def sources() -> dict[str, Catalog]:
    """The messages of the sources by domain: reading all sources takes seconds."""
    return update_catalogues.sources()

"""Real threads and real processes against a file database and PostgreSQL, each guard also taken out."""

import pytest

from tests.conftest import DATABASES


def only(database: str) -> pytest.MarkDecorator:
    """Run a test on this database alone: where the other one makes the harm impossible by itself."""
    return pytest.mark.parametrize("database_url", [each for each in DATABASES if each == database], indirect=True)

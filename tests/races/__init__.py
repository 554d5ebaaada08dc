"""Race tests: real threads and processes against SQLite and PostgreSQL, with each guard and without it."""

import pytest

from tests.conftest import DATABASES


def only(database: str) -> pytest.MarkDecorator:
    """Run a test on this database alone, because the other one prevents the race by itself."""
    return pytest.mark.parametrize("database_url", [each for each in DATABASES if each == database], indirect=True)

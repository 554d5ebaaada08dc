"""Fixtures of faults: installations as the tests of backups have them."""

from tests.backups.conftest import full_postgres, full_template, new_place

__all__ = ["full_postgres", "full_template", "new_place"]

"""Race tests: real threads and processes against SQLite and PostgreSQL, with each guard and without it."""

from collections.abc import Callable

import pytest

from orders.stock import ledger
from tests.conftest import DATABASES


def only(database: str) -> pytest.MarkDecorator:
    """Run a test on this database alone, because the other one prevents the race by itself."""
    return pytest.mark.parametrize("database_url", [each for each in DATABASES if each == database], indirect=True)


def open_the_gate(monkeypatch: pytest.MonkeyPatch, instead: Callable[[object], None] = lambda _: None) -> None:
    """Take the lock of an edition's stock away, through which all go who promise or move copies."""
    monkeypatch.setattr(ledger, "lock_stock", instead)
    monkeypatch.setattr(ledger, "lock_stock_of", instead)

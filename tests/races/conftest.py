"""Applications for races: one that must hear no complaint, one whose sums a test may spoil."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from orders.database import db
from tests.conftest import make_app
from tests.races.together import complaints


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """It waits for the disk, as in earnest, and has met no other test."""
    return own_app


@pytest.fixture
def calm(app: Flask) -> Iterator[Flask]:
    """The application. The database must have had nothing to complain of: no lock, no deadlock, not even retried."""
    heard = complaints(app)
    yield app
    assert heard == []


@pytest.fixture
def spoilt(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application without the proof at the end, for showing what happens when a guard is missing."""
    app = make_app(database_url, tmp_path)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()

"""Fixtures for races: one application that fails on any database error, one whose sums a test may spoil."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from orders.database import db
from tests.conftest import as_it_was, make_app, proven
from tests.races.threads import complaints

_applications: dict[str, Flask] = {}  # those that races share, by the URL of their database


@pytest.fixture
def race_app(database_url: str, instance_folder: Path) -> Iterator[Flask]:
    """An application that no other test has met than races. It waits for the disk, as in production."""
    if database_url not in _applications:
        _applications[database_url] = make_app(database_url, instance_folder)
    with as_it_was(_applications[database_url]) as app:
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def app(race_app: Flask) -> Iterator[Flask]:
    with proven(race_app):
        yield race_app


@pytest.fixture
def strict_app(app: Flask) -> Iterator[Flask]:
    """The application. Fails on any database error: no lock, no deadlock, not even one that was retried."""
    with complaints(app) as heard:
        yield app
    assert heard == []


@pytest.fixture
def unchecked_app(race_app: Flask) -> Flask:
    """The application without the proof at the end, for showing what happens when a guard is missing."""
    return race_app

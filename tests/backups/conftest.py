"""Fixtures of backups: a place that is backed up, and empty places for what comes back."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from orders.backups.table_rows import go_on_counting, tables_of
from orders.database import db
from tests.backups.places import Place, fill_up_to, latest, new_database, place
from tests.conftest import DATABASES
from tests.faults.small_disk import small_disk


@pytest.fixture(scope="session")
def full_template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with a row in every table."""
    folder = tmp_path_factory.mktemp("full")
    with place(f"sqlite:///{folder}/pli.sqlite", folder) as app:
        fill_up_to(app, latest(app))
        with app.app_context(), db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / "pli.sqlite"


@pytest.fixture(scope="session")
def full_postgres(postgres_template: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a PostgreSQL database with a row in every table, to be copied."""
    with place(new_database(postgres_template, "full_template"), tmp_path_factory.mktemp("full")) as app:
        fill_up_to(app, latest(app))
        with app.app_context(), db.engine.begin() as connection:
            go_on_counting(connection, tables_of(connection).values())
    return "full_template"


@pytest.fixture
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """`new_place("sqlite")`, `new_place("postgresql", name="there")`: an installation with an empty database.

    It is migrated and holds nothing; `like="nothing"` makes it without tables, `like="full"` with a row in each.
    """
    with ExitStack() as open_places:

        def make(kind: str, name: str = "there", like: str = "migrated", **settings: Any) -> Flask:
            folder = tmp_path / name
            folder.mkdir()
            if kind == "sqlite":
                url = f"sqlite:///{folder}/pli.sqlite"
                if like != "nothing":
                    template = {"migrated": "sqlite_template", "full": "full_template"}[like]
                    shutil.copy(request.getfixturevalue(template), folder / "pli.sqlite")
            else:
                server: str = request.getfixturevalue("postgres_template")
                template = "template_pli" if like == "migrated" else "template0"
                if like == "full":
                    template = request.getfixturevalue("full_postgres")
                url = new_database(server, name, template)
            return open_places.enter_context(place(url, folder, **settings))

        yield make


@pytest.fixture(params=DATABASES)
def full(request: pytest.FixtureRequest, new_place: Place) -> Flask:
    """A place with a row in every table."""
    return new_place(request.param, name="here", like="full")


@pytest.fixture
def disk_of_16_kb(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 16) as disk:
        yield disk

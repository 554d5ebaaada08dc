"""Installations for backups: each an application with a database of its own, of either kind."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask

from orders.backups.table_rows import rows_of, tables_of
from orders.database import db
from tests import postgres
from tests.conftest import make_app
from tests.migrations import steps
from tests.migrations.steps import revisions

Place = Callable[..., Flask]


@contextmanager
def place(url: str, folder: Path, **settings: Any) -> Iterator[Flask]:
    """An installation on a database; closed at the end."""
    app = make_app(url, folder, **settings)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def new_database(server: str, name: str, template: str = "template0") -> str:
    postgres.administer(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    postgres.administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    return server % name


def fill_up_to(app: Flask, last: str) -> None:
    """Give it every migration up to the `last`, and a row in each table."""
    with app.app_context():
        steps.fill_up_to(app, last)
        db.engine.dispose()


def latest(app: Flask) -> str:
    return revisions(app)[-1]


def everything(app: Flask) -> dict[str, list[list[Any]]]:
    """Every row, by table, without what the commands note about themselves, and what changes with every change."""
    with app.app_context(), db.engine.connect() as connection:
        found = {name: list(rows_of(connection, table)) for name, table in tables_of(connection).items()}
    found.get("kept_rows_token", []).clear()
    for table in ("audit_entry", "backup_run"):
        found[table] = [row for row in found.get(table, []) if "command" not in row]
    return found


def flask(app: Flask, *arguments: str | Path, said: str = "", code: int = 0, piped: bytes | None = None) -> str:
    """Run a command of an installation; what it said, in which `said` must stand."""
    done = app.test_cli_runner().invoke(args=[str(each) for each in arguments], input=piped)
    assert done.exit_code == code, done.output or done.exception
    assert said in done.output, done.output
    return done.output

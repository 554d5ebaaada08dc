"""Steps through the migrations: with a row in every table, as in a database that is in use."""

from functools import cache
from os import PathLike
from pathlib import Path
from types import ModuleType
from typing import Any

from alembic import util
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection, text

from orders.schema import migrating
from orders.schema.migrating import upgrade
from tests.migrations.rows import ROWS

read_anew = util.load_python_file


@cache
def _read(file: Path) -> ModuleType:
    return read_anew(file.parent, file.name)


def read_once(dir_: str | PathLike[str], filename: str | PathLike[str]) -> ModuleType:
    """Alembic reads all migrations anew for each step, which takes longer than the step: here once in a process."""
    return _read(Path(dir_, filename)) if Path(dir_).name == "versions" else read_anew(dir_, filename)


util.load_python_file = read_once


def revisions(app: Flask) -> list[str]:
    """From the first to the latest."""
    scripts = ScriptDirectory(app.config["MIGRATIONS"])
    return [script.revision for script in scripts.walk_revisions()][::-1]


def revision_before(app: Flask, revision: str) -> str:
    """The revision that comes before another."""
    all_of_them = revisions(app)
    return all_of_them[all_of_them.index(revision) - 1]


def quoted(table: str) -> str:
    return f'"{table}"'


def fill(connection: Connection, revision: str) -> None:
    """Give each table that a migration made its row."""
    for table, rows in ROWS.get(revision, {}).items():
        for row in rows:
            names = ", ".join(row)
            values = ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {quoted(table)} ({names}) VALUES ({values})"), row)


def fill_up_to(app: Flask, last: str) -> None:
    """Give the database every migration up to the `last` in one run, and each table its row as soon as it is there.

    Opens no context of the application: call it inside one.
    """

    def fill_its_tables(*, ctx: Any, step: Any, **_rest: object) -> None:
        fill(ctx.connection, step.up_revision_id)

    migrating.extension()
    options = app.extensions["migrate"].configure_args
    options["on_version_apply"] = fill_its_tables
    try:
        upgrade(revision=last)
    finally:
        del options["on_version_apply"]

"""Migrations by their names: those that this version knows, and the latest that a database has."""

from functools import cache

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection


def revision_of(connection: Connection) -> str | None:
    """The latest migration that a database has; None for one without any."""
    return MigrationContext.configure(connection).get_current_revision()


def revisions() -> list[str]:
    """Every migration that this version knows, from the first to the latest."""
    return _revisions(current_app.config["MIGRATIONS"])


@cache
def _revisions(folder: str) -> list[str]:
    return [script.revision for script in ScriptDirectory(folder).walk_revisions()][::-1]

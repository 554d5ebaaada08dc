"""Migrations by their names: those that this version knows, and the latest that a database has."""

from functools import cache

from flask import current_app
from sqlalchemy import Connection


def revision_of(connection: Connection) -> str | None:
    """The latest migration that a database has; None for one without any."""
    from alembic.runtime.migration import MigrationContext  # late: 8 MB that few processes need

    return MigrationContext.configure(connection).get_current_revision()


def revisions() -> list[str]:
    """Every migration that this version knows, from the first to the latest."""
    return _revisions(current_app.config["MIGRATIONS"])


@cache
def _revisions(folder: str) -> list[str]:
    from alembic.script import ScriptDirectory

    return [script.revision for script in ScriptDirectory(folder).walk_revisions()][::-1]

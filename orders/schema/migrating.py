"""Flask-Migrate for this application, made when it is first needed: few processes change the schema."""

from typing import TYPE_CHECKING

from flask import current_app

from orders.database import db

if TYPE_CHECKING:
    from flask_migrate import Migrate


def extension() -> "Migrate":
    """Flask-Migrate, told about our database and our folder of migrations."""
    from flask_migrate import Migrate  # late: with Alembic and its templates 8 MB

    if "migrate" not in current_app.extensions:
        folder = current_app.config["MIGRATIONS"]
        Migrate(current_app, db, directory=folder, render_as_batch=True, compare_type=True)
    made: Migrate = current_app.extensions["migrate"].migrate
    return made


def upgrade(revision: str = "head") -> None:
    """Migrate forwards. A failure ends the process, as `flask db upgrade` does."""
    import flask_migrate

    extension()
    flask_migrate.upgrade(revision=revision)


def downgrade(revision: str) -> None:
    """Migrate backwards. A failure ends the process, as `flask db downgrade` does."""
    import flask_migrate

    extension()
    flask_migrate.downgrade(revision=revision)

"""`flask db`: the commands of Flask-Migrate, which are read when one of them is asked for."""

from typing import Any

import click
from flask.cli import ScriptInfo

from orders.schema import migrating


class LateCommands(click.Command):
    """Stands in for the group until it is used: with Alembic it takes 8 MB that no other command needs."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **settings: Any
    ) -> click.Context:
        from flask_migrate.cli import db as commands

        script = parent.ensure_object(ScriptInfo) if parent else ScriptInfo()
        with script.load_app().app_context():
            migrating.extension()
        return commands.make_context(info_name, args, parent, **settings)


db = LateCommands("db", help="Perform database migrations.")

"""How migrations run: all in one transaction, on the application's own engine (see `orders.schema.schema_transaction`).

A table that triggers name cannot be rebuilt, so those that keep the counts and the index of searches go first. They
come back at the end, made anew.
"""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, Enum

from orders.counts import sums, triggers
from orders.database import UtcDateTime, db
from orders.ordering import search_index
from orders.rows import kept_rows
from orders.schema.schema_transaction import schema_change
from orders.schema.unmodelled_names import is_unmodelled


def render_item(kind, item, _autogen):
    """Plain column types in migration files, so that they do not change when the models' own types do."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False


def include_name(name, _type, _parents):
    """What no model knows is not compared with the models."""
    return not is_unmodelled(name)


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        transactional_ddl=True,
        render_item=render_item,
        include_name=include_name,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        if not changes_something():
            context.run_migrations()  # `flask db current` and others that only look
            return
        triggers.remove(connection)
        search_index.remove(connection)
        context.run_migrations()
        sums.prepare(connection)
        search_index.prepare(connection)
        kept_rows.watch(connection)


def changes_something() -> bool:
    """Whether there is anything to migrate: counting a million orders anew takes a minute."""
    standing = context.get_context()
    return "destination_rev" in standing.opts and standing.get_current_revision() != context.get_revision_argument()


def run() -> None:
    """On the connection of whoever migrates as a part of something larger, or on one of our own."""
    given = context.config.attributes.get("connection")
    if given is not None:
        migrate(given)
        return
    with schema_change() as connection:
        migrate(connection)


run()

"""How migrations run: all of them in one transaction, on the application's own engine.

On SQLite a batch rebuilds its table, and with foreign keys enforced that would delete or refuse rows that point to
it. So they are off while migrations run (set before the transaction: inside one the setting does nothing), and
every reference is checked before anything is kept.
"""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, Enum

from orders import kept_rows
from orders.database import UtcDateTime, db
from orders.postgresql import unhurried


def render_item(kind, item, _autogen):
    """Plain column types in migration files, so that they do not change when the models' own types do."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        transactional_ddl=True,
        render_item=render_item,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
        kept_rows.watch(connection)
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
            raise RuntimeError(f"rows that point to nothing after the migration: {broken[:5]}")


def run() -> None:
    with db.engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
        if connection.dialect.name != "sqlite":
            with unhurried(connection):
                migrate(connection)
            return
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            migrate(connection)
        finally:
            connection.rollback()
            driver.execute("PRAGMA foreign_keys=ON")


run()

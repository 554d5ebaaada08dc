"""Changes of the schema: one transaction in which tables are altered, and rows loaded in any order.

On SQLite a batch rebuilds its table, and with foreign keys enforced that would delete or refuse rows that point to
it. So they are off inside (set before the transaction: in one the setting does nothing), and every reference is
checked before anything is kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from flask import current_app
from sqlalchemy import Connection

from orders.database import db
from orders.postgresql import unhurried
from orders.schema import migrating
from orders.schema.revisions import revision_of, revisions


@contextmanager
def schema_change() -> Iterator[Connection]:
    """A connection in a transaction that is kept as a whole, or not at all, and takes the time that it needs."""
    with db.engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
        if connection.dialect.name != "sqlite":
            with unhurried(connection), connection.begin():
                yield connection
            return
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                    raise BrokenReferences(f"rows that point to nothing: {[tuple(row) for row in broken[:5]]}")
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


class BrokenReferences(Exception):
    """Rows point to rows that are not there."""


def migrate_to(connection: Connection, revision: str) -> None:
    """Migrate forwards or backwards to one revision, inside the transaction of `schema_change`."""
    from alembic import command
    from alembic.config import Config

    standing = revision_of(connection)
    if standing == revision:
        return
    known = revisions()
    config = cast(Config, migrating.extension().get_config(current_app.config["MIGRATIONS"]))
    config.attributes["connection"] = connection
    is_back = standing is not None and known.index(standing) > known.index(revision)
    (command.downgrade if is_back else command.upgrade)(config, revision)

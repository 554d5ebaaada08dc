"""The index of pieces of three letters that searches begin at.

PostgreSQL has `pg_trgm`, if the database's user may create it; SQLite has FTS5 with the tokenizer `trigram`. Without
either every search is answered as well, from all orders, and takes as long as they are many. No model knows the index:
`migrations/env.py` takes it away before tables change, and makes it anew.
"""

import logging

from sqlalchemy import ColumnElement, Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from orders.database import db
from orders.ordering.models import Order
from orders.ordering.search_text import SHORTEST_PIECE, fold, forms_of
from orders.schema.unmodelled_names import SEARCH_INDEXES as INDEXES
from orders.schema.unmodelled_names import SEARCH_TABLE as TABLE

TRIGGERS = {"insert": ("new",), "update": ("old", "new"), "delete": ("old",)}
# A search may begin with a space, for the beginning of a word.
ROW = {
    "new": f"INSERT INTO {TABLE} (rowid, search, reference) "  # noqa: S608 our own names, here and below
    "VALUES (new.id, ' ' || new.search, new.reference)",
    "old": f"INSERT INTO {TABLE} ({TABLE}, rowid, search, reference) "  # noqa: S608
    "VALUES ('delete', old.id, ' ' || old.search, old.reference)",
}

logger = logging.getLogger(__name__)


def remove(connection: Connection) -> None:
    """Take away what would be in the way when a table is rebuilt."""
    if connection.dialect.name == "sqlite":
        for verb in TRIGGERS:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {TABLE}_{verb}")
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {TABLE}")


def prepare(connection: Connection) -> None:
    """Make the index, if there are orders to be found and the database can."""
    remove(connection)
    if not inspect(connection).has_table("order"):
        return
    try:
        with connection.begin_nested():
            (_prepare_sqlite if connection.dialect.name == "sqlite" else _prepare_postgresql)(connection)
    except DBAPIError as error:
        logger.warning("searches have no index of pieces: %s", str(error.orig).splitlines()[0])


def _prepare_postgresql(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    for name, column in zip(INDEXES, ("search", "reference"), strict=True):
        connection.exec_driver_sql(f'CREATE INDEX IF NOT EXISTS {name} ON "order" USING gin ({column} gin_trgm_ops)')


def _prepare_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5(search, reference, content='', tokenize='trigram')"
    )
    connection.exec_driver_sql(
        f"INSERT INTO {TABLE} (rowid, search, reference) SELECT id, ' ' || search, reference FROM \"order\""  # noqa: S608 our own names
    )
    for verb, sides in TRIGGERS.items():
        of = "OF search, reference" if verb == "update" else ""
        rows = "; ".join(ROW[side] for side in sides)
        connection.exec_driver_sql(f'CREATE TRIGGER {TABLE}_{verb} AFTER {verb} {of} ON "order" BEGIN {rows}; END')


def finds_more_than(typed: str, number: int) -> bool:
    """Whether the index itself says that more orders are found by a search. Only SQLite's can; a search with a word
    that is too short for it is not asked."""
    words = fold(typed).split()
    pieces = _pieces(typed)
    if not pieces or min(map(len, words)) < SHORTEST_PIECE or not _is_there():
        return False
    some = text(f"SELECT count(*) FROM (SELECT 1 FROM {TABLE} WHERE {TABLE} MATCH :pieces LIMIT :most)")  # noqa: S608 our own names
    return db.session.execute(some, {"pieces": pieces, "most": number + 1}).scalar_one() > number


def _is_there() -> bool:
    """Whether SQLite's index is there."""
    connection = db.session.connection()
    return connection.dialect.name == "sqlite" and inspect(connection).has_table(TABLE)


def looked_up(typed: str) -> list[ColumnElement[bool]]:
    """On SQLite, that an order is among those that the index finds for a search; nothing where it cannot help."""
    pieces = _pieces(typed)
    if not pieces or not _is_there():
        return []
    found = text(f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH :pieces")  # noqa: S608 our own names
    return [Order.id.in_(found.bindparams(pieces=pieces).columns(Order.id).scalar_subquery())]


def _pieces(typed: str) -> str:
    """What the index is asked: words that may be a piece of a reference, or else beginnings of words."""
    words = [forms_of(word) for word in fold(typed).split()]
    long = [forms for forms in words if min(map(len, forms)) >= SHORTEST_PIECE]
    asked = long or [forms for forms in words if min(map(len, forms)) == SHORTEST_PIECE - 1]
    return " AND ".join(f"({' OR '.join(map(_quoted, forms))})" for forms in asked)


def _quoted(form: str) -> str:
    return f'"{form}"' if len(form) >= SHORTEST_PIECE else f'" {form}"'

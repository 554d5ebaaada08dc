"""Rows out of a database and into one, table by table. The tables are read from the database, not from the models, so
that a database that lacks the latest migrations can be backed up before it is migrated."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    LargeBinary,
    MetaData,
    Table,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.types import NullType, TypeEngine

from orders.backups.column_values import Kind, kind_of, selected
from orders.counts.tables import COUNTS
from orders.schema.unmodelled_names import is_unmodelled

VERSION = "alembic_version"  # which migrations a database has; migrating writes it
MADE_ANEW = {count.table.name for count in COUNTS}  # they follow from other tables
AT_ONCE = 500  # rows that are fetched or inserted together
LARGEST_AT_ONCE = 4 * 1024**2  # letters of JSON


def tables_of(connection: Connection) -> dict[str, Table]:
    """Every table with its columns and its primary key, by name, but for those that follow from others."""
    kept = inspect(connection)
    keys = {name: key["constrained_columns"] for (_, name), key in kept.get_multi_pk_constraint().items() if key}
    return {
        name: Table(
            name,
            MetaData(),
            *(Column(each["name"], each["type"], primary_key=each["name"] in keys.get(name, [])) for each in columns),
        )
        for (_, name), columns in sorted(kept.get_multi_columns().items())
        if name != VERSION and name not in MADE_ANEW and not is_unmodelled(name)
    }


def rows_of(connection: Connection, table: Table) -> Iterator[list[Any]]:
    """The rows of a table in the order of its primary key, as JSON holds them."""
    kinds = [kind_of(column) for column in table.columns]
    wanted = select(*(selected(column) for column in table.columns)).order_by(*table.primary_key.columns)
    at_once = 1 if any(isinstance(column.type, LargeBinary) for column in table.columns) else AT_ONCE
    for row in connection.execute(wanted, execution_options={"yield_per": at_once}):
        yield [None if value is None else kind.write(value) for kind, value in zip(kinds, row, strict=True)]


def insert_rows(connection: Connection, table: Table, names: Sequence[str], rows: Iterable[list[Any]]) -> None:
    """Insert rows whose values stand in the order of `names`. The database's triggers and constraints see each."""
    into = insert(Table(table.name, MetaData(), *(Column(name, _bound(table.c[name])) for name in names)))
    for some in in_batches(rows):
        connection.execute(into, [dict(zip(names, row, strict=True)) for row in some])


def _bound(column: Column[Any]) -> TypeEngine[Any]:
    """JSON goes in as the text that came out."""
    return NullType() if isinstance(column.type, JSON) else column.type


def in_batches(rows: Iterable[list[Any]]) -> Iterator[list[list[Any]]]:
    """Rows by the hundreds, and fewer where they are large."""
    some: list[list[Any]] = []
    size = 0
    for row in rows:
        some.append(row)
        size += sum(len(value) for value in row if isinstance(value, str | bytes))
        if len(some) == AT_ONCE or size > LARGEST_AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some


def counts(connection: Connection, tables: Iterable[Table]) -> dict[str, int]:
    """How many rows each table has that has any."""
    found = {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables}
    return {name: rows for name, rows in found.items() if rows}


def kinds_of(table: Table) -> dict[str, Kind]:
    return {column.name: kind_of(column) for column in table.columns}


@contextmanager
def any_order(connection: Connection) -> Iterator[None]:
    """Inside, a row may come before the one that it points to; at the end every reference is checked.

    On SQLite `schema_change` sees to that. PostgreSQL puts the check off for constraints that say so.
    """
    if connection.dialect.name == "sqlite":
        yield
        return
    references = list(_references(connection))
    for table, name in references:
        connection.execute(text(f"ALTER TABLE {table} ALTER CONSTRAINT {name} DEFERRABLE INITIALLY DEFERRED"))
    yield
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    for table, name in references:
        connection.execute(text(f"ALTER TABLE {table} ALTER CONSTRAINT {name} NOT DEFERRABLE"))


def _references(connection: Connection) -> Iterator[tuple[str, str]]:
    """Each foreign key's table and name, quoted."""
    quote = connection.dialect.identifier_preparer.quote
    for (_, table), keys in inspect(connection).get_multi_foreign_keys().items():
        for key in keys:
            assert key["name"] is not None
            yield quote(table), quote(key["name"])


def go_on_counting(connection: Connection, tables: Iterable[Table]) -> None:
    """On PostgreSQL let every sequence go on after the highest number that was inserted; SQLite does by itself."""
    if connection.dialect.name == "sqlite":
        return
    quote = connection.dialect.identifier_preparer.quote
    for table in tables:
        for column in table.primary_key.columns:
            name = {"table": quote(table.name), "column": column.name}
            sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), name)
            if sequence is not None:
                highest = connection.scalar(select(func.max(column)))
                connection.execute(select(func.setval(sequence, highest or 1, highest is not None)))

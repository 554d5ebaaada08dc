"""Rows written and read without the session's unit of work, for what every order does: it costs a fifth.

The session would work out what depends on what, write row by row and build an object of every answer. Here one
statement writes all new rows of a kind at once, and a statement that returns plain values runs on the connection.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Column, CursorResult, Insert, Table, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql import Executable

from orders.control_characters import remove_control_characters
from orders.database import Model, db

T = TypeVar("T", bound=Model)


def new(kind: type[T], /, **values: Any) -> T:
    """A row that `write` will write, with text as the session would have cleaned it. Nothing is noted of how each value
    came, which takes most of the time that a row takes: so only columns, and only before the row is written."""
    row = kind()
    row.__dict__.update(cleaned(values))
    return row


def write(rows: Sequence[Model]) -> None:
    """Write new rows of one class, with the same attributes set, in one statement. What they refer to is written
    already. Added to the session afterwards, they are to it like rows that it has read."""
    kind = type(rows[0])
    written = db.session.connection().execute(_insert_returning(kind), [values_of(each) for each in rows])
    for row, number in zip(rows, written.scalars().all(), strict=True):
        row.id = number  # type: ignore[attr-defined]
        make_transient_to_detached(row)


def write_unless_taken(row: Model, column: str) -> bool:
    """Write a new row, unless another one has the same value in this unique column; whether it was written."""
    connection = db.session.connection()
    number = connection.execute(
        _insert_unless_taken(type(row), column, connection.dialect.name), values_of(row)
    ).scalar()
    if number is not None:
        row.id = number  # type: ignore[attr-defined]
        make_transient_to_detached(row)
    return number is not None


def insert(row: Model) -> None:
    """Write a new row and take it into the session."""
    write([row])
    db.session.add(row)


def insert_values(kind: type[Model], values: Sequence[Mapping[str, Any]]) -> None:
    """Write rows that nobody looks at in this transaction, all with the same columns; text without control characters,
    as in every row."""
    db.session.connection().execute(_insert(kind), [cleaned(each) for each in values])


def execute(statement: Executable, parameters: Mapping[str, Any]) -> CursorResult[*tuple[Any, ...]]:
    """Run a statement that returns values; what the session has still to write is written before."""
    session = db.session()
    session.flush()
    return session.connection().execute(statement, parameters)


def cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values without control characters, as the attributes of a row have them."""
    return {name: remove_control_characters(each) if isinstance(each, str) else each for name, each in values.items()}


def _set_defaults(row: Model) -> None:
    """Give a row what the session would give it, so that none of it has to be read afterwards."""
    for name, default in _defaults(type(row)).items():
        if name not in row.__dict__:
            set_committed_value(row, name, default(None) if callable(default) else default)


def values_of(row: Model) -> dict[str, Any]:
    """What stands in the columns of a new row, but its id."""
    _set_defaults(row)
    return {column: row.__dict__[name] for name, column in _columns(type(row)).items()}


@cache
def _defaults(kind: type[Model]) -> dict[str, Any]:
    """What stands in each column, but the generated one, where nothing is said."""
    written = {name: each.columns[0] for name, each in inspect(kind).column_attrs.items() if name != "id"}
    columns = {name: each.default for name, each in written.items() if isinstance(each, Column)}
    return {name: getattr(default, "arg", None) for name, default in columns.items()}


@cache
def _columns(kind: type[Model]) -> dict[str, str]:
    """The name of the column of each attribute, but the generated one."""
    attributes = inspect(kind).column_attrs
    return {name: attributes[name].columns[0].key for name in _defaults(kind)}


@cache
def _insert(kind: type[Model]) -> Insert:
    return _table(kind).insert()


@cache
def _insert_returning(kind: type[Model]) -> Insert:
    table = _table(kind)
    return table.insert().returning(table.c.id, sort_by_parameter_order=True)


@cache
def _insert_unless_taken(kind: type[Model], column: str, dialect: str) -> Insert:
    table = _table(kind)
    insert = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    return insert.on_conflict_do_nothing(index_elements=[column]).returning(table.c.id)


def _table(kind: type[Model]) -> Table:
    table = kind.__table__
    assert isinstance(table, Table)
    return table

"""Hundreds of rows by one statement: written, changed, and read by a list of values.

PostgreSQL gets them as one parameter: a statement of its own for each row would start the triggers of the counts each
time, and a list of parameters ends at 65,535. SQLite, which lives in the process, runs one statement over all rows.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Dialect, Table, TextClause, any_, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from orders.database import Model, db
from orders.rows import quick_rows

Values = Mapping[str, Any]


def among(column: InstrumentedAttribute[Any] | ColumnElement[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Whether a column has one of these values, however many they are."""
    if _dialect().name == "postgresql":
        return column == any_(bindparam(None, list(values), ARRAY(column.type)))
    listed = func.json_each(json.dumps(list(values))).table_valued("value")
    return column.in_(select(listed.c.value))


def write(rows: Sequence[Model]) -> None:
    """Write new rows of one class. What they refer to is written already. Added to the session afterwards, they are to
    it like rows that it has read."""
    if not rows:
        return
    for row, number in zip(rows, _new_ids(type(rows[0]), len(rows)), strict=True):
        row.id = number  # type: ignore[attr-defined]
    insert_values(type(rows[0]), [quick_rows.values_of(row) | {"id": row.id} for row in rows])  # type: ignore[attr-defined]
    for row in rows:
        make_transient_to_detached(row)


def insert(rows: Sequence[Model]) -> None:
    """Write new rows of one class that nobody looks at in this transaction."""
    if rows:
        insert_values(type(rows[0]), [quick_rows.values_of(row) for row in rows])


def insert_values(kind: type[Model], values: Sequence[Values]) -> None:
    """Write rows that nobody looks at in this transaction, all with the same columns."""
    if not values:
        return
    if _dialect().name != "postgresql":
        quick_rows.insert_values(kind, values)
        return
    columns = [_table(kind).c[name] for name in values[0]]
    names = ", ".join(f'"{each.name}"' for each in columns)
    values = [quick_rows.cleaned(each) for each in values]
    _run(f'INSERT INTO "{_table(kind).name}" ({names}) SELECT {names} FROM {_given(columns)}', columns, values)  # noqa: S608 our own names


def assign(row: Model, **values: Any) -> None:
    """Give a row values that `change` will write. The session does not learn of it, and has nothing to compare."""
    for name, value in values.items():
        set_committed_value(row, name, value)


def change(rows: Sequence[Model], *names: str) -> None:
    """Write what was assigned to these attributes of rows that are locked. A version counts one more.

    Raises `StaleDataError` where somebody else counted it meanwhile, as the session does.
    """
    if not rows:
        return
    kind = type(rows[0])
    is_counted = "version" in _table(kind).c
    known = ("id", "version") if is_counted else ("id",)
    columns = [_table(kind).c[name] for name in (*known, *names)]
    values = [{each.name: getattr(row, each.name) for each in columns} for row in rows]
    update = _update_from if _dialect().name == "postgresql" else _update_each
    found = update(kind, columns, values, is_counted=is_counted)
    if found != len(rows):
        raise StaleDataError(f"{len(rows)} rows of {_table(kind).name} were to be changed, {found} were as expected")
    for row in rows if is_counted else ():
        assign(row, version=row.version + 1)  # type: ignore[attr-defined]


def _update_from(
    kind: type[Model], columns: Sequence[Column[Any]], values: Sequence[Values], *, is_counted: bool
) -> int:
    table = _table(kind).name
    sets = [f'"{each.name}" = given."{each.name}"' for each in columns if each.name not in ("id", "version")]
    same = [f'"{table}".id = given.id']
    if is_counted:
        sets.append("version = given.version + 1")
        same.append(f'"{table}".version = given.version')
    statement = f'UPDATE "{table}" SET {", ".join(sets)} FROM {_given(columns)} WHERE {" AND ".join(same)}'  # noqa: S608 our own names
    return _run(statement, columns, values)


def _update_each(
    kind: type[Model], columns: Sequence[Column[Any]], values: Sequence[Values], *, is_counted: bool
) -> int:
    table = _table(kind)
    changed = [each for each in columns if each.name not in ("id", "version")]
    sets: dict[str, Any] = {each.name: bindparam(f"new_{each.name}", type_=each.type) for each in changed}
    statement = table.update().where(table.c.id == bindparam("new_id"))
    if is_counted:
        sets["version"] = table.c.version + 1
        statement = statement.where(table.c.version == bindparam("new_version"))
    given = [{f"new_{name}": each[name] for name in each} for each in values]
    return db.session.connection().execute(statement.values(sets), given).rowcount


def _new_ids(kind: type[Model], number: int) -> Sequence[int]:
    """Ids that no row has or will have. On SQLite this transaction is the only one that writes."""
    table = _table(kind)
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        sequence = func.nextval(func.pg_get_serial_sequence(f'"{table.name}"', "id"))
        return connection.execute(select(sequence).select_from(func.generate_series(1, number))).scalars().all()
    last = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
    return range(last + 1, last + 1 + number)


def _given(columns: Sequence[Column[Any]]) -> str:
    """The rows of the parameter as a table."""
    typed = ", ".join(f'"{each.name}" {each.type.compile(_dialect())}' for each in columns)
    return f"json_to_recordset(CAST(:rows AS json)) AS given({typed})"


def _run(statement: str, columns: Sequence[Column[Any]], values: Sequence[Values]) -> int:
    """Returns how many rows it was about."""
    written = {each.name: _as_json(each, _dialect()) for each in columns}
    rows = [{name: written[name](value) for name, value in each.items()} for each in values]
    prepared: TextClause = text(statement)
    return db.session.connection().execute(prepared, {"rows": json.dumps(rows, default=_day_or_moment)}).rowcount


def _as_json(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any]:
    """How a value of a column stands in the parameter."""
    processor = None if isinstance(column.type, JSON) else column.type.dialect_impl(dialect).bind_processor(dialect)
    return processor or (lambda value: value)


def _day_or_moment(value: object) -> str:
    assert isinstance(value, date)
    return value.isoformat()


def _dialect() -> Dialect:
    return db.session.get_bind().dialect


def _table(kind: type[Model]) -> Table:
    table = kind.__table__
    assert isinstance(table, Table)
    return table

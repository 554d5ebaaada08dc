"""The triggers that keep the counts, made anew after every migration.

A change subtracts what the rows were and adds what they are. PostgreSQL does so once for a statement, SQLite once for
each row. An order's lines count by their order's facts, so a changed order counts its lines anew. Whoever changes
lines and their order at once holds the order's lock, as all rules do.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from orders.counts.tables import COUNTED, Count

DAY_POSTGRESQL = "CAST({at} AT TIME ZONE 'Europe/Brussels' AS date)"
# Of SQLite, which knows no zones, and rounds to a thousandth of a second. Summer time, since 1996: from the last Sunday
# of March to that of October, 1 h UTC.
_SWITCH = "date(strftime('%Y', {{at}}) || '{}', 'weekday 0') || ' 01:00:00'"
DAY_SQLITE = (
    f"date(substr({{at}}, 1, 19), CASE WHEN {{at}} >= {_SWITCH.format('-03-25')} "
    f"AND {{at}} < {_SWITCH.format('-10-25')} THEN '+2 hours' ELSE '+1 hours' END)"
)
MOMENTS = {"order": "o.placed_at", "order_line": "o.placed_at", "movement": "m.at"}
SOURCES = {"order": '"order" AS o', "order_line": 'order_line AS l JOIN "order" AS o ON o.id = l.order_id'}
SOURCES["movement"] = "movement AS m"
VERBS = {"insert": ("new",), "update": ("old", "new"), "delete": ("old",)}
SIGN = {"old": "-1", "new": "1"}


def remove(connection: Connection) -> None:
    """Take the triggers away: a migration that rebuilds a table cannot, while they name it."""
    for table in COUNTED:
        for verb in VERBS:
            name = f"{table}_counts_{verb}"
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            else:
                connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name} CASCADE")


def install(connection: Connection, counts: Sequence[Count]) -> None:
    """Make the triggers that keep these counts, where none are left of them."""
    for statement in _sqlite(counts) if connection.dialect.name == "sqlite" else _postgresql(counts):
        connection.exec_driver_sql(statement)


def _sqlite(counts: Sequence[Count]) -> Iterator[str]:
    for table, always in COUNTED.items():
        columns = [*always, *(each for count in counts if count.source == table for each in count.later)]
        for verb, sides in VERBS.items():
            rows = {side: f"(SELECT {', '.join(f'{side}.{each} AS {each}' for each in columns)})" for side in sides}
            is_changed = " OR ".join(f"old.{each} IS NOT new.{each}" for each in columns)
            only = (f"OF {', '.join(columns)}", f"WHEN {is_changed}") if verb == "update" else ("", "")
            yield (
                f'CREATE TRIGGER {table}_counts_{verb} AFTER {verb} {only[0]} ON "{table}" {only[1]} '
                f"BEGIN {'; '.join(_changes(counts, table, rows, DAY_SQLITE))}; END"
            )


def _postgresql(counts: Sequence[Count]) -> Iterator[str]:
    for table in COUNTED:
        for verb, sides in VERBS.items():
            rows = {side: f"{side}_rows" for side in sides}
            name = f"{table}_counts_{verb}"
            yield (
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN {'; '.join(_changes(counts, table, rows, DAY_POSTGRESQL))}; RETURN NULL; END $$"
            )
            tables = " ".join(f"{side} TABLE AS {side}_rows" for side in sides)
            yield (
                f'CREATE TRIGGER {name} AFTER {verb} ON "{table}" REFERENCING {tables} '
                f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            )


def _changes(counts: Sequence[Count], table: str, rows: dict[str, str], day: str) -> Iterator[str]:
    """An INSERT for each count that follows from a table; `rows`: where its old and its new rows are."""
    for count in counts:
        if table in (count.source, "order") and not (table == "order" and count.source == "movement"):
            parts = (contribution(count, _source(count, table, rows[side]), day, SIGN[side]) for side in rows)
            sums = ", ".join(f"sum({name})" for name in count.figures)
            keys = ", ".join(count.keys)
            yield (
                f"INSERT INTO {count.table.name} ({', '.join(count.columns)}, is_sum) "
                f"SELECT {keys}, {sums}, false FROM ({' UNION ALL '.join(parts)}) AS change GROUP BY {keys} "
                f"HAVING {' OR '.join(f'sum({name}) <> 0' for name in count.figures)}"
            )


def _source(count: Count, table: str, rows: str) -> str:
    """What a count is made from, with these rows in the place of a table."""
    if table == count.source:
        return SOURCES[table].replace(f'"{table}" AS' if table == "order" else f"{table} AS", f"{rows} AS", 1)
    return f"{rows} AS o JOIN order_line AS l ON l.order_id = o.id"


def counted(count: Count, connection: Connection) -> str:
    """All that a count is made from, as its rows."""
    day = DAY_SQLITE if connection.dialect.name == "sqlite" else DAY_POSTGRESQL
    return contribution(count, SOURCES[count.source], day)


def contribution(count: Count, source: str, day: str, sign: str = "1") -> str:
    """The rows that a source adds to a count, or with the sign -1 takes from it."""
    columns = [f"{said} AS {name}" for name, said in count.keys.items()]
    columns += [f"{sign} * ({said}) AS {name}" for name, said in count.figures.items()]
    selected = ", ".join(columns).format(day=day.format(at=MOMENTS[count.source]))
    return f"SELECT {selected} FROM {source}"

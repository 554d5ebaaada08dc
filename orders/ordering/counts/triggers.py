"""The triggers that keep the counts, made anew after every migration.

A change subtracts what the rows were and adds what they are. PostgreSQL does so once for a statement, SQLite once for
each row. An order's lines count by their order's facts, so a changed order counts its lines anew. Whoever changes
lines and their order at once holds the order's lock, as all rules do.
"""

from collections.abc import Iterator

from sqlalchemy import Connection

from orders.ordering.counts.tables import COUNTS, OF_LINES, OF_ORDERS, Count

DAY_POSTGRESQL = "CAST(o.placed_at AT TIME ZONE 'Europe/Brussels' AS date)"
# Of SQLite, which knows no zones. Summer time, since 1996: from the last Sunday of March to that of October, 1 h UTC.
_SWITCH = "date(strftime('%Y', o.placed_at) || '{}', 'weekday 0') || ' 01:00:00'"
DAY_SQLITE = (
    f"date(o.placed_at, CASE WHEN o.placed_at >= {_SWITCH.format('-03-25')} "
    f"AND o.placed_at < {_SWITCH.format('-10-25')} THEN '+2 hours' ELSE '+1 hours' END)"
)
VERBS = {"insert": ("new",), "update": ("old", "new"), "delete": ("old",)}
SIGN = {"old": "-1", "new": "1"}
TABLES = {"order": OF_ORDERS, "order_line": OF_LINES}


def remove(connection: Connection) -> None:
    """Take the triggers away: a migration that rebuilds a table cannot, while they name it."""
    for table in TABLES:
        for verb in VERBS:
            name = f"{table}_counts_{verb}"
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            else:
                connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name} CASCADE")


def install(connection: Connection) -> None:
    """Make the triggers, where none are left of them."""
    for statement in _sqlite() if connection.dialect.name == "sqlite" else _postgresql():
        connection.exec_driver_sql(statement)


def day(connection: Connection) -> str:
    """The day in Brussels on which an order `o` was placed."""
    return DAY_SQLITE if connection.dialect.name == "sqlite" else DAY_POSTGRESQL


def _sqlite() -> Iterator[str]:
    for table, columns in TABLES.items():
        for verb, sides in VERBS.items():
            rows = {
                side: f"(SELECT {', '.join(f'{side}.{each} AS {each}' for each in columns)})" for side in sides
            }
            changes = (each.format(day=DAY_SQLITE) for each in _changes(table, rows))
            when, of = "", ""
            if verb == "update":
                of = f"OF {', '.join(columns)}"
                when = f"WHEN {' OR '.join(f'old.{each} IS NOT new.{each}' for each in columns)}"
            yield (
                f'CREATE TRIGGER {table}_counts_{verb} AFTER {verb} {of} ON "{table}" {when} '
                f"BEGIN {'; '.join(changes)}; END"
            )


def _postgresql() -> Iterator[str]:
    for table in TABLES:
        for verb, sides in VERBS.items():
            rows = {side: f"{side}_rows" for side in sides}
            changes = (each.format(day=DAY_POSTGRESQL) for each in _changes(table, rows))
            name = f"{table}_counts_{verb}"
            yield (
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN {'; '.join(changes)}; RETURN NULL; END $$"
            )
            tables = " ".join(f"{side} TABLE AS {side}_rows" for side in sides)
            yield (
                f'CREATE TRIGGER {name} AFTER {verb} ON "{table}" REFERENCING {tables} '
                f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            )


def _changes(table: str, rows: dict[str, str]) -> Iterator[str]:
    """An INSERT for each count that follows from a table; `rows`: where its old and its new rows are."""
    for count in COUNTS:
        if table == "order" or count.is_of_lines:
            parts = " UNION ALL ".join(_contribution(count, table, rows[side], SIGN[side]) for side in rows)
            sums = ", ".join(f"sum({name})" for name in count.figures)
            keys = ", ".join(count.keys)
            yield (
                f"INSERT INTO {count.table.name} ({', '.join(count.columns)}, is_sum) "
                f"SELECT {keys}, {sums}, false FROM ({parts}) AS change GROUP BY {keys} "
                f"HAVING {' OR '.join(f'sum({name}) <> 0' for name in count.figures)}"
            )


def _contribution(count: Count, table: str, rows: str, sign: str) -> str:
    """What rows of a table add to a count, or with the sign -1 take from it."""
    source = f"{rows} AS o" if table == "order" else f'{rows} AS l JOIN "order" AS o ON o.id = l.order_id'
    if table == "order" and count.is_of_lines:
        source += " JOIN order_line AS l ON l.order_id = o.id"
    return contribution(count, source, sign)


def contribution(count: Count, source: str, sign: str = "1") -> str:
    """The rows that orders, and their lines, add to a count."""
    columns = [f"{said} AS {name}" for name, said in count.keys.items()]
    columns += [f"{sign} * ({said}) AS {name}" for name, said in count.figures.items()]
    return f"SELECT {', '.join(columns)} FROM {source}"

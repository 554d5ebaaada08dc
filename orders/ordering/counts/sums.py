"""The counts as a whole: made anew, put together, and proved against the orders."""

from collections.abc import Iterator

from sqlalchemy import Connection, inspect, text

from orders.database import db
from orders.ordering.counts import triggers
from orders.ordering.counts.tables import COUNTS, OF_LINES, OF_ORDERS, Count
from orders.stock.integrity import Discrepancy

ENOUGH = 500  # changes that are worth being put together


def prepare(connection: Connection) -> None:
    """Make triggers and counts anew, where all tables that they need are there: after migrations."""
    needed = {count.table.name: set(count.table.c.keys()) for count in COUNTS}
    needed |= {"order": set(OF_ORDERS), "order_line": set(OF_LINES)}
    found = inspect(connection)
    tables = set(found.get_table_names())
    for name, columns in needed.items():
        if name not in tables or not columns <= {each["name"] for each in found.get_columns(name)}:
            return
    triggers.install(connection)
    for count in COUNTS:
        connection.exec_driver_sql(f"DELETE FROM {count.table.name}")
        connection.exec_driver_sql(_insert(count, _counted(count, connection)))


def roll_up() -> bool:
    """Put together the changes of each count, where there are enough of them; whether there were."""
    return any([_roll_up(count) for count in COUNTS if _has_changes(count)])


def _has_changes(count: Count) -> bool:
    changes = f"SELECT 1 FROM {count.table.name} WHERE NOT is_sum LIMIT {ENOUGH}"
    return db.session.scalar(text(f"SELECT count(*) FROM ({changes}) AS change")) == ENOUGH


def _roll_up(count: Count) -> bool:
    name = count.table.name
    added = ", ".join(f"{each} = {name}.{each} + excluded.{each}" for each in count.figures)
    keep = f"ON CONFLICT ({', '.join(count.keys)}) WHERE is_sum DO UPDATE SET {added}"
    remove = f"DELETE FROM {name} WHERE NOT is_sum"
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text(f"WITH change AS ({remove} RETURNING *) {_insert(count, 'change')} {keep}"))
        return True
    db.session.execute(text(f"{_insert(count, name, 'NOT is_sum')} {keep}"))
    db.session.execute(text(remove))
    return True


def verify() -> Iterator[Discrepancy]:
    """Every count that differs from what the orders say, recomputed by the database."""
    for count in COUNTS:
        keys, figures = ", ".join(count.keys), list(count.figures)
        kept = f"SELECT {keys}, {', '.join(figures)} FROM {count.table.name}"
        counted = f"SELECT {keys}, {', '.join(f'-{each}' for each in figures)} FROM {_counted(count, _connection())}"
        sums = ", ".join(f"sum({each})" for each in figures)
        wrong = " OR ".join(f"sum({each}) <> 0" for each in figures)
        rows = db.session.execute(
            text(f"SELECT {keys}, {sums} FROM ({kept} UNION ALL {counted}) AS one GROUP BY {keys} HAVING {wrong}")
        )
        for row in rows.mappings():
            about = ", ".join(f"{key} {row[key]}" for key in count.keys)
            for figure, more in zip(figures, list(row.values())[len(count.keys) :], strict=True):
                if more:
                    yield Discrepancy(f"{count.table.name} of {about}: {figure}", "what is kept", f"{int(more)} more")


def _connection() -> Connection:
    return db.session.connection()


def _counted(count: Count, connection: Connection) -> str:
    """All orders, as rows of a count."""
    source = '"order" AS o' + (" JOIN order_line AS l ON l.order_id = o.id" if count.is_of_lines else "")
    return f"({triggers.contribution(count, source)}) AS counted".format(day=triggers.day(connection))


def _insert(count: Count, source: str, condition: str = "true") -> str:
    keys, sums = ", ".join(count.keys), ", ".join(f"sum({each})" for each in count.figures)
    return (
        f"INSERT INTO {count.table.name} ({', '.join(count.columns)}, is_sum) "
        f"SELECT {keys}, {sums}, true FROM {source} WHERE {condition} GROUP BY {keys}"
    )

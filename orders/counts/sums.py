"""The counts as a whole: made anew, put together, and proved against the orders."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text

from orders.counts import triggers
from orders.counts.tables import COUNTED, COUNTS, Count
from orders.database import db

ENOUGH = 500  # changes that are worth being put together


def prepare(connection: Connection) -> None:
    """Make triggers and counts anew, as far as tables and columns are there: after migrations, after a restore."""
    triggers.remove(connection)
    if not (counts := _possible(connection)):
        return
    triggers.install(connection, counts)
    for count in counts:
        connection.exec_driver_sql(f"DELETE FROM {count.table.name}")
        connection.exec_driver_sql(_insert(count, f"({triggers.counted(count, connection)}) AS one"))


def _possible(connection: Connection) -> list[Count]:
    """The counts that a database can keep which has not run every migration."""
    found = inspect(connection)
    there = {name: {each["name"] for each in found.get_columns(name)} for name in found.get_table_names()}
    if not all(set(columns) <= there.get(name, set()) for name, columns in COUNTED.items()):
        return []
    needed = ({count.table.name: {*count.table.c.keys()}, count.source: {*count.later}} for count in COUNTS)
    can_be = [all(columns <= there.get(name, set()) for name, columns in each.items()) for each in needed]
    return [count for count, is_there in zip(COUNTS, can_be, strict=True) if is_there]


def are_many() -> bool:
    """Whether a count has so many changes that `roll_up` is worth its time."""
    return any(_has_many_changes(count) for count in COUNTS)


def roll_up() -> None:
    """Put together the changes of every count. Nobody who orders meanwhile waits."""
    for count in COUNTS:
        _roll_up(count)


def _has_many_changes(count: Count) -> bool:
    changes = f"SELECT 1 FROM {count.table.name} WHERE NOT is_sum LIMIT {ENOUGH}"
    return db.session.scalar(text(f"SELECT count(*) FROM ({changes}) AS change")) == ENOUGH


def _roll_up(count: Count) -> None:
    name = count.table.name
    added = ", ".join(f"{each} = {name}.{each} + excluded.{each}" for each in count.figures)
    keep = f"ON CONFLICT ({', '.join(count.keys)}) WHERE is_sum DO UPDATE SET {added}"
    remove = f"DELETE FROM {name} WHERE NOT is_sum"
    if db.session.get_bind().dialect.name == "postgresql":  # in one statement, which sees one moment
        db.session.execute(text(f"WITH change AS ({remove} RETURNING *) {_insert(count, 'change')} {keep}"))
    else:
        db.session.execute(text(f"{_insert(count, name, 'NOT is_sum')} {keep}"))
        db.session.execute(text(remove))


@dataclass(frozen=True, slots=True)
class WrongCount:
    """A figure that differs from what is counted now: where it stands, and by how much it is too large."""

    about: str
    more: int


def verify() -> Iterator[WrongCount]:
    """Every count that differs from what is there to be counted, recomputed by the database."""
    connection = db.session.connection()
    for count in COUNTS:
        keys, figures = ", ".join(count.keys), list(count.figures)
        minus = ", ".join(f"-{each}" for each in figures)
        both = (
            f"SELECT {keys}, {', '.join(figures)} FROM {count.table.name} "
            f"UNION ALL SELECT {keys}, {minus} FROM ({triggers.counted(count, connection)}) AS counted"
        )
        sums = ", ".join(f"sum({each})" for each in figures)
        wrong = " OR ".join(f"sum({each}) <> 0" for each in figures)
        found = f"SELECT {keys}, {sums} FROM ({both}) AS one GROUP BY {keys} HAVING {wrong}"
        for row in db.session.execute(text(found)):
            at = ", ".join(str(value) for value in row[: len(count.keys)])
            for figure, more in zip(figures, row[len(count.keys) :], strict=True):
                if more:
                    yield WrongCount(f"{figure} in {count.table.name} of {at}", int(more))


def _insert(count: Count, source: str, condition: str = "true") -> str:
    keys, sums = ", ".join(count.keys), ", ".join(f"sum({each})" for each in count.figures)
    return (
        f"INSERT INTO {count.table.name} ({', '.join(count.columns)}, is_sum) "
        f"SELECT {keys}, {sums}, true FROM {source} WHERE {condition} GROUP BY {keys}"
    )

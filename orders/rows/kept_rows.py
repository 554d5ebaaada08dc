"""Rows that rarely change, read once by each process: the catalogue, the audiences, the tariff, where
letters can be left.

A token in the database says whether what a process holds is still so: triggers put a new, random one there in the
transaction of every change to a table of `WATCHED`, however it is made. No token comes back, so neither a rollback nor
a restored backup makes old rows look current.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Generic, TypeVar

from flask import current_app
from sqlalchemy import Connection, String, inspect, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from orders.database import Model, db

T = TypeVar("T")

WATCHED = (
    *("edition", "defended_person", "edition_link", "publication", "allowance", "audience"),
    *("packaging", "postage_rate", "drop_off_point"),
)
TABLE = "kept_rows_token"
VERBS = ("INSERT", "UPDATE", "DELETE")


class KeptRowsToken(Model):
    """The one row that is another one after every change of a watched table."""

    __tablename__ = TABLE

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(String(32))


_TOKEN = select(KeptRowsToken.token)


@dataclass(frozen=True, slots=True)
class _Kept(Generic[T]):
    token: str | None
    checked_at: float
    rows: T


class KeptRows(Generic[T]):
    """What `read` returns. Its rows belong to no session, and all requests of the process share them: only to be read.

    `read` loads whatever of the rows is looked at later. A rule that links new rows to them takes `attached` copies.
    """

    def __init__(self, name: str, read: Callable[[Session], T]) -> None:
        self._name = name
        self._read = read

    def current(self) -> T:
        """The rows as this transaction sees them, for one short statement where nothing changed."""
        token = db.session.connection().execute(_TOKEN).scalar()
        kept = self._kept()
        rows = kept.rows if kept and kept.token == token else self._read_afresh()
        current_app.extensions[self._name] = _Kept(token, monotonic(), rows)
        return rows

    def recent(self) -> T:
        """The rows as they were at most `FORM_KEPT_SECONDS` ago."""
        kept = self._kept()
        is_recent = kept and monotonic() - kept.checked_at < current_app.config["FORM_KEPT_SECONDS"]
        return kept.rows if kept and is_recent else self.current()

    def _kept(self) -> _Kept[T] | None:
        return current_app.extensions.get(self._name)

    def _read_afresh(self) -> T:
        connection = db.session.connection()
        with Session(bind=connection, join_transaction_mode="rollback_only") as session:
            rows = self._read(session)
            session.expunge_all()
        return rows


def attached(row: T) -> T:
    """A copy of a kept row in this session, for rules that link new rows to it. Nothing is read."""
    return db.session.merge(row, load=False)


def watch(connection: Connection) -> None:
    """Make the triggers anew, where the tables are there: after migrations, which may rebuild a table without them."""
    tables = set(inspect(connection).get_table_names())
    if TABLE in tables:
        for statement in _ddl(connection.dialect.name, [name for name in WATCHED if name in tables]):
            connection.exec_driver_sql(statement)


def _ddl(dialect: str, tables: list[str]) -> list[str]:
    another = "hex(randomblob(16))" if dialect == "sqlite" else "md5(gen_random_uuid()::text)"
    change = f"UPDATE {TABLE} SET token = {another}"  # noqa: S608 our own words
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {table}_{verb.lower()}_is_noted AFTER {verb} ON {table} BEGIN {change}; END"
            for table in tables
            for verb in VERBS
        ]
    note = (
        "CREATE OR REPLACE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {change}; RETURN NULL; END $$"
    )
    verbs = " OR ".join((*VERBS, "TRUNCATE"))
    return [
        note,
        *(
            f"CREATE OR REPLACE TRIGGER {table}_is_noted AFTER {verbs} ON {table} EXECUTE FUNCTION note_change()"
            for table in tables
        ),
    ]

"""The database: the engine's settings, transactions (the only place that commits), and append-only tables.

On SQLite one writer works at a time: `transact` begins IMMEDIATE, so that no transaction fails half-way because another
one wrote first; pages that only read stay DEFERRED and never wait. On PostgreSQL, READ COMMITTED with the locks that
the rules take (`stock.ledger.lock_stock`).
"""

import enum
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    String,
    Text,
    TypeDecorator,
    event,
    inspect,
    make_url,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import ColumnProperty, DeclarativeBase, InstrumentedAttribute

from orders import postgresql
from orders.control_characters import remove_control_characters
from orders.sqlite_write_queue import FairLock

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 60  # seconds that a writer on SQLite waits for another process, such as a large import
CACHE = 8_000  # kB of an SQLite file that a connection caches; 2 MB, its default, is less than one index
THREADS = 16  # of the web server: each may hold one connection
TRIES = 4  # one, and three more after a deadlock or a serialization failure
DEADLOCK_OR_SERIALIZATION = {"40P01", "40001"}


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


@event.listens_for(db.Model, "attribute_instrument", propagate=True)
def _clean_text(_model: type[object], _name: str, attribute: InstrumentedAttribute[Any]) -> None:
    """Remove control characters from every value that is set in a column of text."""
    column = getattr(attribute, "property", None)
    if isinstance(column, ColumnProperty) and type(column.columns[0].type) in (String, Text):
        event.listen(attribute, "set", _cleaned, retval=True)


def _cleaned(_row: object, value: Any, _before: Any, _event: Any) -> Any:
    return remove_control_characters(value) if isinstance(value, str) else value


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept as UTC. SQLite has no time zones, so its values are read as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a zone cannot be kept: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def choice(kind: type[enum.Enum]) -> Enum:
    """A column that holds the value of one member of an enumeration, as text."""
    return Enum(
        kind,
        native_enum=False,
        length=20,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
    )


def init_app(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _prepare_sqlite(db.engine)
            app.extensions["pli_writers"] = FairLock(db.engine.url.database)
        else:
            postgresql.limit_waiting(db.engine, app.config["DATABASE_SECONDS"])


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's BEGIN below is the only one
        for pragma in (
            "journal_mode=WAL",
            "foreign_keys=ON",
            "synchronous=FULL",
            "secure_delete=ON",
            f"busy_timeout={PATIENCE * 1000}",
            f"cache_size=-{CACHE}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        kind = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {kind}")


@contextmanager
def transaction() -> Iterator[None]:
    """Commit everything inside together, or nothing. A door opens it around one rule; it cannot be nested."""
    session = db.session
    if session.info.get("in_transaction"):
        raise RuntimeError("a rule opened a transaction: only doors do")
    session.rollback()  # ends the read snapshot that the sign-in guard may have opened
    writers: FairLock | None = current_app.extensions.get("pli_writers")
    with writers.turn() if writers else nullcontext():
        session.info["in_transaction"] = True
        try:
            session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
            yield
            session.commit()
        finally:
            session.info["in_transaction"] = False
            session.rollback()


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything inside reads the database as it was at one moment. Nothing is committed."""
    session = db.session
    session.rollback()
    try:
        if session.get_bind().dialect.name == "postgresql":
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield
    finally:
        session.rollback()


def transact(rule: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run one rule in one transaction, again (at most three times) when PostgreSQL broke a deadlock."""
    for last in range(TRIES):
        try:
            with transaction():
                return rule(*args, **kwargs)
        except DBAPIError as error:
            if last == TRIES - 1 or getattr(error.orig, "sqlstate", None) not in DEADLOCK_OR_SERIALIZATION:
                raise
    raise AssertionError("unreachable")


def append_only(connection: Connection, table: str) -> None:
    """Make the database itself refuse to change or delete rows of a table.

    Migrations call it, also after any batch on that table: SQLite's batch mode rebuilds it without triggers.
    """
    for statement in _sqlite_ddl(connection, table) if connection.dialect.name == "sqlite" else _postgres_ddl(table):
        connection.exec_driver_sql(statement)


def _sqlite_ddl(connection: Connection, table: str) -> list[str]:
    """Triggers against every change. INSERT OR REPLACE deletes without passing the one on DELETE, so a row whose key
    or other unique value is there already is refused before it is inserted."""
    kept = inspect(connection)
    unique = [kept.get_pk_constraint(table)["constrained_columns"]]
    unique += [each["column_names"] for each in kept.get_unique_constraints(table)]
    is_there = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {' AND '.join(f'{name} = NEW.{name}' for name in names)})"  # noqa: S608 our own names
        for names in unique
    )
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    return [
        *(
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table} {refuse}"
            for verb in ("UPDATE", "DELETE")
        ),
        f"DROP TRIGGER IF EXISTS {table}_no_replace",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {is_there} {refuse}",
    ]


def _postgres_ddl(table: str) -> list[str]:
    refuse = (
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
    )
    return [
        refuse,
        f"CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    ]


def is_migrated() -> bool:
    """Whether the database answers and stands at the latest migration."""
    from alembic.runtime.migration import MigrationContext  # late: 8 MB that few processes need
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(current_app.config["MIGRATIONS"])
    try:
        standing = MigrationContext.configure(db.session.connection()).get_current_heads()
    except DBAPIError:
        return False
    return set(standing) == set(scripts.get_heads())


def engine_options(url: str, seconds: int) -> dict[str, Any]:
    """How the engine is opened. On PostgreSQL a request waits `seconds` in all. Errors do not quote values."""
    options: dict[str, Any] = {"hide_parameters": True}
    if not url.startswith("sqlite"):
        return options | {"pool_size": THREADS, **postgresql.engine_options(url, seconds)}
    options["connect_args"] = {"timeout": PATIENCE, "check_same_thread": False}
    return options | {"pool_size": THREADS} if make_url(url).database else options

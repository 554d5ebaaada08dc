"""One PostgreSQL database for many tests, emptied before each, which is quicker than making a new one.

Emptying takes a millisecond, a new database seventy, and the connections of an application may stay open. A database
whose tables a test has altered is thrown away.
"""

from types import TracebackType

import psycopg

from tests import postgres

NAME = "pli"
TRUNCATE_EVERY = 50  # times; deleted rows are left in the files, and every query reads past them

# A row for each command that altered a table or another object.
PREPARE = """
CREATE TABLE kept.altered ();
CREATE FUNCTION kept.note_altered() RETURNS event_trigger LANGUAGE plpgsql AS
    'BEGIN INSERT INTO kept.altered DEFAULT VALUES; END';
CREATE EVENT TRIGGER note_altered ON ddl_command_end EXECUTE FUNCTION kept.note_altered();
"""
END_TRANSACTIONS = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""
TABLES = "SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public'"
SEQUENCES = """
SELECT format('%L, %s, %L', format('%I.%I', schemaname, sequencename), coalesce(last_value, 1), last_value IS NOT NULL)
FROM pg_sequences WHERE schemaname = 'public'
"""


class ReusedDatabase:
    """The database `pli` of a server, a copy of a migrated template to begin with."""

    def __init__(self, server: str, template: str) -> None:
        self._server = server
        self._template = template
        self._prepare_template()
        self._connection = self._make()
        self._times = 0

    def __enter__(self) -> "ReusedDatabase":
        return self

    def __exit__(self, _kind: type | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self._connection.close()

    def emptied(self) -> str:
        """The URL of the database, with the rows that the migrations made and no other."""
        if self.is_altered():
            self._connection.close()
            self._connection = self._make()
        else:
            self._empty()
        return self._server % NAME

    def is_altered(self) -> bool:
        """Whether a test altered a table: the next `emptied` makes a new database, and ends all connections."""
        return self._connection.execute("SELECT 1 FROM kept.altered LIMIT 1").fetchone() is not None

    def _prepare_template(self) -> None:
        with postgres.connect(self._server, self._template) as connection:
            tables = [name for (name,) in connection.execute(TABLES)]
            filled = [name for name in tables if connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone()]
            starts = [arguments for (arguments,) in connection.execute(SEQUENCES)]
            copies = [f"CREATE TABLE kept.{name} AS TABLE {name}" for name in filled]
            connection.execute(";".join(["CREATE SCHEMA kept", *copies, PREPARE]).encode())
        self._restore = ";".join(
            [f"INSERT INTO {name} SELECT * FROM kept.{name}" for name in filled]
            + [f"SELECT setval({arguments})" for arguments in starts]
        )
        self._delete = ";".join(f"DELETE FROM {name}" for name in tables)
        self._truncate = f"TRUNCATE {','.join(tables)}"

    def _make(self) -> psycopg.Connection:
        postgres.administer(self._server, f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        postgres.administer(self._server, f"CREATE DATABASE {NAME} TEMPLATE {self._template}")
        return postgres.connect(self._server, NAME)

    def _empty(self) -> None:
        self._times += 1
        empty = self._delete if self._times % TRUNCATE_EVERY else self._truncate
        unguarded = "SET LOCAL session_replication_role = replica"  # neither foreign keys nor append-only tables object
        with self._connection.transaction():
            self._connection.execute(";".join([END_TRANSACTIONS, unguarded, empty, self._restore]).encode())

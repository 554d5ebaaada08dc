"""Restoring a backup into an empty database: all of it in one transaction, or nothing."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, delete
from sqlalchemy.exc import DBAPIError

from orders.backups import encryption
from orders.backups.backup_file import Archive
from orders.backups.refusals import (
    DamagedBackup,
    NewerBackup,
    NotEmpty,
    NotRead,
    RowsRefused,
    UnknownDatabase,
)
from orders.backups.table_rows import any_order, counts, go_on_counting, insert_rows, tables_of
from orders.counts import sums, triggers
from orders.schema.revisions import revision_of, revisions
from orders.schema.schema_transaction import BrokenReferences, migrate_to, schema_change

FILLED_BY_THEMSELVES = frozenset(
    {
        "audience",
        "daily_chore",
        "packaging",
        "postage_rate",
        "printer",
        "worker_heartbeat",
        "kept_rows_token",
        "rate_limit",
    }
)
"""Tables into which migrations, and a worker that has nothing to do, put rows."""


@contextmanager
def opened(file: Path | BinaryIO, identities: Sequence[Path] = ()) -> Iterator[Archive]:
    """A backup, checked to its last line; decrypted with the secret keys of `identities` where it must be.

    It is a file, or what comes in by a pipe.
    """
    name = str(file) if isinstance(file, Path) else "-"
    try:
        with _stored(file) as stored, tempfile.TemporaryFile() as plain:
            archive = Archive(encryption.decrypted(stored, plain, identities, name))
            if archive.header.revision not in revisions():
                raise NewerBackup(archive.header.revision)
            archive.check()
            yield archive
    except OSError as error:
        raise NotRead(name, error.strerror or str(error)) from error


@contextmanager
def _stored(file: Path | BinaryIO) -> Iterator[BinaryIO]:
    """To be read as often as wanted: what comes in by a pipe is copied to a file without a name."""
    if isinstance(file, Path):
        with file.open("rb") as stored:
            yield stored
        return
    with tempfile.TemporaryFile() as copied:
        shutil.copyfileobj(file, copied)
        copied.seek(0)
        yield copied


def restore(archive: Archive) -> dict[str, int]:
    """Fill the database and bring it to the latest migration. Returns how many rows each table has.

    Raises `NotEmpty`, `UnknownDatabase`, `DamagedBackup` or `RowsRefused`; then the database is as it was.
    """
    try:
        return _restore(archive)
    except DBAPIError as error:
        raise RowsRefused("", str(error.orig).splitlines()[0]) from error
    except BrokenReferences as error:
        raise RowsRefused("", str(error)) from error


def _restore(archive: Archive) -> dict[str, int]:
    with schema_change() as connection:
        _refuse_unless_empty(connection)
        migrate_to(connection, archive.header.revision)
        triggers.remove(connection)
        tables = tables_of(connection)
        with any_order(connection):
            for name in counts(connection, tables.values()):
                connection.execute(delete(tables[name]))
            _load(connection, archive)
            go_on_counting(connection, tables.values())
        migrate_to(connection, revisions()[-1])
        sums.prepare(connection)
        return counts(connection, tables_of(connection).values())


def _refuse_unless_empty(connection: Connection) -> None:
    tables = tables_of(connection)
    if tables and revision_of(connection) not in revisions():
        raise UnknownDatabase
    rows = counts(connection, [table for name, table in tables.items() if name not in FILLED_BY_THEMSELVES])
    if rows:
        raise NotEmpty(rows)


def _load(connection: Connection, archive: Archive) -> None:
    tables = tables_of(connection)
    for section, rows in archive.tables():
        table = tables.get(section.table)
        if table is None or not section.kinds.keys() <= set(table.columns.keys()):
            raise DamagedBackup(f"migration {archive.header.revision} has no such table {section.table}")
        try:
            insert_rows(connection, table, list(section.kinds), rows)
        except DBAPIError as error:
            raise RowsRefused(section.table, str(error.orig).splitlines()[0]) from error

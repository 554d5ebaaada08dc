"""Making a backup: every row as it was at one moment, while others write."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import Connection

from orders.backups import backup_file, encryption
from orders.backups.backup_file import Header, Section
from orders.backups.key_and_settings import key_mark, keys, settings
from orders.backups.refusals import AlreadyThere, NoTables
from orders.backups.table_rows import counts, kinds_of, rows_of, tables_of
from orders.backups.whole_file import whole_file
from orders.database import db
from orders.schema.revisions import revision_of


@dataclass(frozen=True, slots=True)
class Backup:
    """A file that was made; `rows` by table."""

    file: Path
    size: int
    rows: dict[str, int]
    is_encrypted: bool


def make(
    file: Path, *, at: datetime, recipients: Sequence[str] = (), with_key: bool = False, replace: bool = False
) -> Backup:
    """Write a backup. To be called inside `database.snapshot`, whose one moment it shows.

    `recipients` are public keys, or the files of such; with any, only who has one of the secret halves reads the file.
    Raises a `Refused` of `backups.refusals`, and leaves no half file.
    """
    encrypt = encryption.to(recipients)
    if file.exists() and not replace:
        raise AlreadyThere(str(file))
    connection = db.session.connection()
    header = _header(connection, at=at, with_key=with_key)
    pieces = backup_file.written(header, _tables(connection))
    with whole_file(file) as out:
        if encrypt:
            encrypt(pieces, out)
        else:
            out.writelines(pieces)
    return Backup(file, file.stat().st_size, counts(connection, tables_of(connection).values()), encrypt is not None)


def _header(connection: Connection, *, at: datetime, with_key: bool) -> Header:
    revision = revision_of(connection)
    if revision is None:
        raise NoTables
    return Header(
        revision=revision,
        made_at=at.isoformat(),
        database=connection.dialect.name,
        key_mark=key_mark(current_app.config["SECRET_KEY"]),
        settings=settings(),
        keys=keys(current_app) if with_key else [],
    )


def _tables(connection: Connection) -> Iterator[tuple[Section, Iterator[list[Any]]]]:
    for name, table in tables_of(connection).items():
        yield (
            Section(name, {column: kind.name for column, kind in kinds_of(table).items()}),
            rows_of(connection, table),
        )

"""What a database and a folder still hold of erased rows: mails as files, and SQLite's write-ahead log."""

import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import inspect, select

from orders.database import db
from orders.mail.models import OutgoingMail
from orders.privacy import erased_list
from orders.schema.unmodelled_names import SEARCH_TABLE

HEAD = 4096  # bytes of a mail's file that hold its Message-ID
CHUNK = 500
MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^>\s]+>)", re.IGNORECASE | re.MULTILINE)


def clean_up(instance: Path, *, before: datetime, rewrite: bool) -> None:
    """What follows the transactions that erased something: the list of what was, files of mails, SQLite's files."""
    erased_list.write(instance / erased_list.FILE)
    delete_mail_files(instance / "mail", before=before)
    overwrite(rewrite=rewrite)


def delete_mail_files(folder: Path, *, before: datetime) -> int:
    """Delete the files of mails that are erased, and those from `before` of which nothing is known any more.

    Returns how many they were. They are written where no mail server is set.
    """
    files = folder.glob("*.eml")
    deleted = 0
    while chunk := list(islice(files, CHUNK)):
        named = {path: _message_id(path) for path in chunk}
        rows = select(OutgoingMail.message_id, OutgoingMail.address).where(OutgoingMail.message_id.in_(named.values()))
        addresses = dict(db.session.execute(rows).all())
        for path, message_id in named.items():
            if _is_over(path, addresses.get(message_id), before):
                path.unlink(missing_ok=True)
                deleted += 1
    return deleted


def _is_over(path: Path, address: str | None, before: datetime) -> bool:
    """Whether the mail of a file is erased, or has no row and is old."""
    return address == "" or (address is None and path.stat().st_mtime < before.timestamp())


def _message_id(path: Path) -> str:
    with path.open("rb") as file:
        found = MESSAGE_ID.search(file.read(HEAD))
    return found[1].decode("ascii", "replace") if found else ""


def overwrite(*, rewrite: bool = False) -> bool:
    """Let nothing of erased rows stay in SQLite's files: empty the write-ahead log, and with `rewrite` write the file
    anew, which takes a second for 100,000 orders.

    Call it outside of a transaction. Returns False where somebody reads at this moment: then the log is emptied the
    next time. PostgreSQL frees the room of erased rows by itself.
    """
    if db.engine.dialect.name != "sqlite":
        return True
    db.session.rollback()
    return all(_run(statement) for statement in _statements(rewrite))


def _statements(rewrite: bool) -> Iterator[str]:
    if inspect(db.engine).has_table(SEARCH_TABLE):  # until it is put together it keeps pieces of what is gone
        yield f"INSERT INTO {SEARCH_TABLE} ({SEARCH_TABLE}) VALUES ('optimize')"  # noqa: S608 our own name
    if rewrite:
        yield "VACUUM"
    yield "PRAGMA wal_checkpoint(TRUNCATE)"


def _run(statement: str) -> bool:
    """Run a statement that no transaction may hold, on a connection of the engine itself."""
    connection = db.engine.raw_connection()
    try:
        row = connection.cursor().execute(statement).fetchone()
        return not (row and row[0])
    except sqlite3.OperationalError:  # somebody holds the file for longer than one waits
        return False
    finally:
        connection.close()

"""Watches what pages and commands write while tests run: a watched table changed without a line in the journal."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask import Flask, has_request_context
from sqlalchemy import Connection, event

from orders.database import db

WATCHED: dict[str, str] = {
    "allowance": "",
    "association": "",
    "audience": "",
    "balance": "",
    "count_entry": "",
    "dispatch": "",
    "edition": "",
    "letter_count": "",
    "movement": "",
    "order": "status|street|number|postcode|town|name|email|phone|message|delivery|organisation|link_nonce|invoiced_at",
    "order_line": "copies|reserved|sent|given_up",
    "packaging": "",
    "parcel": "packed_at|posted_at|tracking_number|packaging_code",
    "postage_rate": "",
    "print_run": "",
    "printer": "",
    "printing": "id",
    "publication": "",
    "staff_member": "role|ends_at|active",
    "stock_count": "",
}
"""The tables, each with the columns of which a change must be noted (empty: any); new and deleted rows always."""

_WRITE = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM) "?(\w+)"?(?: SET (.*?) WHERE)?', re.DOTALL)


@contextmanager
def watched(app: Flask) -> Iterator[list[list[str]]]:
    """The tables that a request or a command changes inside without a line in the journal, a list for each commit."""
    unrecorded: list[list[str]] = []

    def look(connection: Connection) -> None:
        written: set[str] = connection.info.pop("written", set())
        if written and "audit_entry" not in written:
            unrecorded.append(sorted(written))

    with app.app_context():
        engine = db.engine
    listeners: dict[str, Callable[..., None]] = {"before_cursor_execute": _note, "rollback": _forget, "commit": look}
    for name, listener in listeners.items():
        event.listen(engine, name, listener)
    yield unrecorded
    for name, listener in listeners.items():
        event.remove(engine, name, listener)


def _note(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
    write = _WRITE.match(statement)
    if write is None or not (has_request_context() or click.get_current_context(silent=True)):
        return
    verb, table, columns = write.groups()
    if table == "audit_entry" or is_watched(verb, table, columns or ""):
        connection.info.setdefault("written", set()).add(table)


def is_watched(verb: str, table: str, columns: str) -> bool:
    """Whether a statement that sets these columns of a table changes what the journal must tell."""
    if table not in WATCHED:
        return False
    names = {each.split("=")[0].strip(' "') for each in columns.split(",")}
    return verb != "UPDATE" or not WATCHED[table] or bool(names & set(WATCHED[table].split("|")))


def _forget(connection: Connection, *_: Any) -> None:
    connection.info.pop("written", None)

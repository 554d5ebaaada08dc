"""`flask backup` and `flask restore`: everything comes back, on either database; what is no good is refused before."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from orders.database import db
from orders.privacy import erased_list
from orders.privacy.registry import REMOVED
from orders.schema.revisions import revision_of
from tests.backups.places import Place, everything, fill_up_to, flask, latest
from tests.conftest import DATABASES
from tests.factories import NOW, make_edition, make_order
from tests.migrations.test_migrations import APPEND_ONLY, assert_only_grows

OTHER = {"sqlite": DATABASES[-1], "postgresql": "sqlite"}


def kind(app: Flask) -> str:
    with app.app_context():
        return db.engine.dialect.name


@pytest.fixture
def file(full: Flask, tmp_path: Path) -> Path:
    """A backup of the place with a row in every table."""
    flask(full, "backup", tmp_path / "backup.pli", said="all sums hold")
    return tmp_path / "backup.pli"


@pytest.mark.parametrize("there", DATABASES)
def test_every_row_of_every_table_comes_back(full: Flask, file: Path, new_place: Place, there: str) -> None:
    empty = new_place(there)
    said = flask(empty, "restore", file, said="all sums hold")
    before = everything(full)
    assert everything(empty) == before
    assert all(f"{len(rows)} of {name}" in said for name, rows in before.items() if rows)


def test_what_comes_back_goes_on_as_before(full: Flask, file: Path, new_place: Place) -> None:
    """The next row gets the next number, what only grows still does, and a reference to nothing is refused."""
    empty = new_place(OTHER[kind(full)])
    flask(empty, "restore", file)
    with empty.app_context():
        for table in APPEND_ONLY:
            assert_only_grows(table)
        with db.engine.begin() as connection:
            columns = "made_at, version, last_sequence, has_labels"
            insert = f"INSERT INTO dispatch ({columns}) VALUES ('2026-11-20', 1, 0, false) RETURNING id"
            assert connection.scalar(text(insert)) == 2
        with pytest.raises(DatabaseError), db.engine.begin() as connection:
            connection.execute(text("UPDATE order_line SET order_id = 99"))


def test_an_older_backup_is_migrated(new_place: Place, tmp_path: Path) -> None:
    old = new_place("sqlite", name="here", like="nothing")
    fill_up_to(old, "0018")
    flask(old, "backup", tmp_path / "old.pli", said="the sums are not checked")
    for there in DATABASES:
        empty = new_place(there, name=f"there_{there}", like="nothing")
        flask(empty, "restore", tmp_path / "old.pli", said="all sums hold")
        with empty.app_context(), db.engine.connect() as connection:
            assert revision_of(connection) == latest(empty)
            assert connection.scalar(text('SELECT reference FROM "order"')) == "KLNBRTVX"


def test_a_place_that_was_migrated_long_ago_and_holds_nothing_is_empty(
    full: Flask, file: Path, new_place: Place
) -> None:
    empty = new_place(kind(full), like="nothing")
    flask(empty, "db", "upgrade", "0001")
    flask(empty, "restore", file, said="all sums hold")
    assert everything(empty) == everything(full)


def test_a_place_with_anything_in_it_is_refused_and_stays_as_it_is(full: Flask, file: Path) -> None:
    before = everything(full)
    flask(full, "restore", file, code=1, said="nothing was restored: the database here is not empty")
    assert everything(full) == before


def test_a_place_with_tables_of_something_else_is_refused(file: Path, new_place: Place) -> None:
    for there in DATABASES:
        other = new_place(there, name=f"other_{there}", like="nothing")
        with other.app_context(), db.engine.begin() as connection:
            connection.execute(text("CREATE TABLE recipe (id INTEGER PRIMARY KEY)"))
        flask(other, "restore", file, code=1, said="tables of something else")


def changed(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[bytes], bytes]:
    return lambda packed: gzip.compress(b"".join(change(gzip.decompress(packed).splitlines(keepends=True))))


def of_revision(revision: str) -> Callable[[bytes], bytes]:
    def change(lines: list[bytes]) -> list[bytes]:
        return [json.dumps({**json.loads(lines[0]), "revision": revision}).encode() + b"\n", *lines[1:]]

    return changed(change)


SPOILT: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda packed: b"", "is no backup"),
    "a picture": (lambda packed: b"\x89PNG\r\n\x1a\n" + bytes(2_000), "is no backup"),
    "something else that is packed": (lambda packed: gzip.compress(b"id;name\n1;Marie\n"), "is damaged"),
    "another JSON": (lambda packed: gzip.compress(b'{"name": "Marie"}\n'), "is no backup"),
    "its beginning": (lambda packed: packed[:300], "is damaged or not complete: it breaks off"),
    "nearly all of it": (lambda packed: packed[:-1], "is damaged or not complete: it breaks off"),
    "one bit": (lambda packed: packed[:2_000] + bytes([packed[2_000] ^ 4]) + packed[2_001:], "is damaged"),
    "another file behind it": (lambda packed: packed + packed, "goes on after its end"),
    "without its last line": (changed(lambda lines: lines[:-1]), "it breaks off"),
    "without a row": (changed(lambda lines: lines[:2] + lines[3:]), "lacks rows"),
    "a row too long": (changed(lambda lines: [*lines[:2], lines[2][:-2] + b",1]\n", *lines[3:]]), "row 1 of table"),
    "a newer migration": (of_revision("9999"), "a newer version of Pli made it (9999"),
    "a newer format": (
        changed(lambda lines: [lines[0].replace(b'"pli_backup":1', b'"pli_backup":2'), *lines[1:]]),
        "a newer version of Pli made it (format 2",
    ),
    "a table that was not there": (of_revision("0019"), "migration 0019 has no such table"),
}


@pytest.mark.parametrize("there", DATABASES)
def test_what_is_no_good_is_refused_and_nothing_is_half_done(new_place: Place, tmp_path: Path, there: str) -> None:
    file = tmp_path / "backup.pli"
    flask(new_place("sqlite", name="here", like="full"), "backup", file)
    empty = new_place(there)
    before = everything(empty)
    good = file.read_bytes()
    for name, (spoil, why) in SPOILT.items():
        bad = file.with_name("bad.pli")
        bad.write_bytes(spoil(good))
        said = flask(empty, "restore", bad, code=1)
        assert said.startswith("nothing was restored: "), name
        assert why in said, (name, said)
        assert len(said.splitlines()) == 1, name
    assert everything(empty) == before


def test_a_reference_to_nothing_is_found_at_the_end_and_nothing_is_kept(file: Path, new_place: Place) -> None:
    """Rows may come before those that they point to; when all are there, each must point to one."""
    orphan = changed(lambda lines: [line.replace(b"[1,1,1,2,", b"[1,9,1,2,") for line in lines])
    file.write_bytes(orphan(file.read_bytes()))
    for there in DATABASES:
        empty = new_place(there, name=f"there_{there}")
        before = everything(empty)
        assert "the database refused" in flask(empty, "restore", file, code=1)
        assert everything(empty) == before


def test_who_was_erased_since_the_backup_is_erased_again(new_place: Place, tmp_path: Path) -> None:
    here = new_place("sqlite", name="here")
    with here.app_context():
        make_edition()
        kept, gone = make_order(name="Anne Kept"), make_order(name="Jean Gone")
        references = [kept.reference, gone.reference]
    flask(here, "backup", tmp_path / "backup.pli")
    there = new_place("sqlite")
    listed = Path(there.instance_path) / erased_list.FILE
    listed.write_text(f"{references[1]} {NOW.isoformat()}\n")
    flask(there, "restore", tmp_path / "backup.pli", said="1 order erased again of 1 listed")
    with there.app_context(), db.engine.connect() as connection:
        names = connection.scalars(text('SELECT name FROM "order" ORDER BY id')).all()
    assert names == ["Anne Kept", REMOVED]

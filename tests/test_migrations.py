"""A database that is in use can be brought up to date: its rows survive, and what only grows still only grows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, inspect, text
from sqlalchemy.exc import DatabaseError

from orders import database
from orders.addresses import PostalAddress
from orders.database import db
from orders.ordering.search_text import searchable
from orders.reports import integrity
from orders.schema.unmodelled import is_unmodelled
from tests import postgres
from tests.conftest import DATABASES, make_app
from tests.factories import AUDIENCES
from tests.races import only

APPEND_ONLY = ("movement", "audit_entry")
AT = "2026-11-20 09:00:00+00:00"

CELL = {"edition_id": 1, "week": "2026-11-16", "postcode": "5590", "audience": "school"}
COMPARED = {"include_name": lambda name, *_: not is_unmodelled(name)}

SEARCH = "sebnem dupont rue de la senne 32 1000 bruxelles marie@example.org"

# What stands in each table at the revision that made it: one order of two copies, in an open dispatch.
# Whoever adds a table adds a row, or the test says which one is missing.
ROWS: dict[str, dict[str, list[dict[str, Any]]]] = {
    "0001": {
        "edition": [
            {"id": 1, "year": 2026, "title": "Marathon", "opens_on": "2026-09-01", "closes_on": "2027-02-28"}
            | {"letters_back_by": "2027-02-28", "front_text": ""}
        ],
        "staff_member": [
            {"id": 1, "email": "staff@example.org", "password": "*", "must_change_password": False, "role": "office"}
            | {"active": True, "fs_uniquifier": "one", "created_at": AT}
        ],
        "audit_entry": [
            {"id": 1, "at": AT, "by_id": 1, "door": "office", "action": "received", "thing": "publication MAN26"}
            | {"after": '{"copies": 5}'}
        ],
        "dispatch": [{"id": 1, "submission": "a-key", "made_at": AT, "made_by_id": 1}],
        "order_import": [{"id": 1, "digest": "0" * 64, "at": AT, "by_id": 1, "orders": 1}],
        "publication": [
            {"id": 1, "edition_id": 1, "code": "MAN26", "kind": "manual", "titles": '{"fr": "Manuel"}', "format": "A5"}
            | {"pages": 40, "unit_weight_mg": 59_000, "unit_thickness_um": 2_300, "bundle_size": 25}
            | {"read_online_url": "", "low_stock_line": 10, "position": 1}
        ],
        "balance": [
            {"publication_id": 1, "place": place, "copies": copies}
            for place, copies in {"PRINTER": -5, "SHELF": 3, "RESERVED": 2, "SENT": 0, "LOST": 0}.items()
        ],
        "order": [
            {"id": 1, "reference": "KLNBRTVX", "link_nonce": "nonce", "edition_id": 1, "version": 3, "door": "web"}
            | {"audience": "school", "delivery": "post", "when_short": "send", "language": "fr", "organisation": ""}
            | {"name": "Şebnem Dupont", "department": "", "building": "", "street": "Rue de la Senne", "number": "32"}
            | {"box": "", "postcode": "1000", "town": "Bruxelles", "country": "BE", "email": "marie@example.org"}
            | {"phone": "", "message": "", "news_text": "", "search": SEARCH, "status": "dispatching"}
            | {"placed_at": AT, "accepted_at": AT, "sent_before_pli": False, "dispatch_id": 1}
        ],
        "parcel": [{"id": 1, "dispatch_id": 1, "sequence": 1, "part": 1, "parts": 1}],
        "movement": [
            {"id": 1, "at": AT, "publication_id": 1, "copies": 5, "origin": "PRINTER", "destination": "SHELF"}
            | {"reason": "delivery", "order_id": None, "by_id": 1},
            {"id": 2, "at": AT, "publication_id": 1, "copies": 2, "origin": "SHELF", "destination": "RESERVED"}
            | {"reason": "ordered", "order_id": 1, "by_id": None},
        ],
        "movement_note": [{"movement_id": 1, "text": "palette du matin"}],
        "order_line": [
            {"id": 1, "order_id": 1, "publication_id": 1, "copies": 2, "reserved": 2, "sent": 0, "given_up": 0}
        ],
        "parcel_content": [{"id": 1, "parcel_id": 1, "order_line_id": 1, "copies": 2}],
        "outgoing_mail": [
            {"id": 1, "kind": "order_confirmed", "address": "marie@example.org", "language": "fr", "subject": "Merci"}
            | {"text": "Merci", "html": "<p>Merci</p>", "message_id": "<one@pli.test>", "order_id": 1}
            | {"posted_at": AT, "due_at": AT, "attempts": 0, "last_error": ""}
        ],
    },
    "0005": {
        "started_sheet": [{"printer_id": 1, "sheet": "L7163", "next_position": 6}],
        "printing": [
            {"id": 1, "dispatch_id": 1, "paper": "labels", "first": 1, "last": 1, "letters_only": False}
            | {"sheet": "L7163", "start": 6, "printer_id": 1, "at": AT, "by_id": 1, "state": "generated"}
        ],
        "printed_parcel": [{"printing_id": 1, "sequence": 1, "order_id": 1, "run": 1, "digest": "0" * 64}],
    },
    "0006": {"choice_count": [{"publication_id": 1, "day": "2026-11-20", "choice": "read", "times": 3}]},
    "0007": {
        "print_run": [
            {"id": 1, "publication_id": 1, "copies": 3_000, "expected_on": "2026-12-01", "cost_cents": 123_450}
            | {"note": "devis 12", "ordered_at": AT, "by_id": 1}
        ],
    },
    "0008": {
        "parcel_return": [{"parcel_id": 1, "reason": "refused", "lost": False, "at": AT, "by_id": 1}],
    },
    "0010": {
        "stock_count": [{"id": 1, "edition_id": 1, "started_at": AT, "started_by_id": 1}],
        "count_entry": [
            {"id": 1, "count_id": 1, "publication_id": 1, "found": 5, "expected": 5, "last_movement_id": 2}
            | {"note": "palette", "at": AT, "by_id": 1}
        ],
    },
    "0011": {
        "upload": [{"digest": "0" * 64, "media_type": "image/webp", "content": b"RIFF", "uploaded_at": AT}],
        "defended_person": [{"edition_id": 1, "position": 1, "name": "Maryia", "country": "Bélarus", "link": ""}],
        "edition_link": [{"edition_id": 1, "position": 1, "title": "Pétitions", "link": "https://exemple.be/"}],
    },
    "0012": {
        "alert": [{"kind": "low", "thing": "MAN26", "since": AT}],
        "letter_count": [{"id": 1, "order_id": 1, "letters": 24, "at": AT, "by_office": True, "by_id": 1}],
    },
    "0021": {"posted_box": [{"order_id": 1, "parcel_id": 1, "cents": 750, "posted_at": AT}]},
    "0017": {
        "remembered_device": [
            {"name": "one", "member_id": 1, "digest": "0" * 64, "previous_digest": ""}
            | {"signed_in_at": AT, "renewed_at": AT, "ends_at": AT}
        ],
    },
    "0023": {"submitted_form": [{"key": "b-key", "digest": "0" * 64, "at": AT}]},
    "0020": {"association": [{"id": 1, "profile": '{"languages": ["fr"]}', "changed_at": AT}]},
    "0028": {"worker_heartbeat": [{"worker": "machine:1", "seen_at": AT}]},
    "0029": {
        "erased_order_count": [CELL | {"orders": 1}],
        "erased_copies_count": [CELL | {"publication_id": 1, "orders": 1, "asked": 2, "sent": 2}],
        "purge": [{"id": 1, "started_at": AT, "months": 3, "door": "worker", "rows": "{}", "orders": "{}"}],
        "erased_order": [{"reference": "KLNBRTVX", "erased_at": AT}],
    },
}


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind, without any migration."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/pli.sqlite"
    server: str = request.getfixturevalue("postgres_template")
    postgres.administer(server, "DROP DATABASE IF EXISTS empty WITH (FORCE)")
    postgres.administer(server, "CREATE DATABASE empty")
    return server % "empty"


@pytest.fixture
def bare(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = make_app(database_url, tmp_path)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def revisions(app: Flask) -> list[str]:
    """From the first to the latest."""
    scripts = ScriptDirectory(app.config["MIGRATIONS"])
    return [script.revision for script in scripts.walk_revisions()][::-1]


def quoted(table: str) -> str:
    return f'"{table}"'


def fill(revision: str) -> None:
    with db.engine.begin() as connection:
        for table, rows in ROWS.get(revision, {}).items():
            for row in rows:
                names = ", ".join(row)
                values = ", ".join(f":{name}" for name in row)
                connection.execute(text(f"INSERT INTO {quoted(table)} ({names}) VALUES ({values})"), row)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table as it is kept."""
    with db.engine.connect() as connection:
        names = inspect(connection).get_table_names()
        tables = {name for name in names if not is_unmodelled(name)} - {"alembic_version"}
        return {
            table: [dict(row) for row in connection.execute(text(f"SELECT * FROM {quoted(table)}")).mappings()]
            for table in sorted(tables)
        }


def assert_all_survived(before: dict[str, list[dict[str, Any]]]) -> None:
    """Each row is there with each of its columns that there still is."""
    after = everything()
    for table in before.keys() & after.keys():
        kept = after[table][0].keys() if after[table] else ()
        shared = [{name: value for name, value in row.items() if name in kept} for row in before[table]]
        found = [{name: row[name] for name in old} for row, old in zip(after[table], shared, strict=True)]
        assert found == shared, table


def assert_only_grows(table: str) -> None:
    statements = [f"UPDATE {table} SET at = at", f"DELETE FROM {table}"]
    if db.engine.dialect.name == "postgresql":
        statements.append(f"TRUNCATE {table} CASCADE")
    else:
        statements.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")
    for statement in statements:
        with pytest.raises(DatabaseError, match=f"{table} is append-only"), db.engine.begin() as connection:
            connection.execute(text(statement))


def test_a_database_in_use_goes_through_every_migration_and_loses_nothing(bare: Flask) -> None:
    for revision in revisions(bare):
        before = everything()
        upgrade(revision=revision)
        assert_all_survived(before)
        fill(revision)
        assert [table for table, rows in everything().items() if not rows] == [], "fill these tables in ROWS"
        for table in APPEND_ONLY:
            assert_only_grows(table)
    assert [str(each) for each in integrity.discrepancies()] == []


@only("sqlite")
def test_a_migration_that_forgets_it_would_let_the_ledger_be_rewritten(
    bare: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(revision="0001")
    fill("0001")
    monkeypatch.setattr(database, "append_only", lambda *_: None)
    upgrade(revision="0002")
    with db.engine.begin() as connection:
        assert connection.execute(text("UPDATE movement SET copies = 4")).rowcount == 2


def test_models_and_migrations_agree(bare: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={**COMPARED, "compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, db.metadata) == []
        for name, table in db.metadata.tables.items():
            declared = {each.name for each in table.constraints if isinstance(each, CheckConstraint)}
            assert {each["name"] for each in inspect(connection).get_check_constraints(name)} == declared


def test_every_migration_can_be_taken_back_and_made_again(bare: Flask) -> None:
    upgrade()
    downgrade(revision="base")
    assert everything() == {}
    for revision in revisions(bare):
        upgrade(revision=revision)
        fill(revision)
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=COMPARED), db.metadata) == []
    for table in APPEND_ONLY:
        assert_only_grows(table)


def test_a_step_back_keeps_the_rows_and_what_only_grows(bare: Flask) -> None:
    for revision in revisions(bare):
        upgrade(revision=revision)
        fill(revision)
    for revision in revisions(bare)[-2::-1]:
        before = everything()
        downgrade(revision=revision)
        assert_all_survived(before)
        for table in APPEND_ONLY:
            assert_only_grows(table)


def copy_row(table: str, **changed: Any) -> None:
    """Another row like the first one of a table."""
    with db.engine.begin() as connection:
        first = connection.execute(text(f"SELECT * FROM {quoted(table)} ORDER BY id LIMIT 1")).mappings().one()
        row = {**first, **changed}
        names, values = ", ".join(map(quoted, row)), ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO {quoted(table)} ({names}) VALUES ({values})"), row)


def test_boxes_that_were_posted_before_are_priced_and_orders_never_asked_for_postage_pay_them(bare: Flask) -> None:
    """Order 1 shares a box with 2, which the office typed; 3, from a file, will be a box and 4 a letter."""
    for revision in revisions(bare)[: revisions(bare).index("0021")]:
        upgrade(revision=revision)
        fill(revision)
    for number, copies, door in ((2, 1, "office"), (3, 40, "command"), (4, 3, "command")):
        copy_row("order", id=number, reference=f"ORDER{number}", door=door, submission=None, status="waiting")
        copy_row("order_line", id=number, order_id=number, copies=copies, reserved=0)
    copy_row("parcel_content", id=2, order_line_id=2, copies=1)
    with db.engine.begin() as connection:
        for statement in (
            "DELETE FROM parcel_return",
            "UPDATE postage_rate SET price_cents = 800",
            f"UPDATE parcel SET kind = 'parcel', posted_at = '{AT}'",
            'UPDATE "order" SET postage_due = true, postage_cents = 700, invoiced_at = placed_at WHERE id = 1',
        ):
            connection.execute(text(statement))
    upgrade(revision="0021")
    with db.engine.connect() as connection:
        boxes = connection.execute(text("SELECT order_id, parcel_id, cents FROM posted_box ORDER BY order_id")).all()
        figures = text('SELECT postage_due, postage_cents, invoiced_cents FROM "order" ORDER BY id')
        orders = [(bool(due), cents, invoiced) for due, cents, invoiced in connection.execute(figures)]
    assert [tuple(row) for row in boxes] == [(1, 1, 533), (2, 1, 267)]
    assert orders == [(True, 700, 700), (True, None, None), (True, None, None), (False, None, None)]


def test_texts_kept_before_are_cleaned_and_found_as_new_ones_are(bare: Flask) -> None:
    for revision in revisions(bare)[: revisions(bare).index("0019")]:
        upgrade(revision=revision)
        fill(revision)
    nul = "\0" if db.engine.dialect.name == "sqlite" else ""
    dirty = {"note": f"pile\x08 de{nul}\x0bgauche", "phone": "0475/12.34.56", "street": "Chée de l’Abbé St-Job"}
    with db.engine.begin() as connection:
        connection.execute(text('UPDATE "order" SET message = :note, phone = :phone, street = :street'), dirty)
        connection.execute(text("UPDATE movement_note SET text = :note"), {"note": dirty["note"]})
    upgrade(revision="0019")
    with db.engine.connect() as connection:
        order = connection.execute(text('SELECT message, phone, search FROM "order"')).one()
        assert order.message == connection.scalar(text("SELECT text FROM movement_note")) == "pile de\ngauche"
        assert order.phone == "+32475123456"
        assert order.search == searchable(
            PostalAddress("Şebnem Dupont", "Chée de l’Abbé St-Job", "32", "1000", "Bruxelles"), "marie@example.org"
        )


def test_audiences_that_are_in_use_become_rows_also_where_the_starter_file_knows_them_not(bare: Flask) -> None:
    for revision in revisions(bare)[: revisions(bare).index("0024")]:
        upgrade(revision=revision)
        fill(revision)
    copy_row("order", id=2, reference="ORDER2", submission=None, audience="choir")
    upgrade(revision="0024")
    with db.engine.connect() as connection:
        kept = connection.execute(text("SELECT code, names FROM audience ORDER BY position")).all()
    assert [code for code, _ in kept] == [*(each.code for each in AUDIENCES), "choir"]
    with pytest.raises(DatabaseError), db.engine.begin() as connection:
        connection.execute(text("DELETE FROM audience WHERE code = 'choir'"))
    downgrade(revision="0023")
    with db.engine.connect() as connection:
        orders = connection.execute(text('SELECT audience FROM "order" ORDER BY id')).all()
    assert [code for (code,) in orders] == ["school", "choir"]


def test_a_database_that_lacks_a_migration_is_not_ready(bare: Flask) -> None:
    def answer() -> int:
        db.session.remove()
        return bare.test_client().get("/readyz").status_code

    for revision in revisions(bare):
        assert answer() == 503
        upgrade(revision=revision)
    assert answer() == 200

"""A database that is in use can be brought up to date: its rows survive, and what only grows still only grows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import util
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import CheckConstraint, inspect, select, text
from sqlalchemy.exc import DatabaseError

from orders import database
from orders.addresses import PostalAddress
from orders.catalogue.audience_models import Audience, OrganisationField
from orders.database import db
from orders.ordering.search_text import searchable
from orders.reports import integrity
from orders.schema.migrating import downgrade, upgrade
from orders.schema.unmodelled_names import is_unmodelled
from tests import postgres
from tests.conftest import DATABASES, make_app
from tests.factories import AUDIENCES
from tests.migrations.rows import AT
from tests.migrations.steps import fill, fill_up_to, quoted, read_anew, revision_before, revisions
from tests.races import only

APPEND_ONLY = ("movement", "audit_entry")
REWRITTEN = {"kept_rows_token"}  # by a migration that changes an audience: processes read them anew
COMPARED = {"include_name": lambda name, *_: not is_unmodelled(name)}


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


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table as it is kept."""
    with db.engine.connect() as connection:
        names = inspect(connection).get_table_names()
        tables = {name for name in names if not is_unmodelled(name)} - {"alembic_version"}
        return {
            table: [
                dict(row) for row in connection.execute(text(f"SELECT * FROM {quoted(table)} ORDER BY 1")).mappings()
            ]
            for table in sorted(tables)
        }


def assert_all_survived(before: dict[str, list[dict[str, Any]]]) -> None:
    """Each row is there with each of its columns that there still is."""
    after = everything()
    for table in (before.keys() & after.keys()) - REWRITTEN:
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
        with db.engine.begin() as connection:
            fill(connection, revision)
        assert [table for table, rows in everything().items() if not rows] == [], "fill these tables in ROWS"
        for table in APPEND_ONLY:
            assert_only_grows(table)
    assert [str(each) for each in integrity.discrepancies()] == []


@only("sqlite")
def test_a_migration_that_forgets_it_would_let_the_ledger_be_rewritten(
    bare: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_up_to(bare, "0001")
    monkeypatch.setattr(util, "load_python_file", read_anew)
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
    fill_up_to(bare, "head")
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=COMPARED), db.metadata) == []
    for table in APPEND_ONLY:
        assert_only_grows(table)


def test_a_step_back_keeps_the_rows_and_what_only_grows(bare: Flask) -> None:
    fill_up_to(bare, "head")
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
    fill_up_to(bare, revision_before(bare, "0021"))
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
    fill_up_to(bare, revision_before(bare, "0019"))
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
    fill_up_to(bare, revision_before(bare, "0024"))
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


def test_the_starting_audiences_get_the_labels_of_the_starter_file_and_others_none(bare: Flask) -> None:
    fill_up_to(bare, revision_before(bare, "0040"))
    upgrade(revision="0040")
    kept = {each.code: each.organisation_labels for each in db.session.scalars(select(Audience))}
    assert kept == {"choir": None} | {each.code: each.organisation_labels for each in AUDIENCES}


def test_organisations_that_nobody_had_set_otherwise_become_required(bare: Flask) -> None:
    upgrade(revision="0044")
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE audience SET organisation = 'optional' WHERE code IN ('school', 'other')"))
        connection.execute(text("UPDATE audience SET organisation = 'not_asked' WHERE code = 'library'"))
    upgrade(revision="0045")
    kept = {each.code: each.organisation for each in db.session.scalars(select(Audience))}
    assert kept["school"] is OrganisationField.REQUIRED
    assert (kept["other"], kept["library"]) == (OrganisationField.OPTIONAL, OrganisationField.NOT_ASKED)


GMAIL = {
    "a.b.c@gmail.com": "abc@gmail.com",
    "ab.c@googlemail.com": "abc@gmail.com",
    "a.b@example.org": "a.b@example.org",
    "a.b@notgmail.com": "a.b@notgmail.com",
    "": "",
}


def test_addresses_of_gmail_are_compared_without_their_dots(bare: Flask) -> None:
    fill_up_to(bare, revision_before(bare, "0047"))
    found = {}
    for key in GMAIL:
        with db.engine.begin() as connection:
            connection.execute(text('UPDATE "order" SET email_key = :key').bindparams(key=key))
        upgrade(revision="0047")
        with db.engine.connect() as connection:
            found[key] = connection.scalar(text('SELECT DISTINCT email_key FROM "order"'))
        downgrade(revision="0046")
    assert found == GMAIL


def test_a_database_that_lacks_a_migration_is_not_ready(bare: Flask) -> None:
    def answer() -> int:
        db.session.remove()
        return bare.test_client().get("/readyz").status_code

    for revision in revisions(bare):
        assert answer() == 503
        upgrade(revision=revision)
    assert answer() == 200

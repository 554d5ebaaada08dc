"""The PostgreSQL database that many tests share is as new for each of them."""

from collections.abc import Iterator

import psycopg
import pytest

from tests import postgres
from tests.conftest import DATABASES
from tests.reused_database import NAME, TRUNCATE_EVERY, ReusedDatabase

pytestmark = pytest.mark.skipif("postgresql" not in DATABASES, reason="PostgreSQL is left out")

ADD_EDITION = """
INSERT INTO edition (year, title, opens_on, closes_on, letters_back_by, front_text)
VALUES (2026, '', '2026-09-01', '2026-12-31', '2027-02-28', '')
"""


@pytest.fixture
def connection(postgres_database: ReusedDatabase, postgres_template: str) -> Iterator[psycopg.Connection]:
    postgres_database.emptied()
    with postgres.connect(postgres_template, NAME) as connection:
        yield connection


def rows(connection: psycopg.Connection, table: str) -> list[tuple[object, ...]]:
    return sorted(connection.execute(f"SELECT * FROM {table}".encode()).fetchall())


@pytest.mark.parametrize("times", [1, TRUNCATE_EVERY])
def test_what_a_test_wrote_is_gone_and_what_the_migrations_wrote_is_back(
    connection: psycopg.Connection, postgres_database: ReusedDatabase, times: int
) -> None:
    before = {table: rows(connection, table) for table in ("edition", "packaging", "postage_rate", "printer")}
    assert before["packaging"]
    assert before["edition"] == []
    for _ in range(times):
        connection.execute(ADD_EDITION)
        connection.execute("DELETE FROM packaging; UPDATE printer SET name = 'changed'")
        postgres_database.emptied()
    assert {table: rows(connection, table) for table in before} == before


def test_numbers_begin_again(connection: psycopg.Connection, postgres_database: ReusedDatabase) -> None:
    for _ in range(2):
        assert connection.execute(ADD_EDITION + " RETURNING id").fetchone() == (1,)
        postgres_database.emptied()


def test_a_transaction_that_was_left_open_is_ended(
    connection: psycopg.Connection, postgres_database: ReusedDatabase
) -> None:
    connection.execute("BEGIN")
    connection.execute(ADD_EDITION)
    postgres_database.emptied()
    with pytest.raises(psycopg.OperationalError):
        connection.execute("COMMIT")


def test_a_table_that_was_altered_is_as_the_migrations_made_it(
    connection: psycopg.Connection, postgres_database: ReusedDatabase, postgres_template: str
) -> None:
    connection.execute("ALTER TABLE edition DROP COLUMN title")
    postgres_database.emptied()
    with postgres.connect(postgres_template, NAME) as new:
        assert new.execute("SELECT title FROM edition").fetchall() == []

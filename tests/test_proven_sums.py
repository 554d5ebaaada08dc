"""What makes the tests quick changes nothing of what they see."""

from datetime import date

from flask import Flask
from sqlalchemy import delete, select, text

from orders.catalogue.models import Edition
from orders.database import db, transact
from tests.factories import make_edition
from tests.proven_sums import wrong_sums
from tests.recorded_rows import RecordedRows


def add_edition(year: int) -> None:
    day = date(year, 9, 1)
    db.session.add(Edition(year=year, title="Autre", opens_on=day, closes_on=day, letters_back_by=day))


def test_a_ledger_that_was_proven_is_proven_again_when_a_row_of_it_changes(app_context: Flask) -> None:
    make_edition()
    assert wrong_sums() == []
    for table in ("balance", "movement_count"):
        transact(db.session.execute, text(f"UPDATE {table} SET copies = copies + 1"))
        assert wrong_sums()
        transact(db.session.execute, text(f"UPDATE {table} SET copies = copies - 1"))
        assert wrong_sums() == []


def test_recorded_rows_are_written_as_the_rule_wrote_them_where_the_tables_are_empty(app_context: Flask) -> None:
    recorded, asked = RecordedRows(Edition), []

    def rule() -> None:
        asked.append(1)
        add_edition(2025 + len(asked))

    recorded.write(rule, "one")
    made = db.session.execute(select(Edition.__table__)).all()
    transact(db.session.execute, delete(Edition))
    recorded.write(rule, "one")
    assert (db.session.execute(select(Edition.__table__)).all(), len(asked)) == (made, 1)
    recorded.write(rule, "one")  # a table is no longer empty: the rule is asked
    assert [each.year for each in db.session.scalars(select(Edition).order_by(Edition.id))] == [2026, 2027]

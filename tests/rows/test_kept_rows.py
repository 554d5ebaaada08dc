"""What rarely changes is read once by a process, and again by every process after any change of it."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, text

from orders.catalogue.models import Allowance
from orders.database import db
from orders.ordering.request.offer import current_offer, recent_offer
from orders.ordering.review.allowances import OverAllowance
from orders.rows.kept_rows import WATCHED
from tests.conftest import make_app
from tests.factories import allow, make_edition, make_order

OF_ALLOWANCES = {
    "INSERT": "INSERT INTO allowance (publication_id, audience, review_above, maximum) "
    "SELECT id, 'family', 1, 2 FROM publication",
    "UPDATE": "UPDATE allowance SET maximum = 3",
    "DELETE": "DELETE FROM allowance",
}


def token() -> str:
    return str(db.session.execute(text("SELECT token FROM kept_rows_token")).scalar_one())


@pytest.mark.usefixtures("app_context")
def test_every_change_is_noted_however_it_is_made() -> None:
    make_edition()
    seen = [token()]
    for verb, statement in OF_ALLOWANCES.items():
        db.session.execute(text(statement))
        seen.append(token())
        assert len(set(seen)) == len(seen), verb


@pytest.mark.usefixtures("app_context")
def test_every_watched_table_has_its_triggers() -> None:
    query = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    if db.engine.dialect.name == "postgresql":
        query = "SELECT event_object_table, event_manipulation FROM information_schema.triggers"
    found = [(table, name.upper()) for table, name in db.session.execute(text(query))]
    verbs = {(table, verb) for table in WATCHED for verb in ("INSERT", "UPDATE", "DELETE")}
    assert {(table, verb) for table, verb in verbs if any(table == t and verb in name for t, name in found)} == verbs


@pytest.mark.usefixtures("app_context")
def test_a_change_that_was_rolled_back_is_not_kept() -> None:
    make_edition(year=2026)
    kept = current_offer()
    db.session.execute(text("UPDATE edition SET title = 'Autre'"))
    assert current_offer().editions[0].title == "Autre"
    db.session.rollback()
    assert current_offer().editions[0].title == kept.editions[0].title


@pytest.mark.usefixtures("app_context")
def test_what_did_not_change_costs_one_statement_and_for_a_moment_none() -> None:
    make_edition()
    kept = current_offer()
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *found: asked.append(found[2]))
    assert current_offer() is kept
    assert [each for each in asked if not each.startswith("BEGIN")] == [
        "SELECT kept_rows_token.token \nFROM kept_rows_token"
    ]
    asked.clear()
    assert recent_offer() is not None
    assert len(asked) == 1  # the tests keep nothing without asking


def test_another_process_orders_by_the_new_allowance_at_once(app: Flask, tmp_path: Path) -> None:
    other = make_app(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path)
    with other.app_context():
        make_edition()
        make_order(lines={"MAN26": 5})
    with app.app_context():
        allow("family", review_above=1, maximum=4)
    with other.app_context():
        with pytest.raises(OverAllowance):
            make_order(lines={"MAN26": 5})
        assert db.session.query(Allowance).count() == 2
        db.session.remove()
        db.engine.dispose()

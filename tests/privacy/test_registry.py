"""Every column of every table is declared as personal or not, and what is personal can be erased."""

import pytest
from flask import Flask
from sqlalchemy import inspect

from orders.database import Model, db
from orders.privacy import erasing
from orders.privacy.registry import NULL, Kind, Table, undeclared
from orders.privacy.tables import TABLES
from orders.schema.unmodelled_names import is_unmodelled
from orders.wording import personal_data_words
from tests.factories import NOW

OF_ALEMBIC = "alembic_version"


def test_every_column_of_the_models_is_declared() -> None:
    found = {table.name: [column.name for column in table.columns] for table in Model.metadata.tables.values()}
    assert "\n".join(undeclared(TABLES, found)) == ""


def test_every_column_that_a_migration_makes_is_declared(app_context: Flask) -> None:
    database = inspect(db.engine)
    found = {
        name: [column["name"] for column in database.get_columns(name)]
        for name in database.get_table_names()
        if name != OF_ALEMBIC and not is_unmodelled(name)  # the search index: see test_erasing_one_person
    }
    assert "\n".join(undeclared(TABLES, found)) == ""


def test_who_adds_a_column_is_told_how_to_declare_it() -> None:
    (told,) = undeclared([Table("order", "id")], {"order": ["id", "nickname"]})
    assert told.startswith("order.nickname is not declared. In orders/privacy/tables, add it to Table('order')")
    for words in ("`plain`", "`personal`", "of_orders", "outdated", "since"):
        assert words in told


def test_columns_declared_twice_or_gone_are_named_too() -> None:
    twice = Table("order", "id name", {Kind.IDENTITY: {"name": NULL}})
    assert undeclared([twice], {"order": ["id", "name"]}) == ["order.name is declared twice"]
    assert undeclared([Table("order", "id old")], {"order": ["id"]}) == [
        "order.old is declared and does not exist: take it out"
    ]


def test_pages_have_a_word_for_every_table_and_column_that_people_are_told_of() -> None:
    told = {table.name for table in TABLES if table.erasable}
    assert told - set(personal_data_words.TABLES) == set(), "add the word to orders/wording/personal_data_words.py"
    columns = {
        column.name
        for table in TABLES
        if table.of_orders or table.of_addresses
        for column in table.columns
        if column.is_handed_out
    }
    assert columns - {"html", "told"} - set(personal_data_words.COLUMNS) == set()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_what_is_personal_can_be_reached_and_erased(app_context: Flask, table: Table) -> None:
    """The conditions are SQL that both databases understand."""
    reached = {
        table.of_orders: {"orders": [1, 2]},
        table.of_addresses: {"addresses": ["zoe@example.org"]},
        table.of_edition: {"editions": [1]},
        table.outdated: {"before": NOW},
    }
    reached.pop("", None)
    assert bool(reached) == bool(table.erasable), (
        "personal columns need `of_orders`, `of_addresses`, `of_edition` or `outdated`"
    )
    for condition, values in reached.items():
        assert erasing.count(table, condition, **values) == 0  # type: ignore[arg-type]
        assert erasing.erase(table, condition, **values) == 0  # type: ignore[arg-type]
        assert erasing.erase(table, condition, limit=1, **values) == 0  # type: ignore[arg-type]
    if table.personal:
        assert table.since or not table.erasable

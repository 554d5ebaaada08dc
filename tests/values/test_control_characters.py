"""Characters that are no text are in nothing that is kept, whichever door it came in by."""

from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import load_workbook
from sqlalchemy import String, Text, inspect

from orders import spreadsheets
from orders.control_characters import remove_control_characters
from orders.database import Base, db
from orders.ordering.models import Order
from tests.factories import make_edition, make_order


def test_control_characters_go_and_line_ends_of_other_programs_stay_lines() -> None:
    assert remove_control_characters("a\x00b\x1bc\x7fd\x9fe\ud800f\uffffg") == "abcdefg"
    assert remove_control_characters("a\x0bb\x85c\u2028d\x0ce") == "a\nb\nc\nd\ne"


@pytest.mark.parametrize("text", ["", "Zoé\tà\r\nCiney", "n\u00b0\u00a05\u200b", "日本", "🎈"])
def test_text_stays_as_it_is(text: str) -> None:
    assert remove_control_characters(text) == text


def test_every_column_of_text_is_cleaned_when_it_is_set(app: Flask) -> None:
    with app.app_context():
        for mapper in Base.registry.mappers:
            for attribute in mapper.column_attrs:
                if type(attribute.columns[0].type) in (String, Text):
                    row = mapper.class_()
                    setattr(row, attribute.key, "pile\x00 de\x08 gauche\x0b")
                    assert getattr(row, attribute.key) == "pile de gauche\n", (
                        f"{mapper.class_.__name__}.{attribute.key}"
                    )


def test_what_is_kept_is_what_was_set(app: Flask) -> None:
    with app.app_context():
        make_edition()
        order = make_order(message="bonjour\x0bà\x1f tous", organisation="École\x00")
        db.session.expire_all()
        kept = db.session.get(Order, order.id)
        assert kept is not None
        assert inspect(kept).persistent
        assert (kept.message, kept.organisation) == ("bonjour\nà tous", "École")


@given(some.text(max_size=20))
def test_any_text_can_be_written_to_a_workbook_and_read_back(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("x") / "table.xlsx"
    spreadsheets.write(path, ["name", "note"], [["Zoé", text]])
    book = load_workbook(path)
    assert book.worksheets[0]["A2"].value == "Zoé"
    book.close()


def test_cells_of_a_file_are_cleaned(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text('name;town\n"Zo\x08é\x0bL";Ciney\x1a\n', "utf-8")
    assert spreadsheets.read(path).rows[0].cells == ("Zoé\nL", "Ciney")

"""A school is found by a few letters, whatever their accents, case and order, with one typing error."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from orders.clock import now
from orders.database import transact
from orders.directory import importing, list_reader, lookup, suggestions
from orders.staff.journal import Actor
from tests.directory.lists import row, write

ROWS = (
    row(1, "ATHENEE ROYAL D'AUDERGHEM"),
    row(2, 'Ecole fondamentale "Clair Soleil" (P1-M8)', address="Rue du Potaerdenberg 170", postcode="1070", town="X"),
    row(3, "Institut Saint-François-Xavier", address="Rue de Rome 18", postcode="4800", town="VERVIERS"),
    row(4, "Ecole communale n°3", address="Rue du Moulin 59", postcode="6000", town="CHARLEROI"),
    row(5, "Ecole communale n°3", address="Rue du Pont 1", postcode="5000", town="NAMUR"),
)


@pytest.fixture
def directory(app: Flask, tmp_path: Path) -> Iterator[None]:
    """Five places of made-up schools."""
    with app.app_context():
        _take_over(tmp_path, *ROWS)
        yield


def _take_over(folder: Path, *rows: str) -> None:
    places = list_reader.read(write(folder / "list.csv", *rows)).places
    transact(importing.take_over, "fwb", places, at=now(), by=Actor("command"))


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("ar auderg", ["1"]),
        ("1160 athénée", ["1"]),
        ("clair soleil", ["2"]),
        ("SOLEIL Clair", ["2"]),
        ("clair soliel", ["2"]),
        ("clair oleil", ["2"]),
        ("clair osleil", ["2"]),
        ("clair xoleil", ["2"]),
        ("clair xsoleil", ["2"]),
        ("clayr soliel", []),
        ("st fr xavier", ["3"]),
        ("isfx", ["3"]),
        ("ec com n°3", ["5", "4"]),
        ("ecole 3 moulin", ["4"]),
        ("communale namur", ["5"]),
        ("rue de rome", ["3"]),
        ("collège st fr xavier verviers", ["3"]),
        ("coll. st fr xavier ververs", ["3"]),
        ("athénée royal clair soleil", ["2"]),
        ("lycée zzzz", []),
        ("collège", []),
        ("lycée du 3", []),
        ("institut de rome à namur", []),
        ("éc", []),
        ("zzzz", []),
        ("", []),
        ("a" * 10_000, []),
        ("<b>' OR 1=1 --", []),
    ],
)
def test_a_school_is_found_as_people_type_it(typed: str, codes: list[str]) -> None:
    assert [found.code for found in suggestions.suggest(typed)] == codes


@pytest.mark.usefixtures("directory")
def test_a_suggestion_holds_the_address() -> None:
    (found,) = suggestions.suggest("auderghem")
    assert (found.name, found.street, found.house, found.box, found.postcode, found.town) == (
        "Athénée royal d'Auderghem",
        "Avenue du Parc",
        "27",
        "2",
        "1160",
        "Auderghem",
    )


@pytest.mark.usefixtures("directory")
def test_a_newer_list_is_searched_at_once_and_what_is_gone_is_not_proposed(tmp_path: Path) -> None:
    assert suggestions.suggest("clair soleil")
    _take_over(tmp_path, row(9, "Le Nouveau Monde"), *ROWS[2:])
    assert [found.code for found in suggestions.suggest("nouveau monde")] == ["9"]
    assert not suggestions.suggest("clair soleil")
    gone = lookup.find("2")
    assert gone is not None
    assert gone.gone_at is not None


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize("code", ["99", "vl:1", "", ":", "1:2:3", "x" * 500])
def test_a_number_that_names_no_place_finds_none(code: str) -> None:
    assert lookup.find(code) is None

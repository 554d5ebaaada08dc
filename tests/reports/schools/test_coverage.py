"""Which places ordered in this edition and the one before, counted, on a map, and as a list to be called."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.catalogue.edition_lookup import get_edition
from orders.database import db, transact
from orders.ordering.lifecycle import cancellation
from orders.ordering.models import Order
from orders.privacy import erasing
from orders.reports.schools import coverage
from orders.reports.schools.coverage import Coverage, Dimension
from orders.staff.models import StaffRole
from tests.directory.lists import row, take_over
from tests.factories import BY, NOW, make_edition, make_order
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
YEAR = 365 * 24 * 60
ROWS = (
    row(1, "ATHENEE ROYAL D'AUDERGHEM"),
    row(2, "Ecole du Lac", level="Maternel ordinaire", postcode="5000", town="NAMUR", address="Rue du Lac 1"),
    row(2, "Ecole du Lac", level="Primaire ordinaire", postcode="5000", town="NAMUR", address="Rue du Lac 1"),
    row(3, "Ecole du Pont", level="Primaire ordinaire", postcode="5000", town="NAMUR", address="Rue du Pont 1"),
    row(4, "=Ecole de la Gare", level="Primaire ordinaire", postcode="5590", town="CINEY", address="Rue de la Gare 1"),
    row(5, "Gone", postcode="5000"),
)


@pytest.fixture
def season(app: Flask, tmp_path: Path) -> None:
    """Places 1 and 2 ordered in this edition; 2, 3 and 5 in the one before; 4 cancelled."""
    with app.app_context():
        make_edition(year=2025, opens_on=date(2025, 9, 1), closes_on=date(2026, 2, 28))
        take_over(tmp_path, *ROWS)
        for code in ("2", "3", "5"):
            make_order(lines={"MAN25": 1}, minutes=-YEAR, institution=code, audience="school")
        make_edition(shelf=1000)
        for code in ("1", "2"):
            make_order(institution=code, audience="school", street=f"Rue {code}")
        off = make_order(institution="4", audience="school", street="Rue 4")
        transact(cancellation.cancel, off.reference, at=NOW, by=BY)
        take_over(tmp_path, *ROWS[:-1])


@pytest.mark.usefixtures("season")
def test_a_school_is_still_counted_when_the_persons_of_its_orders_are_erased(app: Flask) -> None:
    with app.app_context():
        before = coverage.total(coverage.reached_places(get_edition(2026)))
        transact(erasing.erase_orders, list(db.session.scalars(select(Order.id))), at=NOW)
        assert coverage.total(coverage.reached_places(get_edition(2026))) == before


@pytest.mark.usefixtures("season")
def test_places_are_counted_by_the_editions_in_which_they_ordered(app: Flask) -> None:
    with app.app_context():
        places = coverage.reached_places(get_edition(2026))
        assert coverage.total(places) == Coverage("", 4, both=1, only_now=1, only_before=1)
        assert coverage.by(Dimension.PROVINCE, places) == [
            Coverage("Namur", 3, both=1, only_now=0, only_before=1),
            Coverage("Bruxelles", 1, both=0, only_now=1, only_before=0),
        ]
        assert [(each.name, each.places, each.now) for each in coverage.by(Dimension.LEVEL, places)] == [
            ("Primaire ordinaire", 3, 1),
            ("Maternel ordinaire", 1, 1),
            ("Secondaire ordinaire", 1, 1),
        ]
        assert [each.places for each in coverage.by(Dimension.NETWORK, places)] == [4]
        assert {each.name for each in coverage.by(Dimension.COMMUNE, places)} == {"Auderghem", "Namur", "Ciney"}
        assert [(each.name, round(each.share, 2)) for each in coverage.by_postcode(places)] == [
            ("1160", 1.0),
            ("5000", 0.5),
            ("5590", 0.0),
        ]
        assert [place.code for place in coverage.not_yet(places)] == ["3"]


@pytest.mark.usefixtures("season")
def test_page_map_and_file_say_who_ordered_and_who_is_to_be_called(office: Office) -> None:
    client = office(StaffRole.COORDINATOR)
    page = Page.open(client, "/office/reports/schools?by=school_level")
    words = page.words().replace("\xa0", " ")
    assert "2 des 4 lieux de l’annuaire ont commandé" in words
    assert "1 lieu a commandé à la dernière édition et pas encore à celle-ci" in words
    assert "<title>1160 Auderghem\xa0: 1 / 1</title>" in page.text
    assert page.text.count("<circle") == 3
    book = openpyxl.load_workbook(io.BytesIO(client.get("/office/reports/schools/not-yet.xlsx").data))
    rows = list(book.active.iter_rows(min_row=2, values_only=True))  # type: ignore[union-attr]
    book.close()
    assert rows == [("3", "Ecole du Pont", "Primaire ordinaire", "WBE", "Rue du Pont 1", "5000", "Namur", "Namur")]


def test_without_an_edition_or_a_list_the_page_says_what_will_appear(app: Flask, office: Office) -> None:
    client = office(StaffRole.COORDINATOR)
    assert "qui a commandé" in Page.open(client, "/office/reports/schools").words()
    assert client.get("/office/reports/schools/not-yet.xlsx").status_code == 404
    with app.app_context():
        make_edition()
    assert "qui a commandé" in Page.open(client, "/office/reports/schools").words()
    assert client.get("/office/reports/schools?by=colour").status_code == 404
    assert client.get("/office/reports/schools?edition=1999").status_code == 404
    assert client.get("/office/reports/schools/not-yet.pdf").status_code == 404

"""The ledger of a publication as coordinators read it: filtered, in pages, with its running balance, as a file."""

import csv
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import insert

from orders.catalogue import edition_lookup
from orders.catalogue.models import Publication
from orders.database import db, transact
from orders.ordering.lifecycle import cancellation
from orders.reports import ledger_report
from orders.reports.ledger_report import PER_PAGE, MovementFilter, filter_from
from orders.staff.models import StaffRole
from orders.stock import ledger
from orders.stock.models import Balance, Movement, Place, Reason
from tests.factories import BY, NOW, make_edition, make_order
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
URL = "/office/stock/MAN26"


def manual() -> Publication:
    return edition_lookup.get_publication("MAN26")


def correct(change: int, *, days: int = 0, note: str = "noted", reason: Reason = Reason.OTHER) -> None:
    transact(ledger.correct, manual(), change, reason=reason, at=NOW + timedelta(days=days), by=BY, note=note)


def balances(wanted: MovementFilter, **options: Any) -> list[int]:
    return [row.balance for row in ledger_report.page(manual(), wanted, **options).rows]


def test_each_row_says_what_the_shelf_held_after_it_also_under_a_filter(app_context: Flask) -> None:
    make_edition(shelf=100)
    correct(-5)
    make_order(lines={"MAN26": 30})
    correct(+2, days=1)
    correct(-1, days=2)
    assert balances(MovementFilter()) == [66, 67, 65, 95, 100]
    assert balances(MovementFilter(reason=Reason.OTHER)) == [66, 67, 95]
    assert balances(MovementFilter(place=Place.RESERVED)) == [30]
    day = NOW.date() + timedelta(days=1)
    assert balances(MovementFilter(since=day, until=day)) == [67]
    assert balances(MovementFilter(since=day)) == [66, 67]


def test_the_movements_of_one_order_are_found_by_its_reference(app_context: Flask) -> None:
    make_edition(shelf=100)
    make_order(lines={"MAN26": 3})
    order = make_order(lines={"MAN26": 7})
    transact(cancellation.cancel, order.reference, at=NOW, by=BY)
    wanted, wrong = filter_from({"order": order.shown_reference.lower()})
    assert wrong == {}
    assert [row.change for row in ledger_report.page(manual(), wanted).rows] == [7, -7]


def test_pages_hold_every_row_once_forwards_and_backwards(app_context: Flask) -> None:
    make_edition(shelf=1_000)
    for number in range(2 * PER_PAGE + 5):
        correct(-1 if number % 3 else +1)
    wanted = MovementFilter(reason=Reason.OTHER)
    pages = [ledger_report.page(manual(), wanted)]
    while pages[-1].has_older:
        pages.append(ledger_report.page(manual(), wanted, before=pages[-1].rows[-1].movement.id))
    found = [row.movement.id for page in pages for row in page.rows]
    assert [len(page.rows) for page in pages] == [PER_PAGE, PER_PAGE, 5]
    assert found == sorted(set(found), reverse=True)
    back = ledger_report.page(manual(), wanted, after=pages[2].rows[0].movement.id)
    assert [row.balance for row in back.rows] == [row.balance for row in pages[1].rows]
    assert (back.has_newer, pages[0].has_newer) == (True, False)


@pytest.fixture
def coordinator(app: Flask, office: Office) -> FlaskClient:
    with app.app_context():
        make_edition(shelf=100)
        correct(-5, note="=tombées de la palette")
        make_order(lines={"MAN26": 30})
    return office(StaffRole.COORDINATOR)


def test_the_page_shows_notes_filters_and_the_balance(coordinator: FlaskClient) -> None:
    words = Page.open(coordinator, URL).words()
    for said in ("tombées de la palette", "95 −5", "65 −30", "3 mouvements", "événement"):
        assert said in words
    page = Page.open(coordinator, f"{URL}?reason=other&since=2026-11-01&place=SHELF")
    assert "1 mouvement" in page.words()
    assert page.fields(URL) == {"reason": "other", "place": "SHELF", "since": "2026-11-01", "until": "", "order": ""}
    assert "reason=other&amp;place=SHELF&amp;since=2026-11-01" in page.text


def test_a_filter_that_cannot_be_read_is_said_beside_its_field_and_shows_nothing(coordinator: FlaskClient) -> None:
    assert "faute de frappe" in Page.open(coordinator, f"{URL}?order=KLNBRTVV").words()
    words = Page.open(coordinator, f"{URL}?since=demain").words()
    assert "Indiquez la date comme" in words
    assert "0 mouvement" in words


@pytest.mark.parametrize("odd", ["before=x", "before=99999999999999999999", "after=-1", "reason=none", "place=Mars"])
def test_an_odd_address_is_no_fault(coordinator: FlaskClient, odd: str) -> None:
    Page.open(coordinator, f"{URL}?{odd}")


def test_the_same_rows_come_as_a_file_that_runs_no_formula(coordinator: FlaskClient) -> None:
    answer = coordinator.get(f"{URL}/movements.csv?reason=other")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=mouvements-MAN26-")
    (_, row) = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))
    assert row[3:5] == ["5", "libre"]
    assert row[7:10] == ["'=tombées de la palette", "-5", "95"]
    book = load_workbook(BytesIO(coordinator.get(f"{URL}/movements.xlsx").get_data()))
    assert book.active is not None
    rows = list(book.active.values)
    assert len(rows) == 5
    assert rows[2][1] == datetime(2026, 11, 20, 10, 0)  # noqa: DTZ001 (workbooks know no zone)
    assert rows[2][8:10] == (-5, 95)
    assert (rows[-1][0], rows[-1][3], rows[-1][8], rows[-1][9]) == ("Total", None, 65, None)


def test_the_file_and_its_sheet_are_called_in_the_language_of_the_page(coordinator: FlaskClient) -> None:
    for language, file, sheet in (("fr", "mouvements", "Mouvements MAN26"), ("en", "movements", "Movements MAN26")):
        answer = coordinator.get(f"{URL}/movements.xlsx?lang={language}", follow_redirects=True)
        assert f"filename={file}-MAN26-" in answer.headers["Content-Disposition"]
        assert load_workbook(BytesIO(answer.get_data())).sheetnames == [sheet]


def test_the_files_are_the_coordinators(app: Flask, coordinator: FlaskClient, office: Office) -> None:
    assert office(StaffRole.OFFICE).get(f"{URL}/movements.csv").status_code == 403
    assert coordinator.get(f"{URL}/movements.pdf").status_code == 404


def test_the_page_asks_as_much_of_the_database_for_many_rows_as_for_few(
    app: Flask, coordinator: FlaskClient, queries: Callable[[FlaskClient, str], int]
) -> None:
    few = queries(coordinator, URL)
    with app.app_context():
        for _ in range(20):
            correct(-1)
            make_order(lines={"MAN26": 1})
    assert queries(coordinator, URL) == few


@pytest.mark.slow
def test_months_of_movements_are_read_to_the_first_one(app_context: Flask) -> None:
    make_edition(shelf=0)
    publication_id = manual().id
    rows = [
        {"at": NOW + timedelta(minutes=number), "publication_id": publication_id, "copies": 2 if number % 2 else 1}
        | {"origin": Place.PRINTER, "destination": Place.SHELF, "reason": Reason.DELIVERY}
        for number in range(20_000)
    ]
    db.session.execute(insert(Movement), rows)
    for place, copies in ((Place.SHELF, 30_000), (Place.PRINTER, -30_000)):
        db.session.get_one(Balance, (manual().id, place)).copies = copies
    db.session.commit()
    page = ledger_report.page(manual(), MovementFilter())
    assert page.rows[0].balance == 30_000
    first = page.rows[0].movement.id - 19_999
    for _ in range(10):
        page = ledger_report.page(manual(), MovementFilter(), before=page.rows[-1].movement.id)
    page = ledger_report.page(manual(), MovementFilter(), before=first + PER_PAGE)
    assert not page.has_older
    assert page.rows[-1].balance == 1
    assert sum(1 for _ in ledger_report.everything(manual(), MovementFilter())) == 20_000

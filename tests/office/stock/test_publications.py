"""Stock through the pages of the office."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.catalogue import edition_lookup
from orders.database import transact
from orders.reports import stock_report
from orders.shipping.dispatches import lifecycle
from orders.staff.models import StaffRole
from orders.stock import ledger
from orders.stock.models import Place
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]


@pytest.fixture
def coordinator(app: Flask, office: Office) -> FlaskClient:
    with app.app_context():
        make_edition(shelf=10)
    return office(StaffRole.COORDINATOR)


def shelf(app: Flask) -> int:
    with app.app_context():
        return ledger.copies_at(edition_lookup.get_publication("MAN26").id, Place.SHELF)


def send(client: FlaskClient, what: str, **typed: str) -> Any:
    url = f"/office/stock/MAN26/{what}"
    return client.post(url, data={**Page.open(client, url).fields(url), **typed})


def test_the_figures_of_an_edition_are_shown(app: Flask, coordinator: FlaskClient) -> None:
    with app.app_context():
        make_order(lines={"MAN26": 17, "LIV26": 4})
        make_edition(year=2027, shelf=0, opens_on=date(2027, 9, 1))
    words = Page.open(coordinator, "/office/stock/").words()
    for figure in ("MAN26", "7", "10", "6", "dont 4 réservés"):
        assert figure in words
    assert "MAN26" not in Page.open(coordinator, "/office/stock/?edition=2027").words()


def test_what_is_packed_lies_on_no_shelf_and_what_others_wait_for_is_free_for_nobody(app_context: Flask) -> None:
    edition = make_edition(shelf=20)
    order = make_order(lines={"MAN26": 4, "LIV26": 4})
    make_order(lines={"LIV26": 30})
    dispatch = make_dispatch(order)
    transact(lifecycle.pack, dispatch.id, 1, packed=True, at=NOW, by=BY)
    found = {each.publication.code: each for each in stock_report.figures(edition)}
    manual, booklet = found["MAN26"], found["LIV26"]
    assert (manual.free, manual.on_shelves, manual.reserved, manual.packed) == (16, 16, 4, 4)
    assert (booklet.free, booklet.on_shelves, booklet.waiting, booklet.expected) == (0, 16, 14, 0)


@pytest.mark.parametrize("year", ["1999", "x", "\0", "99999999999999999999"])
def test_an_edition_that_does_not_exist_is_no_error_of_ours(coordinator: FlaskClient, year: str) -> None:
    assert coordinator.get("/office/stock/", query_string={"edition": year}).status_code in (200, 400, 404)


def test_a_delivery_is_received_in_copies_or_in_bundles(app: Flask, coordinator: FlaskClient) -> None:
    assert send(coordinator, "receive", copies="1 000").status_code == 303
    assert shelf(app) == 1_010
    assert send(coordinator, "receive", bundles="4", singles="3", note="palette").status_code == 303
    assert shelf(app) == 1_113
    assert "palette" in Page.open(coordinator, "/office/stock/MAN26").words()


@pytest.mark.parametrize(
    "typed",
    [
        {"copies": "-5"},
        {"copies": "1000000000000"},
        {"copies": "0"},
        {"copies": ""},
        {"copies": "dix"},
        {"copies": "2,5"},
        {"copies": "5", "bundles": "1"},
        {"bundles": "999999"},
        {"copies": "5", "note": "x" * 501},
    ],
)
def test_a_delivery_that_cannot_be_is_explained_and_keeps_what_was_typed(
    app: Flask, coordinator: FlaskClient, typed: dict[str, str]
) -> None:
    page = Page.of(send(coordinator, "receive", **typed), status=422)
    back = page.fields("/office/stock/MAN26/receive")
    assert {name: back[name] for name in typed} == typed
    assert page.text.split("<title>")[1].startswith("Erreur")
    assert shelf(app) == 10


def test_a_double_click_on_receive_counts_once(app: Flask, coordinator: FlaskClient) -> None:
    url = "/office/stock/MAN26/receive"
    fields = {**Page.open(coordinator, url).fields(url), "copies": "5"}
    for _ in range(2):
        assert coordinator.post(url, data=fields).status_code == 303
    assert shelf(app) == 15


def test_a_correction_changes_the_shelf_and_needs_a_reason(app: Flask, coordinator: FlaskClient) -> None:
    assert send(coordinator, "correct", copies="−3", reason="damaged").status_code == 303
    assert shelf(app) == 7
    assert send(coordinator, "correct", copies="+2", reason="found").status_code == 303
    assert shelf(app) == 9
    for typed in ({"copies": "-1"}, {"copies": "-1", "reason": "delivery"}, {"copies": "-1", "reason": "other"}):
        Page.of(send(coordinator, "correct", **typed), status=422)
    assert shelf(app) == 9


@pytest.mark.parametrize(
    ("typed", "shelf_then"),
    [
        ({"copies": "3", "reason": "damaged"}, 7),
        ({"copies": "3", "reason": "gift", "way": "out"}, 7),
        ({"copies": "3", "reason": "event"}, 7),
        ({"copies": "3", "reason": "found"}, 13),
        ({"copies": "3", "reason": "returned", "way": "in"}, 13),
        ({"copies": "3", "reason": "other", "note": "échange", "way": "out"}, 7),
        ({"copies": "+3", "reason": "other", "note": "échange"}, 13),
        ({"copies": "+3", "reason": "damaged"}, 10),
        ({"copies": "-3", "reason": "found"}, 10),
        ({"copies": "3", "reason": "damaged", "way": "in"}, 10),
        ({"copies": "-3", "reason": "other", "note": "échange", "way": "in"}, 10),
        ({"copies": "3", "reason": "other", "note": "échange"}, 10),
        ({"copies": "0", "reason": "damaged"}, 10),
        ({"copies": "−0", "reason": "found"}, 10),
    ],
)
def test_copies_cannot_be_corrected_the_wrong_way(
    app: Flask, coordinator: FlaskClient, typed: dict[str, str], shelf_then: int
) -> None:
    answer = send(coordinator, "correct", **typed)
    assert answer.status_code == (422 if shelf_then == 10 else 303)
    assert shelf(app) == shelf_then
    if answer.status_code == 303:
        assert f"Au rayon, réservés compris\u00a0: {shelf_then}" in coordinator.get(answer.location).text


def test_a_correction_below_nothing_says_how_many_there_are(app: Flask, coordinator: FlaskClient) -> None:
    page = Page.of(send(coordinator, "correct", copies="-11", reason="damaged"), status=422)
    assert "il en manque 11, mais 10 seulement peuvent sortir" in page.words()
    assert shelf(app) == 10


def test_a_correction_of_what_orders_hold_shows_which_ones_and_asks(app: Flask, coordinator: FlaskClient) -> None:
    with app.app_context():
        reference = make_order(lines={"MAN26": 8}).reference
    asked = Page.of(send(coordinator, "correct", copies="-5", reason="damaged"), status=422)
    assert f"/office/ordering/{reference}" in asked.text
    url = "/office/stock/MAN26/correct"
    assert coordinator.post(url, data={**asked.fields(url), "released": "3"}).status_code == 303
    assert shelf(app) == 0


def test_the_office_reads_the_stock_receives_a_delivery_and_does_not_correct(
    app: Flask, coordinator: FlaskClient, office: Office
) -> None:
    client = office(StaffRole.OFFICE)
    assert send(client, "receive", copies="5").location == "/office/stock/MAN26"
    assert shelf(app) == 15
    for page in ("/office/stock/", "/office/stock/MAN26"):
        text = Page.open(client, page).text
        for closed in ("correct", "print-runs", "share", "movements.csv"):
            assert f"MAN26/{closed}" not in text
    for closed in ("correct", "print-runs", "share", "movements.csv"):
        assert client.get(f"/office/stock/MAN26/{closed}").status_code == 403


def test_an_unknown_publication_is_said_so(coordinator: FlaskClient) -> None:
    for what in ("", "/receive", "/correct"):
        Page.of(coordinator.get(f"/office/stock/XYZ{what}"), status=404)

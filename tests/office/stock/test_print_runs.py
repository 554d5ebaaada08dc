"""Print runs in the browser: ordered, received in parts, late, too many."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.catalogue import edition_lookup
from orders.clock import local_day, now
from orders.database import db
from orders.staff.models import StaffRole
from orders.stock import ledger
from orders.stock.models import Place, PrintRun
from orders.wording import day, long_day
from tests.factories import make_edition
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
RUNS = "/office/stock/MAN26/print-runs"
RECEIVE = "/office/stock/MAN26/receive"


@pytest.fixture
def coordinator(app: Flask, office: Office) -> FlaskClient:
    with app.app_context():
        make_edition(shelf=0)
    return office(StaffRole.COORDINATOR)


def in_days(days: int) -> Any:
    return local_day(now()) + timedelta(days=days)


def send(client: FlaskClient, url: str, **typed: str) -> Any:
    return client.post(url, data={**Page.open(client, url).fields(url), **typed})


def order_run(client: FlaskClient, copies: str = "3 000", days: int = 9) -> Any:
    return send(client, RUNS, copies=copies, expected_on=in_days(days).isoformat(), cost="1 234,50", note="devis 12")


def make_late(app: Flask) -> None:
    with app.app_context():
        for run in db.session.query(PrintRun):
            run.expected_on = in_days(-3)
        db.session.commit()


def shelf(app: Flask) -> int:
    with app.app_context():
        return ledger.copies_at(edition_lookup.get_publication("MAN26").id, Place.SHELF)


def test_a_print_run_is_ordered_and_the_public_learns_its_day(
    app: Flask, coordinator: FlaskClient, client: FlaskClient
) -> None:
    assert "Épuisé pour le moment" in Page.open(client, "/").words()
    assert order_run(coordinator).status_code == 303
    words = Page.open(coordinator, RUNS).words()
    for said in ("3 000", "1 234,50", "devis 12", day(in_days(9)), "attendu"):
        assert said in words
    with app.test_request_context():
        promised = long_day(in_days(9))
    assert f"Réimpression attendue le {promised}" in Page.open(client, "/").words()
    assert "3 000" in Page.open(coordinator, "/office/stock/").words()


def test_the_office_receives_it_in_parts_and_more_than_was_ordered_is_asked(
    app: Flask, coordinator: FlaskClient, office: Office
) -> None:
    order_run(coordinator, "100")
    desk = office(StaffRole.OFFICE)
    assert send(desk, RECEIVE, bundles="2", singles="10").status_code == 303
    assert "reçu en partie" in Page.open(coordinator, RUNS).words()
    asked = Page.of(send(desk, RECEIVE, copies="41"), status=422)
    assert "40 exemplaires sont encore attendus, et vous en notez 41" in asked.words()
    assert desk.post(RECEIVE, data={**asked.fields(RECEIVE), "confirm": "more"}).status_code == 303
    assert shelf(app) == 101
    assert "aucun" not in Page.open(desk, RECEIVE).words()


def test_two_people_who_receive_the_same_print_run_are_told(app: Flask, coordinator: FlaskClient) -> None:
    order_run(coordinator, "100")
    both = [{**Page.open(coordinator, RECEIVE).fields(RECEIVE), "copies": "100"} for _ in range(2)]
    assert coordinator.post(RECEIVE, data=both[0]).status_code == 303
    assert coordinator.post(RECEIVE, data=both[0]).status_code == 303
    words = Page.of(coordinator.post(RECEIVE, data=both[1]), status=422).words()
    assert "déjà arrivé en entier" in words
    assert shelf(app) == 100


def test_a_delivery_may_be_of_no_print_run(app: Flask, coordinator: FlaskClient) -> None:
    order_run(coordinator, "100")
    assert send(coordinator, RECEIVE, copies="500", print_run="").status_code == 303
    assert shelf(app) == 500
    Page.of(send(coordinator, RECEIVE, copies="5", print_run="77"), status=422)
    Page.of(send(coordinator, RECEIVE, copies="5", print_run="x"), status=422)


def test_a_late_print_run_is_said_on_the_first_pages(app: Flask, coordinator: FlaskClient, office: Office) -> None:
    order_run(coordinator)
    make_late(app)
    for url in ("/office/", "/office/stock/", "/office/stock/MAN26"):
        assert "En retard : 3 000 exemplaires de MAN26" in Page.open(coordinator, url).words()
    assert "En retard" in Page.open(office(StaffRole.OFFICE), "/office/").words()
    assert "En retard" not in Page.open(office(StaffRole.VOLUNTEER), "/office/").words()


def test_a_late_one_promises_nothing_to_the_public(app: Flask, coordinator: FlaskClient, client: FlaskClient) -> None:
    order_run(coordinator)
    make_late(app)
    assert "Réimpression attendue" not in Page.open(client, "/").words()


def test_it_is_changed_and_then_no_longer_expected(app: Flask, coordinator: FlaskClient) -> None:
    order_run(coordinator)
    make_late(app)
    url = f"{RUNS}/1"
    assert Page.open(coordinator, url).fields(url)["cost"] == "1234,50"
    assert send(coordinator, url, cost="").status_code == 303
    assert send(coordinator, url, expected_on=day(in_days(4))).status_code == 303
    assert day(in_days(4)) in Page.open(coordinator, RUNS).words()
    token = Page.open(coordinator, url).fields(f"{url}/cancel")
    assert coordinator.post(f"{url}/cancel", data=token).status_code == 303
    assert "annulé" in Page.open(coordinator, RUNS).words()
    Page.of(coordinator.post(url, data={**token, "copies": "5", "expected_on": day(in_days(4))}), status=422)
    Page.of(coordinator.get(f"{RUNS}/99"), status=404)


@pytest.mark.parametrize(
    "typed",
    [
        {"copies": "-5"},
        {"copies": "1000000000000"},
        {"copies": "0"},
        {"copies": ""},
        {"expected_on": ""},
        {"expected_on": "demain"},
        {"expected_on": "2020-01-01"},
        {"expected_on": "2090-01-01"},
        {"expected_on": "31/02/2027"},
        {"cost": "-1"},
        {"cost": "beaucoup"},
        {"note": "x" * 501},
    ],
)
def test_a_print_run_that_cannot_be_is_explained_and_keeps_what_was_typed(
    coordinator: FlaskClient, typed: dict[str, str]
) -> None:
    right = {"copies": "10", "expected_on": in_days(3).isoformat()}
    page = Page.of(send(coordinator, RUNS, **{**right, **typed}), status=422)
    back = page.fields(RUNS)
    assert {name: back[name] for name in typed} == typed


def test_the_office_does_not_order_from_the_printer(coordinator: FlaskClient, office: Office) -> None:
    assert office(StaffRole.OFFICE).get(RUNS).status_code == 403


def test_an_archived_publication_says_what_to_do(app: Flask, coordinator: FlaskClient) -> None:
    fields = {**Page.open(coordinator, RECEIVE).fields(RECEIVE), "copies": "5"}
    with app.app_context():
        edition_lookup.get_publication("MAN26").archived_at = now()
        db.session.commit()
    assert "MAN26 est archivée" in Page.of(coordinator.post(RECEIVE, data=fields), status=422).words()
    assert shelf(app) == 0


def test_a_delivery_noted_by_mistake_is_taken_back_by_a_movement(app: Flask, coordinator: FlaskClient) -> None:
    assert order_run(coordinator, copies="100").status_code == 303
    assert send(coordinator, RECEIVE, copies="100", print_run="1").status_code == 303
    never_came = f"{RUNS}/1/take-back"
    assert "par erreur…" in Page.open(coordinator, f"{RUNS}/1").words()
    for copies in ("", "-5", "0", "2,5", "1000000000000", "101"):
        Page.of(send(coordinator, never_came, copies=copies), status=422)
    fields = {**Page.open(coordinator, never_came).fields(never_came), "copies": "90", "note": "palette d’un autre"}
    for _ in range(2):
        assert coordinator.post(never_came, data=fields).status_code == 303
    words = Page.open(coordinator, "/office/stock/MAN26").words()
    assert "livraison notée par erreur du tirage de 100 palette d’un autre libre → imprimeur 90" in words
    assert "90 attendus" in words
    Page.of(coordinator.get(f"{RUNS}/9/take-back"), status=404)

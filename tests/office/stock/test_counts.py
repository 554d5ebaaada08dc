"""Stock counts in the browser: the office types, coordinators approve."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.catalogue import edition_lookup
from orders.clock import now
from orders.database import db
from orders.staff.models import StaffRole
from orders.stock import ledger
from orders.stock.models import Place
from tests.factories import make_edition, make_order, receive
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
ONE = "/office/stock/MAN26/count"
COUNT = "/office/stock/counts/1"
APPROVE = f"{COUNT}/approve"


@pytest.fixture
def clerk(app: Flask, office: Office) -> FlaskClient:
    with app.app_context():
        make_edition(shelf=100)
    return office(StaffRole.OFFICE)


@pytest.fixture
def coordinator(clerk: FlaskClient, office: Office) -> FlaskClient:
    return office(StaffRole.COORDINATOR)


def send(client: FlaskClient, url: str, **typed: str) -> Any:
    return client.post(url, data={**Page.open(client, url).fields(url), **typed})


def shelf(app: Flask) -> int:
    with app.app_context():
        return ledger.copies_at(edition_lookup.get_publication("MAN26").id, Place.SHELF)


def approve(client: FlaskClient, **typed: str) -> Any:
    answer = client.post(APPROVE, data={**Page.open(client, COUNT).fields(APPROVE), **typed})
    return Page.of(answer, status=409).words() if answer.status_code == 409 else Page.open(client, COUNT).words()


def test_the_office_types_in_bundles_and_scans_codes_and_a_coordinator_approves(
    app: Flask, clerk: FlaskClient, coordinator: FlaskClient
) -> None:
    assert send(clerk, ONE, bundles="3", singles="10", note="étagère du fond").location == COUNT
    assert send(clerk, COUNT, publication="man26 ", copies="12").status_code == 303
    words = Page.open(clerk, COUNT).words()
    assert "MAN26 : 85" in words
    assert "étagère du fond" in words
    assert "Différence" not in words
    with app.app_context():
        make_order(lines={"MAN26": 10})
        receive("MAN26", 5)
    words = Page.open(coordinator, COUNT).words()
    assert "MAN26 Manuel 97 100 −3 +5 102" in words
    assert "approuvé" in approve(coordinator, **{"reason-MAN26": "damaged"})
    assert shelf(app) == 92
    assert "Inventaire 1" in Page.open(clerk, "/office/stock/counts").words()


def test_the_office_neither_approves_nor_withdraws_what_others_typed(
    app: Flask, clerk: FlaskClient, coordinator: FlaskClient
) -> None:
    send(coordinator, ONE, copies="5")
    send(clerk, ONE, copies="95")
    token = Page.open(clerk, COUNT).fields(COUNT)["csrf_token"]
    assert clerk.post(APPROVE, data={"csrf_token": token}).status_code == 403
    assert clerk.post(f"{COUNT}/withdraw", data={"csrf_token": token, "entry": "1"}).status_code == 403
    assert clerk.post(f"{COUNT}/withdraw", data={"csrf_token": token, "entry": "2"}).status_code == 303
    assert "retiré" in Page.open(clerk, COUNT).words()


@pytest.mark.parametrize(
    "typed",
    [
        {"copies": "-5"},
        {"copies": "1000000000000"},
        {"copies": ""},
        {"copies": "dix"},
        {"copies": "5", "bundles": "1"},
        {"copies": "5", "note": "x" * 501},
    ],
)
def test_what_cannot_be_counted_is_explained_and_keeps_what_was_typed(
    clerk: FlaskClient, typed: dict[str, str]
) -> None:
    back = Page.of(send(clerk, ONE, **typed), status=422).fields(ONE)
    assert {name: back[name] for name in typed} == typed


def test_a_code_of_nothing_is_explained(clerk: FlaskClient) -> None:
    send(clerk, ONE, copies="0")
    assert (
        "Ce code n’est pas de cette édition : MAN26, LIV26"
        in Page.of(send(clerk, COUNT, publication="MAN99", copies="5"), status=422).words()
    )


def test_two_coordinators_approve_the_same_count_once(app: Flask, coordinator: FlaskClient, office: Office) -> None:
    send(coordinator, ONE, copies="97")
    other = office(StaffRole.COORDINATOR)
    pages = [Page.open(client, COUNT).fields(APPROVE) for client in (coordinator, other)]
    assert coordinator.post(APPROVE, data=pages[0]).status_code == 303
    assert "déjà été approuvé" in Page.of(other.post(APPROVE, data=pages[1]), status=409).words()
    assert shelf(app) == 97


def test_what_was_typed_meanwhile_is_looked_at_first(app: Flask, clerk: FlaskClient, coordinator: FlaskClient) -> None:
    send(clerk, ONE, copies="60")
    fields = Page.open(coordinator, COUNT).fields(APPROVE)
    send(clerk, ONE, copies="37")
    assert "pendant que vous regardiez" in Page.of(coordinator.post(APPROVE, data=fields), status=409).words()
    assert shelf(app) == 100


def test_what_moved_while_it_was_counted_is_counted_again(
    app: Flask, clerk: FlaskClient, coordinator: FlaskClient
) -> None:
    send(clerk, ONE, copies="60")
    with app.app_context():
        receive("MAN26", 5)
    send(clerk, ONE, copies="45")
    assert "entre deux saisies" in approve(coordinator)
    withdraw = Page.open(coordinator, COUNT)
    again = {"csrf_token": withdraw.fields(COUNT)["csrf_token"], "entry": ["1", "2"]}
    assert coordinator.post(f"{COUNT}/withdraw", data=again).status_code == 303
    send(clerk, ONE, copies="105")
    assert "approuvé" in approve(coordinator)
    assert shelf(app) == 105


def test_a_publication_archived_meanwhile_gets_a_clear_answer(
    app: Flask, clerk: FlaskClient, coordinator: FlaskClient
) -> None:
    send(clerk, ONE, copies="60")
    fields = {**Page.open(clerk, ONE).fields(ONE), "copies": "5"}
    with app.app_context():
        edition_lookup.get_publication("MAN26").archived_at = now()
        db.session.commit()
    assert "MAN26 est archivée" in approve(coordinator)
    assert "MAN26 est archivée" in Page.of(clerk.post(ONE, data=fields), status=422).words()
    assert shelf(app) == 100


def test_a_form_left_open_after_the_end_says_so_and_is_not_lost_in_another_count(
    app: Flask, clerk: FlaskClient, coordinator: FlaskClient
) -> None:
    send(clerk, ONE, copies="97")
    fields = {**Page.open(clerk, ONE).fields(ONE), "copies": "5"}
    token = {"csrf_token": Page.open(coordinator, COUNT).fields(COUNT)["csrf_token"]}
    assert coordinator.post(f"{COUNT}/abandon", data=token).status_code == 303
    assert "abandonné" in Page.of(clerk.post(ONE, data=fields), status=422).words()
    assert "Commencer un inventaire" in Page.open(clerk, "/office/").words()


def test_a_count_begins_with_one_button_and_there_is_one_at_a_time(clerk: FlaskClient) -> None:
    fields = Page.open(clerk, "/office/stock/counts").fields("/office/stock/counts/new")
    for _ in range(2):
        assert clerk.post("/office/stock/counts/new", data=fields).location == COUNT
    assert "Compter : Marathon des lettres 2026" in Page.open(clerk, "/office/").words()
    Page.of(clerk.get("/office/stock/counts/9"), status=404)
    Page.of(clerk.post("/office/stock/counts/new", data={**fields, "edition": "x"}), status=404)


def test_fewer_than_are_promised_asks_who_waits_again_and_then_counts(
    app: Flask, clerk: FlaskClient, coordinator: FlaskClient
) -> None:
    with app.app_context():
        older, newer = (make_order(lines={"MAN26": 45}, minutes=minutes).reference for minutes in (0, 1))
    send(clerk, ONE, copies="80")
    asked = Page.open(coordinator, COUNT)
    assert "MAN26, réservés à reprendre à la commande la plus récente\u00a0: 10." in asked.text
    assert f"/office/ordering/{newer}" in asked.text
    assert f"/office/ordering/{older}" not in asked.text
    assert "réservée à des commandes" in approve(coordinator)
    assert shelf(app) == 10
    assert "approuvé" in approve(coordinator, released="10")
    assert shelf(app) == 0
    assert "retour dans la file" in Page.open(coordinator, "/office/stock/MAN26").words()

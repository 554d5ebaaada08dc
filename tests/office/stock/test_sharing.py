"""Scarce copies in the browser: rules side by side, one applied."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.ordering import repository
from orders.staff.models import StaffRole
from tests.factories import make_edition, make_order, receive
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
URL = "/office/stock/MAN26/share"


@pytest.fixture
def coordinator(app: Flask, office: Office) -> FlaskClient:
    with app.app_context():
        make_edition(shelf=60)
    return office(StaffRole.COORDINATOR)


@pytest.fixture
def references(app: Flask, coordinator: FlaskClient) -> list[str]:
    wanted = ((50, "group"), (30, "school"), (20, "school"))
    with app.app_context():
        return [
            make_order(
                lines={"MAN26": copies}, audience=audience, minutes=minutes, organisation=f"Groupe {minutes}"
            ).reference
            for minutes, (copies, audience) in enumerate(wanted)
        ]


def forms(client: FlaskClient, minimum: int = 10) -> dict[str, dict[str, str]]:
    """What each rule's form would send."""
    page = Page.open(client, f"{URL}?minimum={minimum}")
    found = {}
    for form in page.forms(URL):
        fields = {field.get("name") or "": field.get("value") or "" for field in form.iter("input")}
        if "rule" in fields:
            found[fields["rule"]] = fields
    return found


def held(app: Flask, references: list[str]) -> list[int]:
    with app.app_context():
        return [repository.get_order(reference).lines[0].reserved for reference in references]


def test_rules_stand_side_by_side_and_one_is_applied(
    app: Flask, coordinator: FlaskClient, references: list[str]
) -> None:
    words = Page.open(coordinator, f"{URL}?minimum=10").words()
    for said in ("manquent", "50 50 50 40 −10 30 −20", "20 0 0 10 +10 12 +12", "C’est ainsi maintenant"):
        assert said in words
    offered = forms(coordinator)
    assert set(offered) == {"schools", "proportional"}
    answer: Any = coordinator.post(URL, data=offered["schools"])
    assert answer.location == f"{URL}?minimum=10"
    assert "2 commandes reçoivent une autre part" in Page.open(coordinator, answer.location).words()
    assert held(app, references) == [40, 10, 10]


def test_a_click_on_an_old_page_is_told_and_moves_nothing(
    app: Flask, coordinator: FlaskClient, references: list[str]
) -> None:
    offered = forms(coordinator)
    coordinator.post(URL, data=offered["schools"])
    coordinator.post(URL, data=offered["schools"])
    assert "pendant que vous regardiez" in Page.open(coordinator, URL).words()
    with app.app_context():
        receive("MAN26", 3)
    coordinator.post(URL, data=offered["proportional"])
    assert held(app, references) == [43, 10, 10]


def test_odd_input_is_answered_calmly(coordinator: FlaskClient, references: list[str]) -> None:
    for typed in ("-5", "x", "99999999999", ""):
        assert Page.open(coordinator, f"{URL}?minimum={typed}").fields(URL)["minimum"] == "25"
    fields = forms(coordinator)["schools"]
    coordinator.post(URL, data={**fields, "rule": "lottery"})
    assert "Choisissez une façon de partager" in Page.open(coordinator, URL).words()


@pytest.mark.parametrize("minimum", ["-5", "0", "x", "99999999999"])
def test_a_minimum_that_is_no_number_of_copies_shares_nothing(
    app: Flask, coordinator: FlaskClient, references: list[str], minimum: str
) -> None:
    before = held(app, references)
    answer = coordinator.post(URL, data={**forms(coordinator)["schools"], "minimum": minimum})
    assert "n’est pas un nombre de 1 à" in Page.of(answer, status=409).words()
    assert held(app, references) == before


def test_where_there_is_enough_there_is_nothing_to_share(app: Flask, coordinator: FlaskClient) -> None:
    assert "Quand des commandes attendront" in Page.open(coordinator, URL).words()
    with app.app_context():
        make_order(lines={"MAN26": 5})
    assert "assez pour toutes les commandes" in Page.open(coordinator, URL).words()


def test_sharing_is_the_coordinators(coordinator: FlaskClient, office: Office) -> None:
    assert office(StaffRole.OFFICE).get(URL).status_code == 403


def test_the_page_asks_as_much_of_the_database_for_many_orders_as_for_few(
    app: Flask, coordinator: FlaskClient, references: list[str], queries: Callable[[FlaskClient, str], int]
) -> None:
    few = queries(coordinator, URL)
    with app.app_context():
        for number in range(10):
            make_order(lines={"MAN26": 3}, minutes=10 + number)
    assert queries(coordinator, URL) == few

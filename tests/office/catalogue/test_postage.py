"""Packagings and postage rates through the pages of the office."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.database import transact
from orders.packing import first_prices, tariff
from orders.packing.models import PostKind
from orders.packing.tariff import Step
from orders.staff.models import StaffRole
from tests.factories import BY, NOW, make_edition
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
POSTAGE = "/office/catalogue/postage"
C4 = f"{POSTAGE}/packagings/C4"
PARCEL = f"{POSTAGE}/parcel"


@pytest.fixture
def coordinator(app: Flask, office: Office) -> FlaskClient:
    with app.app_context():
        make_edition()
    return office(StaffRole.COORDINATOR)


def send(client: FlaskClient, url: str, typed: dict[str, str]) -> Any:
    return client.post(url, data={**Page.open(client, url).fields(url), **typed})


def steps(app: Flask, kind: PostKind = PostKind.PARCEL) -> list[Step]:
    with app.app_context():
        return tariff.steps_of(kind, tariff.read_tariff())


def test_packagings_rates_and_the_last_letter_are_shown(coordinator: FlaskClient) -> None:
    words = Page.open(coordinator, POSTAGE).words()
    for shown in (
        "enveloppe C4",
        "boîte",
        "324 × 229 mm",
        "21 g",
        "à facturer selon le tarif bpost",
        "MAN26 au plus dans une lettre",
    ):
        assert shown in words


@pytest.mark.parametrize("typed", ["21,5", "21.5", " 21,5 g", "21,50"])
def test_a_weight_is_typed_with_a_comma_or_a_point(app: Flask, coordinator: FlaskClient, typed: str) -> None:
    assert send(coordinator, C4, {"empty_weight_mg": typed}).status_code == 303
    with app.app_context():
        assert tariff.get_packaging("C4").empty_weight_mg == 21_500
    assert Page.open(coordinator, C4).fields(C4)["empty_weight_mg"] == "21,5"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("inner_width_mm", "351"),
        ("inner_width_mm", "-324"),
        ("inner_width_mm", "324,5"),
        ("inner_height_mm", ""),
        ("inner_depth_mm", "31"),
        ("empty_weight_mg", "vingt"),
        ("empty_weight_mg", "1.000"),
        ("most_weight_mg", "2000,1"),
        ("most_weight_mg", "999999999999999"),
        ("piles", "3"),
        ("piles", "1e1"),
    ],
)
def test_a_measure_that_cannot_be_is_said_beside_its_field(
    app: Flask, coordinator: FlaskClient, field: str, typed: str
) -> None:
    page = Page.of(send(coordinator, C4, {field: typed}), status=422)
    assert f'id="{field}-error"' in page.text
    assert page.fields(C4)[field] == typed
    with app.app_context():
        assert tariff.sizes_of(tariff.get_packaging("C4")) == tariff.PackagingSizes(324, 229, 30, 21_000, 2_000_000, 2)


def test_a_packaging_that_does_not_exist_is_said(coordinator: FlaskClient) -> None:
    assert "C3" in Page.open(coordinator, f"{POSTAGE}/packagings/C3", status=404).words()


def test_two_coordinators_at_one_packaging_are_told_apart(app: Flask, office: Office) -> None:
    first, second = office(StaffRole.COORDINATOR), office(StaffRole.COORDINATOR)
    seen = Page.open(second, C4).fields(C4)
    assert send(first, C4, {"inner_depth_mm": "19"}).status_code == 303
    page = Page.of(second.post(C4, data={**seen, "empty_weight_mg": "43"}), status=409)
    assert "19" in page.words()
    assert "Staff" in page.words()
    assert second.post(C4, data={**page.fields(C4), "inner_depth_mm": "19"}).status_code == 303
    with app.app_context():
        found = tariff.get_packaging("C4")
        assert (found.inner_depth_mm, found.empty_weight_mg) == (19, 43_000)


def test_prices_are_typed_in_euros_and_may_stay_empty(app: Flask, coordinator: FlaskClient) -> None:
    typed = {"price-1": "5,90", "price-2": "7.1", "price-3": "€ 9", "price-4": "12,00 €"}
    assert send(coordinator, PARCEL, typed).status_code == 303
    assert [step.price_cents for step in steps(app)] == [590, 710, 900, 1_200, None]
    assert "5,90 €" in Page.open(coordinator, POSTAGE).words()


def test_first_prices_are_marked_until_they_are_kept(app: Flask, coordinator: FlaskClient) -> None:
    with app.app_context():
        transact(first_prices.fill_in, at=NOW, by=BY)
    for url in ("/office/", POSTAGE, PARCEL):
        assert "du catalogue de départ" in Page.open(coordinator, url).words()
    assert send(coordinator, PARCEL, {}).status_code == 303, "as they are"
    for url in ("/office/", POSTAGE, PARCEL):
        assert "du catalogue de départ" not in Page.open(coordinator, url).words()


def test_steps_are_added_moved_and_taken_away(app: Flask, coordinator: FlaskClient) -> None:
    typed = {"up_to-1": "", "price-1": "", "up_to-2": "10 000", "up_to-3": "1000", "up_to-6": "15000", "price-6": "8"}
    assert send(coordinator, PARCEL, typed).status_code == 303
    weights = [(1_000, None), (10_000, None), (15_000, 800), (20_000, None), (30_000, None)]
    assert steps(app) == [Step(*each) for each in weights]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"price-1": "gratuit"}, "price-1"),
        ({"price-1": "0"}, "price-1"),
        ({"price-1": "-3"}, "price-1"),
        ({"price-1": "1,499"}, "price-1"),
        ({"price-1": "1000000"}, "price-1"),
        ({"price-1": "9", "price-2": "8"}, "price-2"),
        ({"up_to-2": "2000"}, "up_to-2"),
        ({"up_to-5": "31000"}, "up_to-5"),
        ({"up_to-5": "29000"}, "up_to-5"),
        ({"up_to-1": "0"}, "up_to-1"),
        ({"up_to-1": "2 kilos"}, "up_to-1"),
        ({"price-6": "4"}, "up_to-6"),
    ],
)
def test_a_step_that_cannot_be_is_said_beside_its_field(
    app: Flask, coordinator: FlaskClient, typed: dict[str, str], field: str
) -> None:
    before = steps(app)
    page = Page.of(send(coordinator, PARCEL, typed), status=422)
    assert f'id="{field}-error"' in page.text
    assert {name: page.fields(PARCEL)[name] for name in typed} == typed
    assert steps(app) == before


def test_an_emptied_table_is_refused(app: Flask, coordinator: FlaskClient) -> None:
    fields = Page.open(coordinator, PARCEL).fields(PARCEL)
    emptied = {name: "" if name.startswith(("up_to", "price")) else value for name, value in fields.items()}
    assert "au moins une ligne" in Page.of(coordinator.post(PARCEL, data=emptied), status=422).words()
    assert len(steps(app)) == 5


def test_two_coordinators_at_one_tariff_are_told_apart(app: Flask, office: Office) -> None:
    first, second = office(StaffRole.COORDINATOR), office(StaffRole.COORDINATOR)
    seen = Page.open(second, PARCEL).fields(PARCEL)
    assert send(first, PARCEL, {"price-1": "5,90"}).status_code == 303
    page = Page.of(second.post(PARCEL, data={**seen, "price-1": "6,10"}), status=409)
    assert "5,90 €" in page.words()
    assert [step.price_cents for step in steps(app)][0] == 590
    assert second.post(PARCEL, data=page.fields(PARCEL)).status_code == 303
    assert [step.price_cents for step in steps(app)][0] == 610

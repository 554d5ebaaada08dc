"""Orders through the pages of the office."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.database import db
from orders.ordering.models import OrderStatus
from orders.ordering.repository import get_order
from orders.staff.models import StaffRole
from tests.factories import make_dispatch, make_edition, make_order
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]


@pytest.fixture
def client(app: Flask, office: Office) -> FlaskClient:
    with app.app_context():
        make_edition(shelf={"MAN26": 100})
    return office(StaffRole.OFFICE)


def place(app: Flask, **fields: object) -> str:
    with app.app_context():
        return make_order(**fields).reference  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ("", ["Ana", "Bo"]),
        ("status=ready", ["Ana"]),
        ("status=waiting", ["Bo"]),
        ("status=nonsense", ["Ana", "Bo"]),
        ("audience=school", ["Ana"]),
        ("publication=LIV26", ["Bo"]),
        ("q=ana", ["Ana"]),
        ("q=ANÁ+roch", ["Ana"]),
        ("q=bo+roch", []),
        ("q=%25", []),
        ("q=5590", ["Ana"]),
        ("q=saint-ro", ["Ana"]),
        ("q=rue+de+la+senn", ["Ana", "Bo"]),
        ("q=BRUXELLES+z@y", ["Bo"]),
        ("province=namur", ["Ana"]),
        ("province=Bruxelles&publication=LIV26", ["Bo"]),
        ("province=nowhere", ["Ana", "Bo"]),
        ("status=ready&audience=school&q=ana&province=Namur&delivery=post", ["Ana"]),
        ("status=ready&audience=school&delivery=pickup", []),
        ("needed_until=2026-12-01", []),
        ("needed_until=nonsense", ["Ana", "Bo"]),
        ("page=99", ["Ana", "Bo"]),
        ("page=x", ["Ana", "Bo"]),
    ],
)
def test_filters_combine_and_search_ignores_case_and_accents(
    app: Flask, client: FlaskClient, arguments: str, found: list[str]
) -> None:
    place(app, name="Aná", organisation="École Saint-Roch", audience="school", postcode="5590", email="x@y.be")
    place(app, name="Bo", lines={"LIV26": 3}, email="z@y.be")
    words = Page.open(client, f"/office/ordering/?{arguments}").text
    assert [name for name, shown in (("Ana", "Aná"), ("Bo", ">Bo<")) if shown in words.replace("\n", "")] == found


@pytest.mark.parametrize("typed", ["coeur", "CŒUR", "lukasz", "Łukasz"])
def test_ligatures_and_strokes_do_not_matter(app: Flask, client: FlaskClient, typed: str) -> None:
    reference = place(app, name="Łukasz Petit", organisation="École du Sacré-Cœur", audience="school")
    place(app)
    words = Page.open(client, f"/office/ordering/?q={typed}").words()
    assert f"{reference[:4]}-{reference[4:]}" in words
    assert "1 commande" in words


def test_an_order_is_found_by_its_reference_however_it_is_typed(app: Flask, client: FlaskClient) -> None:
    reference = place(app, name="Aná")
    place(app, name="Somebody Else")
    words = Page.open(client, f"/office/ordering/?q={reference[:4].lower()}-{reference[4:]}").words()
    assert "Aná" in words
    assert "Somebody Else" not in words


def test_an_order_is_found_by_a_piece_of_its_reference(app: Flask, client: FlaskClient) -> None:
    reference = place(app, name="Aná")
    assert "Aná" in Page.open(client, f"/office/ordering/?q={reference[1:4].lower()}-{reference[4:6]}").words()


def test_one_order_shows_everything_about_it(app: Flask, client: FlaskClient) -> None:
    reference = place(app, name="Aná", message="Laisser au concierge", phone="02 538 81 77")
    words = Page.open(client, f"/office/ordering/{reference}").words()
    for word in ("Aná", "Laisser au concierge", "02 538 81 77", "Rue de la Senne"):
        assert word in words
    leads = client.get(f"/office/ordering/{reference[:4].lower()}-{reference[4:]}")
    assert leads.location.endswith(reference)


@pytest.mark.parametrize("reference", ["KLNBRTVX", "nonsense", "KLNB-RTVV"])
def test_an_order_that_does_not_exist_is_said_so(client: FlaskClient, reference: str) -> None:
    answer = client.get(f"/office/ordering/{reference}", follow_redirects=True)
    Page.of(answer, status=404)


def test_an_order_is_cancelled_from_its_page(app: Flask, client: FlaskClient) -> None:
    reference = place(app)
    url = f"/office/ordering/{reference}"
    fields = Page.open(client, url).fields(f"{url}/cancel")
    done = client.post(f"{url}/cancel", data=fields)
    assert "annulée" in Page.open(client, done.location).words()
    with app.app_context():
        assert get_order(reference).status is OrderStatus.CANCELLED
    assert "déjà" in Page.open(client, client.post(f"{url}/cancel", data=fields).location).words()


def test_an_order_that_is_being_packed_cannot_be_cancelled(app: Flask, client: FlaskClient) -> None:
    reference = place(app)
    url = f"/office/ordering/{reference}"
    fields = Page.open(client, url).fields(f"{url}/cancel")
    with app.app_context():
        make_dispatch(get_order(reference))
    done = client.post(f"{url}/cancel", data=fields)
    assert "déjà en préparation" in Page.open(client, done.location).words()
    Page.open(client, url)


def test_a_long_list_is_turned_page_by_page_and_keeps_its_filter(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        for _ in range(53):
            make_order(audience="school")
        db.session.remove()
    first = Page.open(client, "/office/ordering/?audience=school")
    assert "audience=school" in first.text
    assert "page=2" in first.text
    second = Page.open(client, "/office/ordering/?audience=school&page=2")
    assert second.text.count('name="reference"') == 3

"""Numbers that no row can have, in addresses and in forms: the page does not exist, whatever the database."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.staff.models import StaffRole
from tests.factories import make_edition
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
TOO_LARGE = ("2147483648", "999999999999999", "9" * 30, "-1", "1e3", "١")


@pytest.fixture
def administrator(app: Flask, office: Office) -> FlaskClient:
    with app.app_context():
        make_edition(shelf=10)
    return office(StaffRole.ADMINISTRATOR)


@pytest.mark.parametrize("number", TOO_LARGE)
def test_an_address_with_such_a_number_is_no_page(administrator: FlaskClient, number: str) -> None:
    for url in (
        "/office/stock/MAN26/print-runs/%s",
        "/office/stock/counts/%s",
        "/office/catalogue/%s",
        "/office/shipping/%s",
        "/office/shipping/%s/labels.pdf",
        "/office/staff/%s",
        "/office/mail/%s",
    ):
        Page.of(administrator.get(url % number), status=404)


@pytest.mark.parametrize("number", TOO_LARGE)
def test_the_ledger_begins_where_it_can(administrator: FlaskClient, number: str) -> None:
    for url in ("/office/stock/MAN26?before=%s", "/office/stock/MAN26?after=%s", "/office/stock/MAN26?page=%s"):
        assert "livraison" in Page.open(administrator, url % number).words()


@pytest.mark.parametrize("number", TOO_LARGE)
def test_a_form_that_names_such_a_row_is_answered(administrator: FlaskClient, number: str) -> None:
    page = Page.open(administrator, "/office/stock/counts")
    token = {"csrf_token": page.fields("/office/stock/counts/new")["csrf_token"]}
    for url, typed, status in (
        ("/office/stock/counts/new", {"edition": number}, 404),
        ("/office/stock/MAN26/count", {"count": number, "copies": "3"}, 404),
        ("/office/stock/MAN26/receive", {"print_run": number, "copies": "3"}, 422),
    ):
        Page.of(administrator.post(url, data={**token, **typed}), status=status)

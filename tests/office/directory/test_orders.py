"""The office says for which school of the directory an order is that was typed by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.staff.models import StaffRole
from tests.directory.lists import row, take_over
from tests.factories import make_edition, make_order
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
LIST = "/office/directory/orders"


@pytest.fixture
def reference(app: Flask, tmp_path: Path) -> str:
    """An order of a school that goes to another street than the directory knows."""
    with app.app_context():
        make_edition(shelf=100)
        take_over(tmp_path, row(1, "ATHENEE ROYAL D'AUDERGHEM"))
        order = make_order(audience="school", organisation="AR Auderghem", postcode="1160", town="Auderghem")
        return order.reference


def test_the_office_says_in_the_list_which_school_it_is(office: Office, reference: str) -> None:
    client = office(StaffRole.OFFICE)
    page = Page.open(client, LIST)
    assert "Athénée royal d'Auderghem, Avenue du Parc 27, Auderghem" in page.words()
    action = f"/office/directory/orders/{reference}"
    done = client.post(action, data={**page.fields(action), "institution": "1"})
    assert (done.status_code, done.location) == (303, LIST)
    assert "Aucune" in Page.open(client, LIST).words()
    order = Page.open(client, f"/office/ordering/{reference}").words()
    assert "Dans l’annuaire Athénée royal d'Auderghem" in order
    assert "Avenue du Parc 27" in Page.open(client, "/office/directory/places/1").words()


def test_the_office_says_on_the_orders_page_that_it_is_none(office: Office, reference: str) -> None:
    client = office(StaffRole.OFFICE)
    address = f"/office/ordering/{reference}"
    page = Page.open(client, address)
    assert "Est-ce une de celles-ci" in page.words()
    refused = client.post(f"{LIST}/{reference}", data={**page.fields(f"{LIST}/{reference}"), "institution": "99"})
    assert "choisissez-en un autre" in Page.open(client, refused.location).words()
    client.post(f"{LIST}/{reference}", data=page.fields(f"{LIST}/{reference}"))
    assert "Dans l’annuaire" not in Page.open(client, address).words()

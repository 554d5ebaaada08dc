"""A PO box on the pages: said while the form is filled in and when it is sent, and printed on letters only."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.database import db
from orders.ordering.models import Order
from orders.public.ordering.help.address_suggestions import find_mending, help_for
from orders.shipping.carrier.manifest import carrier_file
from orders.shipping.dispatches import lifecycle
from orders.shipping.models import Dispatch
from orders.shipping.printing.dispatch_pdfs import print_labels
from orders.shipping.printing.print_requests import PrintRequest
from orders.staff.models import StaffRole
from tests.factories import make_dispatch, make_edition, make_order
from tests.labels.pdf_reading import text_of
from tests.page import Page
from tests.public.test_ordering import send

NOTICE = "Une boîte postale reçoit des lettres, mais pas de colis"
REFUSAL = "Un colis ne peut pas aller à une boîte postale"
PARCEL = {"copies-MAN26": "25", "copies-LIV26": "", "message": "", "confirm": "postage"}
LETTER = PARCEL | {"copies-MAN26": "2"}


@pytest.fixture(autouse=True)
def edition(app: Flask) -> None:
    with app.app_context():
        make_edition()


def test_what_is_typed_is_answered_with_what_a_po_box_takes_and_how_to_mend_it(app: Flask) -> None:
    with app.test_request_context():
        alone = help_for({"street": "BP 39", "postcode": "5590", "town": "Ciney"})
        assert alone["street"].question.startswith(NOTICE)
        typed = {"name": "Zoé", "street": "Rue Haute 12 BP 39", "postcode": "5590", "town": "Ciney"}
        assert help_for(typed)["street"].question == ""
        mending = find_mending(typed, "street:BP 39, Rue Haute 12")
    assert mending is not None
    assert mending.changes == {"street": "Rue Haute", "number": "12", "building": "BP 39"}


def test_a_parcel_to_a_po_box_is_refused_beside_the_street_with_all_else_that_is_asked(client: FlaskClient) -> None:
    page = Page.of(send(client, street="BP 39", number="", box="", **PARCEL), status=422)
    assert REFUSAL in page.words()
    assert page.tree.find(".//*[@id='street-error']") is not None
    odd = Page.of(send(client, street="BP 39", number="", box="", **PARCEL | {"postcode": "5580"}), status=422)
    assert REFUSAL in odd.words()
    assert "est-ce bien correct" in odd.words()


@pytest.mark.parametrize("mended", [{"copies-MAN26": "24"}, {"delivery": "pickup"}, {"street": "Rue Haute 12 BP 39"}])
def test_fewer_copies_a_pickup_or_a_street_mend_it(app: Flask, client: FlaskClient, mended: dict[str, str]) -> None:
    typed = PARCEL | {"street": "BP 39", "number": "", "box": "", "building": ""} | mended
    typed |= {"street": "Rue Haute", "number": "12 BP 39"} if "street" in mended else {}
    assert send(client, **typed).status_code == 303
    with app.app_context():
        order = db.session.scalars(select(Order)).one()
        assert (order.building, "39" in order.street + order.number + order.box) == ("BP 39", False)


def test_the_order_page_refuses_the_change_that_makes_a_letter_a_parcel(client: FlaskClient) -> None:
    sent = send(client, street="BP 39", number="", box="", **LETTER)
    change = f"{sent.location}/change"
    page = Page.open(client, change)
    back = client.post(change, data={**page.fields(change), "copies-MAN26": "25", "confirm": "postage"})
    assert REFUSAL in Page.of(back, status=422).words()


def test_the_office_is_told_the_same(app: Flask, office: Callable[[StaffRole], FlaskClient]) -> None:
    client, url = office(StaffRole.OFFICE), "/office/ordering/new"
    typed = {"name": "Zoé", "street": "Postbus 39", "postcode": "5590", "town": "Ciney"}
    typed |= {"audience": "school", "organisation": "École du Parc"}
    hidden = Page.open(client, url).forms(url)[1].iter("input")
    keys = {each.get("name", ""): each.get("value", "") for each in hidden if each.get("type") == "hidden"}
    refused = client.post(url, data={**keys, **typed, "copies-MAN26": "25"})
    assert REFUSAL in Page.of(refused, status=422).words()
    assert client.post(url, data={**keys, **typed, "copies-MAN26": "24"}).status_code == 303


def label_of(dispatch: Dispatch, sequence: int) -> str:
    out = BytesIO()
    print_labels(dispatch, PrintRequest(first=sequence, last=sequence), out=out)
    return text_of(out.getvalue())


def test_a_letter_shows_the_po_box_and_a_parcel_only_the_street(app: Flask) -> None:
    where: dict[str, Any] = {"street": "Rue Haute", "number": "12", "building": "BP 39", "department": "Classe 5A"}
    with app.app_context():
        dispatch = make_dispatch(
            make_order(lines={"MAN26": 25}, name="Colis", **where),
            make_order(lines={"MAN26": 2}, name="Lettre", **where | {"street": "", "number": ""}),
        )
        kinds = {parcel.orders[0].name: parcel for parcel in lifecycle.parcels_of(dispatch)}
        printed = {name: label_of(dispatch, parcel.sequence) for name, parcel in kinds.items()}
        (row,) = carrier_file(dispatch).splitlines()[1:]
    assert "BP 39" not in printed["Colis"]
    assert "Rue Haute 12" in printed["Colis"]
    assert "BP 39" in printed["Lettre"]
    assert "BP 39" not in row
    assert "Rue Haute;12;" in row

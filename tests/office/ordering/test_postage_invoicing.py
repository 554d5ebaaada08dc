"""Postage to invoice: listed by period, taken away as a file, marked once it is invoiced."""

import csv
import io
from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from orders.database import db, transact
from orders.ordering.lifecycle import cancellation
from orders.ordering.models import Order
from orders.packing.postage import UNPRICED, Charge
from orders.shipping.dispatches import lifecycle
from orders.staff.models import AuditEntry, StaffRole
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order, price_parcels
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
A_DAY = 24 * 60
URL = "/office/ordering/postage"


def post(*orders: Order) -> None:
    transact(lifecycle.close, make_dispatch(*orders).id, at=NOW, by=BY, everything=True)


@pytest.fixture
def client(app: Flask, office: Office) -> FlaskClient:
    with app.app_context():
        make_edition(shelf=500)
        price_parcels(770)
        letter = make_order(name="Letter Only")
        first = make_order(
            name="First",
            lines={"MAN26": 30},
            accepted_postage=Charge(700),
            billing_name="Commune de Ciney",
            billing_address="Rue Haute 1\n5590 Ciney",
            purchase_order="BC-2026/7",
            minutes=1,
        )
        unpriced = make_order(name="Unpriced", lines={"MAN26": 400}, accepted_postage=UNPRICED, minutes=A_DAY)
        gone = make_order(name="Called Off", lines={"MAN26": 30}, minutes=2)
        transact(cancellation.cancel, gone.reference, at=NOW, by=BY)
        make_order(name="On Its Way", lines={"MAN26": 30}, minutes=3)
        post(letter, first)
        price_parcels(None)
        post(unpriced)
    return office(StaffRole.OFFICE)


def test_orders_whose_parcel_is_to_be_paid_are_listed_with_their_total(client: FlaskClient) -> None:
    words = Page.open(client, URL).words()
    for said in (
        "2 commandes · 7,00 € · 1 sans prix connu",
        "7,00 € 7,70 € 1 colis 7,00 €",
        "Commune de Ciney",
        "BC-2026/7",
        "tarif bpost",
        "1 commande dont le port est accepté n’est pas encore partie en colis : 7,70 € au plus",
    ):
        assert said in words.replace("\u00a0", " ")
    for name in ("Letter Only", "Called Off", "On Its Way"):
        assert name not in words


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ("since=2026-11-21", ["Unpriced"]),
        ("until=2026-11-20", ["First"]),
        ("since=20/11/2026&until=21/11/2026", ["First", "Unpriced"]),
        ("since=2027-01-01", []),
        ("invoiced=1", []),
        ("invoiced=0", ["First", "Unpriced"]),
        ("since=nonsense", ["First", "Unpriced"]),
    ],
)
def test_a_period_has_its_days_included(client: FlaskClient, arguments: str, found: list[str]) -> None:
    rows = list(
        csv.DictReader(io.StringIO(client.get(f"{URL}.csv?{arguments}").data.decode("utf-8-sig")), delimiter=";")
    )
    assert [row["name"] for row in rows] == found
    Page.open(client, f"{URL}?{arguments}")


def test_both_files_hold_what_an_invoice_needs(client: FlaskClient) -> None:
    (row, own) = csv.DictReader(io.StringIO(client.get(f"{URL}.csv").data.decode("utf-8-sig")), delimiter=";")
    assert (row["billing_name"], row["purchase_order"]) == ("Commune de Ciney", "BC-2026/7")
    assert (own["billing_name"], own["billing_address"].endswith("1000 BRUXELLES")) == ("", True)
    assert own["name"] not in own["billing_address"]
    assert (row["accepted_eur"], row["boxes"], row["posted_eur"], row["postage_eur"]) == ("7.00", "1", "7.70", "7.00")
    sheet = load_workbook(io.BytesIO(client.get(f"{URL}.xlsx").data))["Port à facturer"]
    headings, first, second, total = sheet.iter_rows(values_only=True)
    at = {str(heading): place for place, heading in enumerate(headings)}
    assert (first[at["Port accepté"]], first[at["Colis"]], first[at["Port payé"]]) == (7, 1, 7.7)
    assert isinstance(first[at["Passée le"]], datetime)
    for amount in ("Colis", "Port payé", "À facturer"):
        assert total[at[amount]] == sum(float(str(row[at[amount]] or 0)) for row in (first, second))
    assert client.get(f"{URL}.pdf").status_code == 404


def test_what_is_invoiced_is_marked_once_and_can_be_taken_back(app: Flask, client: FlaskClient) -> None:
    page = Page.open(client, f"{URL}?until=2026-11-20")
    fields = page.fields("/staff/logout")
    reference = next(
        each.get("value") for each in page.tree.iter("input") if each.get("name") == "reference" and each.get("value")
    )
    sent = {"csrf_token": fields["csrf_token"], "reference": reference, "shown-until": "2026-11-20"}
    for said in ("1 commande facturée", "0 commande facturée"):
        done = client.post(URL, data={**sent, "invoiced": "1"})
        assert done.location == f"{URL}?until=2026-11-20"
        assert said in Page.open(client, done.location).words()
    assert "First" in client.get(f"{URL}.csv?invoiced=1").get_data(as_text=True)
    assert "déjà facturé : 7,00" in Page.open(client, URL).words()
    client.post(URL, data={**sent, "invoiced": "0"})
    assert "First" in client.get(f"{URL}.csv?invoiced=0").get_data(as_text=True)
    with app.app_context():
        actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.contains("invoiced"))).all()
        assert list(actions) == ["invoiced", "not invoiced"]


def test_nothing_ticked_is_said(client: FlaskClient) -> None:
    token = Page.open(client, URL).fields("/staff/logout")["csrf_token"]
    Page.of(client.post(URL, data={"csrf_token": token}), status=409)

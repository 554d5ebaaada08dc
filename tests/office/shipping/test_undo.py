"""What was marked or handed over by mistake is taken back at once, and never after another's change."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.database import db
from orders.mail.models import OutgoingMail
from orders.ordering import repository
from orders.ordering.models import Delivery, OrderStatus
from orders.reports.integrity import discrepancies
from orders.shipping.models import Parcel
from orders.staff.models import AuditEntry, StaffRole
from tests.factories import make_dispatch, make_edition, make_order
from tests.page import Page

SCAN = "/office/shipping/scan"
PICKUPS = "/office/ordering/pickups"


@pytest.fixture
def client(app: Flask, office: Callable[[StaffRole], FlaskClient]) -> FlaskClient:
    with app.app_context():
        make_edition()
    return office(StaffRole.OFFICE)


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def scan(client: FlaskClient, url: str, reference: str) -> Page:
    fields = Page.open(client, url).fields("/staff/logout")
    return Page.of(client.post(url, data={**fields, "reference": reference}))


def test_a_scan_is_taken_back_unless_the_parcel_was_marked_again(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        order = make_order()
        reference, _ = order.reference, make_dispatch(order)

    def packed() -> bool:
        with app.app_context():
            return db.session.scalars(select(Parcel.packed_at)).one() is not None

    undo = scan(client, SCAN, reference).fields(f"{SCAN}/undo")
    assert "Annulé" in Page.of(client.post(f"{SCAN}/undo", data=undo)).words()
    assert not packed()
    with app.app_context():
        assert actions()[-2:] == ["packed", "unpacked"]
    scan(client, SCAN, reference)
    for stale in (undo, {**undo, "mark": ""}, {**undo, "sequence": "x"}, {**undo, "dispatch": "9"}):
        page = Page.of(client.post(f"{SCAN}/undo", data=stale))
        assert "Annulé" not in page.words()
    assert packed()


def test_a_hand_over_is_taken_back_without_a_mail_and_only_once(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        order = make_order(delivery=Delivery.PICKUP, lines={"MAN26": 2, "LIV26": 3})
        reference = order.reference

    def state() -> tuple[OrderStatus, int, int]:
        with app.app_context():
            found = repository.get_order(reference)
            mails = len(db.session.scalars(select(OutgoingMail)).all())
            return found.status, sum(line.reserved for line in found.lines), mails

    before = state()
    undo = scan(client, f"{SCAN}/pickup", reference).fields(f"{SCAN}/pickup/undo")
    assert state()[0] is OrderStatus.SENT
    assert "Annulé" in Page.of(client.post(f"{SCAN}/pickup/undo", data=undo)).words()
    assert state() == before
    assert "Annulé" not in Page.of(client.post(f"{SCAN}/pickup/undo", data=undo)).words()
    form = Page.open(client, PICKUPS).fields(f"/office/ordering/{reference}/hand-over")
    page = Page.open(client, client.post(f"/office/ordering/{reference}/hand-over", data=form).location)
    button = page.fields(f"/office/ordering/{reference}/undo-hand-over")
    for wrong in ({**button, "mark": undo["mark"]}, {**button, "mark": ""}):
        answer = client.post(f"/office/ordering/{reference}/undo-hand-over", data=wrong)
        assert "rien n’est annulé" in Page.open(client, answer.location).words()
    client.post(f"/office/ordering/{reference}/undo-hand-over", data=button)
    assert state() == before
    with app.app_context():
        assert actions().count("recalled") == actions().count("handed over") == 2
        assert discrepancies() == []


@pytest.mark.parametrize("handed", ["a/b", "KLNB", "x" * 400])
def test_an_address_that_names_no_order_shows_nothing_to_take_back(client: FlaskClient, handed: str) -> None:
    assert Page.open(client, f"{PICKUPS}?handed={handed}&mark=x").forms("/office/ordering/a") == []

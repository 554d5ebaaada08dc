"""An order that the office changes, with its notes, its parcels and the one who is taken out of a dispatch."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.ordering.followup.notes import OrderNote
from orders.ordering.models import Order
from orders.ordering.repository import get_order
from orders.shipping import scanning
from orders.shipping.dispatches import lifecycle, removal, repacking
from orders.shipping.models import Parcel
from orders.shipping.printing import printers
from orders.staff.models import StaffRole
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order
from tests.office.ordering.test_without_email import text_of
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]


@pytest.fixture
def clerk(app: Flask, office: Office) -> FlaskClient:
    with app.app_context():
        make_edition()
    return office(StaffRole.OFFICE)


def place(app: Flask, **fields: Any) -> str:
    with app.app_context():
        return make_order(**fields).reference


def pack(app: Flask, *references: str, posted: bool = False) -> int:
    with app.app_context():
        dispatch = make_dispatch(*map(get_order, references)).id
        if posted:
            transact(lifecycle.close, dispatch, at=NOW, by=BY, everything=True)
        return dispatch


def url(reference: str) -> str:
    return f"/office/ordering/{reference}/change"


def send(client: FlaskClient, reference: str, changed: Mapping[str, str]) -> Any:
    """Send the form as it is shown, with what somebody types over it."""
    return client.post(url(reference), data={**Page.open(client, url(reference)).fields(url(reference)), **changed})


def kept(app: Flask, reference: str) -> Order:
    with app.app_context():
        return get_order(reference)


def test_the_form_shows_the_order_and_sent_as_it_is_changes_nothing(app: Flask, clerk: FlaskClient) -> None:
    reference = place(app, phone="+32475123456", needed_by=None, message="Sonnez deux fois")
    fields = Page.open(clerk, url(reference)).fields(url(reference))
    assert (fields["phone"], fields["message"], fields["copies-MAN26"]) == ("0475 12 34 56", "Sonnez deux fois", "1")
    assert send(clerk, reference, {}).status_code == 303
    with app.app_context():
        assert len(db.session.scalars(select(OutgoingMail)).all()) == 1


def test_a_wrong_address_is_corrected_on_the_telephone(app: Flask, clerk: FlaskClient) -> None:
    reference = place(app)
    asked = Page.of(send(clerk, reference, {"street": "Rue Haute", "town": "Arlon"}), status=422)
    assert "À vérifier" in asked.words()
    done = send(clerk, reference, {"street": "Rue Haute", "town": "Arlon", "confirm": "place"})
    assert done.status_code == 303
    words = Page.open(clerk, done.location).words()
    assert "est changée" in words
    assert "champs changés : rue, localité" in words.replace("\u00a0", " ")
    order = kept(app, reference)
    assert (order.street, order.town) == ("Rue Haute", "Arlon")


def test_an_email_is_corrected_in_one_field_and_the_order_is_told_there(app: Flask, clerk: FlaskClient) -> None:
    reference = place(app, email="wrong@example.org")
    page = Page.open(clerk, f"/office/ordering/{reference}")
    fields = page.fields(url(reference))
    done = clerk.post(url(reference), data={**fields, "email": "right@example.org"})
    assert done.status_code == 303
    with app.app_context():
        assert db.session.scalars(select(OutgoingMail.address)).all() == ["right@example.org"]


def test_an_email_of_somebody_else_is_asked_about(app: Flask, clerk: FlaskClient) -> None:
    reference = place(app)
    place(app, email="zoe@example.org", name="Zoé Lambert")
    asked = Page.of(send(clerk, reference, {"email": "zoe@example.org"}), status=422)
    assert "aussi celle d’autres commandes : Zoé Lambert" in asked.words().replace("\u00a0", " ")
    assert send(clerk, reference, {"email": "zoe@example.org", "confirm": "same_email"}).status_code == 303
    assert kept(app, reference).email == "zoe@example.org"


def test_what_is_mistyped_stands_beside_its_field_and_nothing_is_lost(app: Flask, clerk: FlaskClient) -> None:
    reference = place(app)
    page = Page.of(send(clerk, reference, {"postcode": "12", "phone": "1", "name": "Zoé"}), status=422)
    assert page.fields(url(reference))["name"] == "Zoé"
    assert kept(app, reference).name != "Zoé"


def test_an_order_that_entered_a_dispatch_meanwhile_keeps_its_copies(app: Flask, clerk: FlaskClient) -> None:
    reference, other = place(app), place(app)
    fields = Page.open(clerk, url(reference)).fields(url(reference))
    pack(app, reference, other)
    page = Page.of(clerk.post(url(reference), data={**fields, "copies-MAN26": "5"}), status=422)
    assert "est dans l’envoi" in page.words()
    assert kept(app, reference).lines[0].copies == 1
    assert "copies-MAN26" not in Page.open(clerk, url(reference)).fields(url(reference))


def test_of_a_posted_order_the_form_shows_how_to_reach_its_orderer(app: Flask, clerk: FlaskClient) -> None:
    reference = place(app)
    pack(app, reference, posted=True)
    fields = Page.open(clerk, url(reference)).fields(url(reference))
    assert "street" not in fields
    assert send(clerk, reference, {"phone": "0475 12 34 56", "quiet": "1"}).status_code == 303
    assert kept(app, reference).phone == "+32475123456"


def test_where_a_parcel_is_stands_on_the_page_and_its_number_is_typed_there(app: Flask, clerk: FlaskClient) -> None:
    reference = place(app)
    dispatch = pack(app, reference, posted=True)
    with app.app_context():
        parcel = db.session.scalars(select(Parcel.id)).one()
    action = f"/office/ordering/{reference}/parcels/{parcel}/tracking"
    page = Page.open(clerk, f"/office/ordering/{reference}")
    assert f"Envoi {dispatch}, pli 1" in page.words().replace("\u00a0", " ")
    sent = {**page.fields(action), "number": "1Z 999 AA1 01 2345 6784"}
    refused = clerk.post(action, data=sent, follow_redirects=True)
    assert "Parti avec un autre transporteur" in refused.text
    noted = clerk.post(action, data={**sent, "number": "CE 123 456 785 BE"}, follow_redirects=True)
    assert "itemCode=CE123456785BE" in noted.text
    found = Page.open(clerk, "/office/ordering/?q=CE123456785BE").words()
    assert f"{reference[:4]}-{reference[4:]}" in found
    elsewhere = place(app)
    assert clerk.post(action.replace(reference, elsewhere), data=sent).status_code == 404


def test_one_of_a_dispatch_is_taken_out_from_its_own_page(app: Flask, clerk: FlaskClient) -> None:
    references = [place(app) for _ in range(3)]
    pack(app, *references)
    action = f"/office/ordering/{references[1]}/take-out"
    page = Page.open(clerk, f"/office/ordering/{references[1]}")
    done = clerk.post(action, data=page.fields(action), follow_redirects=True)
    assert "Jetez l’étiquette et le bordereau du pli 2" in done.text
    assert "Sortie de l’envoi" in done.text
    again = clerk.post(action, data=page.fields(action), follow_redirects=True)
    assert "n’est dans aucun envoi ouvert" in again.text


def test_a_note_is_kept_once_and_taken_away(app: Flask, clerk: FlaskClient) -> None:
    reference = place(app)
    action = f"/office/ordering/{reference}/notes"
    fields = Page.open(clerk, f"/office/ordering/{reference}").fields(action)
    for _ in range(2):
        clerk.post(action, data={**fields, "text": "A rappelé : absente jusqu’au 5"})
    page = Page.open(clerk, f"/office/ordering/{reference}")
    assert "absente jusqu’au 5" in page.words()
    with app.app_context():
        (note,) = db.session.scalars(select(OrderNote.id)).all()
    assert "Écrivez la note" in clerk.post(action, data={**fields, "text": " "}, follow_redirects=True).text
    removal = f"{action}/{note}/remove"
    assert "absente" not in clerk.post(removal, data=page.fields(removal), follow_redirects=True).text


def test_one_label_goes_on_where_the_sheet_ended(app: Flask, clerk: FlaskClient) -> None:
    reference = place(app)
    with app.app_context():
        transact(printers.add_printer, "Grande", at=NOW, by=BY)
    action = f"/office/ordering/{reference}/label"
    starts = []
    for _ in range(2):
        page = Page.open(clerk, f"/office/ordering/{reference}")
        answer = clerk.post(action, data=page.fields(action))
        assert clerk.get(answer.location).data.startswith(b"%PDF")
        starts.append(answer.location.split("start=")[1].split("&")[0])
    assert starts == ["1", "2"]


def test_the_slip_of_an_order_that_was_split_is_one_for_each_of_its_parcels(app: Flask, clerk: FlaskClient) -> None:
    reference, other = place(app, lines={"MAN26": 60}), place(app)
    dispatch = pack(app, reference, other)
    with app.app_context():
        order = get_order(reference)
        (parcel,) = scanning.parcels_of(order)
        copies = (order.lines[0].id, 20, None)
        transact(repacking.move_copies, dispatch, parcel.sequence, *copies, version=1, at=NOW, by=BY)
    text = text_of(clerk.get(f"/office/ordering/{reference}/slip.pdf").data)
    assert "1/2" in text
    assert "2/2" in text
    with app.app_context():
        (gone,) = transact(removal.take_out, other, at=NOW, by=BY)
    assert f"sans {gone} (papier à jeter)" in text_of(clerk.get(f"/office/shipping/{dispatch}/pull-list.pdf").data)

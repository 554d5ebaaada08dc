"""Parcels changed by hand, the counter's sheet and what it said, through the pages."""

import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from orders.database import db, transact
from orders.ordering.lifecycle import approval
from orders.packing import tariff
from orders.packing.models import PostKind
from orders.packing.tariff import Step
from orders.shipping.models import Dispatch
from orders.staff.models import StaffRole
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
DISPATCH = "/office/shipping/1"


@pytest.fixture
def client(app: Flask, office: Office) -> FlaskClient:
    """Somebody of the office, and a dispatch: two letters to one address, a letter and a box elsewhere."""
    with app.app_context():
        make_edition(shelf=500)
        first = make_order(lines={"MAN26": 1}, street="Rue Haute", number="1")
        again = make_order(lines={"MAN26": 2}, street="Rue Haute", number="1")
        transact(approval.accept, again.reference, at=NOW, by=BY)
        make_dispatch(first, again, make_order(lines={"MAN26": 20}), make_order(lines={"MAN26": 40}))
    return office(StaffRole.OFFICE)


def send(client: FlaskClient, url: str, **fields: Any) -> Any:
    token = Page.open(client, DISPATCH).fields("/staff/logout")["csrf_token"]
    return client.post(url, data={"csrf_token": token, **fields})


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().replace("\u00a0", " ")


def sequences(app: Flask) -> list[int]:
    with app.app_context():
        return [parcel.sequence for parcel in db.session.get_one(Dispatch, 1).parcels]


def test_copies_are_moved_by_the_form_of_their_parcel(app: Flask, client: FlaskClient) -> None:
    page = Page.open(client, f"{DISPATCH}/parcels/3")
    fields = page.fields(f"{DISPATCH}/parcels/3/move")
    answer = client.post(f"{DISPATCH}/parcels/3/move", data={**fields, "copies": "5"})
    assert (answer.status_code, sequences(app)) == (303, [1, 2, 3, 4, 5])
    stale = client.post(f"{DISPATCH}/parcels/3/move", data={**fields, "copies": "5"})
    assert "entre-temps" in Page.open(client, stale.location).words()
    assert sequences(app) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("action", "more"),
    [("move", {"copies": "21"}), ("move", {"copies": "x"}), ("packaging", {"packaging": "C5"}), ("share", {})],
)
def test_what_cannot_be_is_said_on_the_parcels_page(
    app: Flask, client: FlaskClient, action: str, more: dict[str, str]
) -> None:
    fields = Page.open(client, f"{DISPATCH}/parcels/3").fields(f"{DISPATCH}/parcels/3/move")
    page = Page.of(client.post(f"{DISPATCH}/parcels/3/{action}", data={**fields, **more}), status=422)
    assert "Ce n’est pas possible" in page.words()
    assert sequences(app) == [1, 2, 3, 4]


@pytest.mark.parametrize("to", ["abc", "0", "-1", "9", "1,5", "9" * 20])
def test_copies_put_into_a_parcel_that_is_not_there_stay_where_they_are(
    app: Flask, client: FlaskClient, to: str
) -> None:
    fields = Page.open(client, f"{DISPATCH}/parcels/3").fields(f"{DISPATCH}/parcels/3/move")
    Page.of(client.post(f"{DISPATCH}/parcels/3/move", data={**fields, "copies": "5", "to": to}), status=404)
    assert sequences(app) == [1, 2, 3, 4]


def test_a_parcel_that_is_not_there_is_said_so(client: FlaskClient) -> None:
    Page.of(client.get(f"{DISPATCH}/parcels/9"), status=404)
    Page.of(send(client, f"{DISPATCH}/parcels/9/share", version="1"), status=404)
    Page.of(send(client, f"{DISPATCH}/parcels/1/packaging", version="1", packaging="C9"), status=404)


def test_orders_to_one_address_share_a_parcel_one_label_two_slips(app: Flask, client: FlaskClient) -> None:
    assert "Même adresse que le pli 2" in Page.open(client, f"{DISPATCH}?step=pack").words()
    page = Page.open(client, f"{DISPATCH}/parcels/1")
    client.post(f"{DISPATCH}/parcels/1/share", data=page.fields(f"{DISPATCH}/parcels/1/share"))
    assert sequences(app) == [1, 3, 4]
    slips = text_of(client.get(f"{DISPATCH}/slips.pdf?to=1").data)
    labels = text_of(client.get(f"{DISPATCH}/labels.pdf?to=1").data)
    assert (slips.count("Rue Haute 1"), labels.count("Rue Haute 1")) == (2, 1)
    page = Page.open(client, f"{DISPATCH}/parcels/1")
    client.post(f"{DISPATCH}/parcels/1/separate", data=page.fields(f"{DISPATCH}/parcels/1/separate"))
    assert sequences(app) == [1, 3, 4, 5]


def test_the_sheet_for_the_counter_says_letters_by_step_parcels_and_what_is_not_known(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        steps = [Step(100, 150), Step(350, 300), Step(1_000, 500), Step(2_000, 700)]
        transact(tariff.change_rates, PostKind.LETTER, steps, at=NOW, by=BY)
    text = text_of(client.get(f"{DISPATCH}/posting.pdf").data)
    for said in ("Lettres jusqu’à 100 g", "Lettres jusqu’à 2 kg", "Colis jusqu’à 5 kg", "à demander", "× 7,00 €"):
        assert said in text
    assert "Lettres : 3 · colis : 1" in text
    assert "tarif jusqu’à 100 g" in Page.open(client, f"{DISPATCH}?step=pack").words().replace("\u00a0", " ")
    assert "1 × 1,50 €" in Page.open(client, f"{DISPATCH}?step=post").words().replace("\u00a0", " ")
    assert send(client, f"{DISPATCH}/printings", what="posting").status_code == 303


def test_what_the_counter_said_is_kept_when_the_dispatch_is_closed(app: Flask, client: FlaskClient) -> None:
    counted = {"posted_letters": "3", "posted_parcels": "1", "posted_cost": "15,40"}
    send(client, f"{DISPATCH}/close", all="1", unpacked="1-4", **counted)
    with app.app_context():
        closed = db.session.get_one(Dispatch, 1)
        assert (closed.posted_letters, closed.posted_parcels, closed.posted_cents) == (3, 1, 1540)
    assert "15,40" in Page.open(client, DISPATCH).words()


def test_closing_counts_for_the_counter_what_is_packed(client: FlaskClient) -> None:
    def said() -> str:
        return Page.open(client, f"{DISPATCH}?step=post").words().replace("\u00a0", " ")

    assert "d’après Pli, 3 lettres et 1 colis" in said()
    send(client, f"{DISPATCH}/pack", sequence="1", packed="1")
    assert "d’après Pli, 1 lettre et 0 colis" in said()


@pytest.mark.parametrize("wrong", [{"posted_letters": "x"}, {"posted_parcels": "-1"}, {"posted_cost": "1.2345"}])
def test_a_number_of_the_counter_that_is_none_is_refused_and_nothing_is_posted(
    app: Flask, client: FlaskClient, wrong: dict[str, str]
) -> None:
    page = Page.of(send(client, f"{DISPATCH}/close", all="1", **wrong), status=422)
    assert "ou laissez vide" in page.words()
    with app.app_context():
        assert db.session.get_one(Dispatch, 1).closed_at is None


def test_what_the_counter_said_survives_the_question_whether_all_is_packed(app: Flask, client: FlaskClient) -> None:
    page = Page.of(send(client, f"{DISPATCH}/close", posted_letters="3"), status=422)
    client.post(f"{DISPATCH}/close", data=page.fields(f"{DISPATCH}/close"))
    with app.app_context():
        assert db.session.get_one(Dispatch, 1).posted_letters == 3


def test_window_envelopes_have_no_labels_to_print(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = make_order().reference
    made = send(client, "/office/shipping/new", reference=reference, window="1").location
    assert "Enveloppes à fenêtre" in Page.open(client, f"{made}?step=print").words()
    assert "Enveloppes à fenêtre" not in Page.open(client, f"{DISPATCH}?step=print").words()

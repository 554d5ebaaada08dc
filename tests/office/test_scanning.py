"""Scanning slips: what arrives from a scanner, in any layout, is told apart and does the next step once."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.database import db, transact
from orders.mail import signed_links
from orders.mail.models import OutgoingMail
from orders.ordering import repository
from orders.ordering.lifecycle import approval, cancellation
from orders.ordering.models import Delivery, Order, OrderStatus, WhenShort
from orders.shipping import scanning
from orders.shipping.dispatches import lifecycle, repacking
from orders.shipping.models import Parcel
from orders.shipping.printing import parcel_digests, print_log
from orders.shipping.printing.models import Paper, PrintedParcel, Printing, PrintingState
from orders.shipping.printing.print_requests import PrintRequest
from orders.shipping.return_models import ParcelReturn
from orders.staff.models import StaffRole
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
SCAN = "/office/shipping/scan"
AZERTY = str.maketrans("-/.:?", ")=:M+")  # what a US scanner's signs become on a Belgian keyboard


@pytest.fixture
def client(app: Flask, office: Office) -> FlaskClient:
    with app.app_context():
        make_edition(shelf=2_000)
    return office(StaffRole.OFFICE)


def scan(client: FlaskClient, typed: str, url: str = SCAN, status: int = 200, **fields: Any) -> str:
    """What the page says, its spaces plain."""
    data = {**Page.open(client, url).fields("/staff/logout"), "reference": typed, **fields}
    page = Page.of(client.post(url, data=data), status=status)
    (result,) = [each for each in page.tree.iter("div") if each.get("id") == "scan-result"]
    return " ".join("".join(result.itertext()).split()).replace("\u00a0", " ")


def dispatched(*, close: bool = False, **fields: Any) -> str:
    """The reference of an order in an open (or closed) dispatch."""
    order = make_order(**fields)
    dispatch = make_dispatch(order)
    if close:
        transact(lifecycle.close, dispatch.id, at=NOW, by=BY, everything=True)
    return order.reference


def packed(reference: str) -> list[int]:
    """The numbers that are packed of its dispatch."""
    order = repository.get_order(reference)
    rows = select(Parcel.sequence).where(Parcel.dispatch_id == order.dispatch_id, Parcel.packed_at.is_not(None))
    return list(db.session.scalars(rows.order_by(Parcel.sequence)))


@pytest.mark.parametrize(
    "typed",
    [
        lambda order: order.reference,
        lambda order: order.reference.lower() + "\r\n",
        lambda order: order.shown_reference.translate(AZERTY),
        lambda order: order.shown_reference.lower().translate(AZERTY),
        lambda order: signed_links.order_page(order.reference, order.link_nonce),
        lambda order: signed_links.order_page(order.reference, order.link_nonce).translate(AZERTY),
        lambda order: f"{order.shown_reference} 1/1",
    ],
)
def test_a_scan_packs_whatever_layout_types_it(app: Flask, client: FlaskClient, typed: Callable[[Order], str]) -> None:
    with app.app_context():
        reference = dispatched(lines={"MAN26": 2, "LIV26": 24}, name="Şebnem Dupont", town="Ciney")
        said = typed(repository.get_order(reference))
    words = scan(client, said)
    assert words.startswith("Emballé Numéro 1 ")
    assert "Şebnem Dupont" in words
    assert "1 emballé sur 1" in words
    with app.app_context():
        assert packed(reference) == [1]


def test_a_second_scan_says_so_and_changes_nothing(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = dispatched()
    scan(client, reference)
    with app.app_context():
        before = db.session.scalars(select(Parcel.packed_at)).one()
    assert scan(client, reference).startswith("Déjà emballé")
    with app.app_context():
        assert db.session.scalars(select(Parcel.packed_at)).one() == before


def test_what_cannot_be_is_told_apart(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = dispatched()
    swapped = reference[1] + reference[0] + reference[2:] if reference[0] != reference[1] else "B" + reference[1:]
    assert scan(client, swapped, status=422).startswith("Mal lu")
    assert scan(client, reference[:7], status=422).startswith("Mal lu")
    assert scan(client, "1234567890", status=422).startswith("Mal lu")
    assert scan(client, "<script>x", status=422).startswith("Mal lu")
    assert scan(client, "", status=422).startswith("Mal lu")
    assert scan(client, "x" * 100_000, status=422).startswith("Mal lu")
    unknown = "BBBBBBBB" if reference != "BBBBBBBB" else "KLNBRTVX"
    assert scan(client, unknown, status=404).startswith("Inconnue")
    with app.app_context():
        assert packed(reference) == []


def test_each_state_of_an_order_has_its_own_words(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        posted = dispatched(close=True)
        ready = make_order().reference
        cancelled = make_order().reference
        transact(cancellation.cancel, cancelled, at=NOW, by=BY)
        pickup = make_order(delivery=Delivery.PICKUP).reference
        undone = make_order()
        transact(lifecycle.undo, make_dispatch(undone).id, at=NOW, by=BY)
        gone = undone.reference
        waiting = make_order(lines={"MAN26": 5_000}, when_short=WhenShort.WAIT).reference
    assert scan(client, posted).startswith("Déjà posté Numéro 1 Parti le 20/11/2026 10:00, dans l’envoi 1.")
    for reference, said in [
        (ready, "Dans aucun envoi"),
        (gone, "Dans aucun envoi"),
        (waiting, "En attente de stock"),
        (cancelled, "Commande annulée Ne l’envoyez pas"),
    ]:
        assert scan(client, reference, status=409).startswith(said)
    assert scan(client, pickup).startswith("À retirer")
    with app.app_context():
        assert repository.get_order(pickup).status is OrderStatus.READY


def test_last_year_s_slip_is_not_sent(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = dispatched(close=True)
        repository.get_order(reference).edition.closes_on = date(2020, 12, 31)
        db.session.commit()
        make_edition(year=2027)
    assert scan(client, reference, status=409).startswith("Bordereau d’une autre année Il est de l’édition 2026.")


def test_a_slip_whose_address_has_changed_since_is_stopped(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = dispatched()
        order, parcel = repository.get_order(reference), db.session.scalars(select(Parcel)).one()
        printing = Printing(dispatch_id=1, paper=Paper.SLIPS, first=1, last=1, at=NOW, state=PrintingState.ALL_OUT)
        db.session.add(printing)
        db.session.flush()
        shown = {"sequence": 1, "order_id": order.id, "digest": parcel_digests.digest_of(parcel)}
        db.session.add(PrintedParcel(printing_id=printing.id, run=1, **shown))
        order.street = "Rue du Marché"
        db.session.commit()
    assert scan(client, reference, status=409).startswith("Ne pas envoyer Numéro 1")
    with app.app_context():
        assert packed(reference) == []


def test_where_only_the_reference_of_several_parts_is_typed_somebody_says_which(
    app: Flask, client: FlaskClient
) -> None:
    """However long ago the first was packed: a slip that is read twice never packs a second parcel."""
    with app.app_context():
        reference = dispatched(lines={"MAN26": 900})
    assert scan(client, reference).startswith("Lequel de ces plis ?")
    assert scan(client, reference, sequence="1").startswith("Emballé Numéro 1 1/2 Pli 1 sur 2 de cette commande.")
    with app.app_context():
        for parcel in scanning.parcels_of(repository.get_order(reference)):
            parcel.packed_at = parcel.packed_at and parcel.packed_at - timedelta(minutes=5)
        db.session.commit()
    words = scan(client, reference)
    assert words.startswith("Lequel de ces plis ?")
    assert "1/2 · 402 × MAN26 · déjà emballé" in words
    with app.app_context():
        assert packed(reference) == [1]
    scan(client, reference, sequence="2")
    assert scan(client, reference).startswith("Déjà emballé Numéro 2 2/2 Rien n’a changé")


@pytest.mark.parametrize("sequence", ["abc", "0", "-1", "2", "1,5", "9" * 20])
def test_a_number_that_no_parcel_has_packs_none(app: Flask, client: FlaskClient, sequence: str) -> None:
    with app.app_context():
        reference = dispatched()
    assert scan(client, reference, sequence=sequence).startswith("Lequel de ces plis ?")
    with app.app_context():
        assert packed(reference) == []


def test_of_several_parts_somebody_may_say_which(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = dispatched(lines={"MAN26": 900})
    assert scan(client, reference, f"{SCAN}/look").startswith("Lequel de ces plis ?")
    assert scan(client, reference, f"{SCAN}/look", sequence="2").startswith("À emballer Numéro 2 2/2")
    assert scan(client, reference, sequence="2").startswith("Emballé Numéro 2 2/2")
    assert scan(client, f"{reference} 1/2").startswith("Emballé Numéro 1 1/2")
    assert scan(client, reference, sequence="2").startswith("Déjà emballé Numéro 2")
    with app.app_context():
        assert packed(reference) == [1, 2]


def test_of_several_parts_none_is_packed_with_paper_that_is_not_right(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = dispatched(lines={"MAN26": 900})
        dispatch_id = repository.get_order(reference).dispatch_id or 0
        transact(print_log.record, dispatch_id, Paper.SLIPS, PrintRequest(), at=NOW, by=BY)
        repository.get_order(reference).street = "Rue du Marché"
        db.session.commit()
    assert scan(client, reference, status=409).startswith("Ne pas envoyer Numéro 1")
    with app.app_context():
        transact(print_log.record, dispatch_id, Paper.SLIPS, PrintRequest(first=1, last=1), at=NOW, by=BY)
    assert scan(client, reference).startswith("Lequel de ces plis ?")
    assert scan(client, reference, sequence="2", status=409).startswith("Ne pas envoyer Numéro 2")
    with app.app_context():
        assert packed(reference) == []


def test_either_slip_of_a_shared_parcel_packs_it(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        mine = make_order(lines={"MAN26": 3})
        yours = make_order(lines={"MAN26": 5}, street=mine.street, number=mine.number, name="Paul Martin")
        transact(approval.accept, yours.reference, at=NOW, by=BY)
        dispatch = make_dispatch(mine, yours)
        transact(repacking.share, dispatch.id, 1, version=dispatch.version, at=NOW, by=BY)
        first, second = mine.reference, yours.reference
    words = scan(client, second)
    assert words.startswith("Emballé Numéro 1")
    assert "2 bordereaux dans ce même pli" in words
    assert "1 emballé sur 1" in words
    assert scan(client, first).startswith("Déjà emballé Numéro 1")


def test_looking_changes_nothing(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = dispatched()
    assert scan(client, reference, f"{SCAN}/look").startswith("À emballer Numéro 1")
    with app.app_context():
        assert packed(reference) == []


def test_a_pickup_is_handed_over_once(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        pickup, post = make_order(delivery=Delivery.PICKUP).reference, dispatched()
    url = f"{SCAN}/pickup"
    assert scan(client, pickup, url).startswith("Remis")
    assert scan(client, pickup, url).startswith("Déjà remis")
    assert scan(client, post, url, status=409).startswith("Pas à retirer")
    with app.app_context():
        assert repository.get_order(pickup).status is OrderStatus.SENT
        assert packed(post) == []


def test_a_return_is_one_scan_and_its_orderer_is_told_once(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = dispatched(lines={"MAN26": 3}, close=True)
    url = f"{SCAN}/return"
    assert scan(client, reference, url, status=422).startswith("Pourquoi est-il revenu ?")
    assert scan(client, reference, url, reason="unknown-there").startswith("Retour noté")
    assert scan(client, reference, url, reason="refused").startswith("Retour déjà noté")
    with app.app_context():
        assert repository.get_order(reference).status is OrderStatus.RETURNED
        (kept,) = db.session.scalars(select(ParcelReturn))
        assert (kept.reason.value, kept.lost) == ("unknown-there", False)
        kinds = list(db.session.scalars(select(OutgoingMail.kind).order_by(OutgoingMail.id)))
        assert kinds == ["order_confirmed", "order_sent", "order_returned"]
    assert scan(client, reference, status=409).startswith("Revenue de la poste")


def test_what_was_never_posted_cannot_come_back(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = dispatched()
    said = scan(client, reference, f"{SCAN}/return", status=409, reason="refused")
    assert said.startswith("Rien à reprendre")


def test_of_several_parts_that_were_posted_one_comes_back(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = dispatched(lines={"MAN26": 900}, close=True)
        second = db.session.scalars(select(Parcel).where(Parcel.part == 2)).one()
        parcel_id, copies = second.id, second.contents[0].copies
    url = f"{SCAN}/return"
    assert scan(client, reference, url, reason="damaged", place="lost").startswith("Lequel de ces plis ?")
    said = scan(client, reference, url, reason="damaged", place="lost", parcel=str(parcel_id))
    assert said.startswith("Retour noté Numéro 2 2/2")
    with app.app_context():
        assert repository.get_order(reference).lines[0].sent == 900 - copies


def test_a_volunteer_packs_and_looks_and_sees_no_more_than_that(
    app: Flask, office: Office, client: FlaskClient
) -> None:
    with app.app_context():
        reference = dispatched(name="Lea Dubois", email="lea@orderer.example", phone="0475123456")
        posted = dispatched(name="Paul Martin", close=True)
    volunteer = office(StaffRole.VOLUNTEER)
    assert "Lea Dubois" in scan(volunteer, reference, f"{SCAN}/look")
    assert scan(volunteer, reference).startswith("Emballé")
    assert "Paul Martin" not in scan(volunteer, posted)
    for mode in ("pickup", "return"):
        assert volunteer.get(f"{SCAN}/{mode}").status_code == 403


def test_a_scan_without_a_token_is_refused(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = dispatched()
    assert client.post(SCAN, data={"reference": reference}).status_code == 400
    with app.app_context():
        assert packed(reference) == []

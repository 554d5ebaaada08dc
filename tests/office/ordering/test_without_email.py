"""Orders without an e-mail address, as the office and the orderer see them: no page promises a mail, the slip helps."""

import subprocess
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.database import db, transact
from orders.mail import signed_links
from orders.mail.models import OutgoingMail
from orders.ordering.lifecycle import approval
from orders.ordering.models import Delivery, Order
from orders.ordering.repository import get_order
from orders.shipping.dispatches import lifecycle
from orders.staff.models import StaffRole
from tests.factories import BY, NOW, allow, make_dispatch, make_edition, make_order
from tests.office.ordering.test_manual_entry import URL, send
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
PROMISES = ("vous écri", "vous prévenons", "l’e-mail que vous avez reçu", "e-mail de confirmation", "dernier e-mail")


@pytest.fixture
def clerk(app: Flask, office: Office) -> FlaskClient:
    app.config["FORM_MINIMUM_SECONDS"] = 0
    with app.app_context():
        make_edition(shelf={"MAN26": 10, "LIV26": 0})
        allow("family", review_above=5, maximum=9)
    return office(StaffRole.COORDINATOR)


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def own_page(order: Order) -> str:
    return f"/o/{signed_links.token(order.reference, order.link_nonce)}"


def test_an_order_by_telephone_is_noted_without_an_address(app: Flask, clerk: FlaskClient) -> None:
    done = send(clerk, email="", phone="0475 12 34 56")
    assert done.status_code == 303
    assert "personne ne reçoit de confirmation" in Page.open(clerk, done.location).words()
    with app.app_context():
        reference = db.session.scalars(select(Order.reference)).one()
        assert db.session.scalars(select(OutgoingMail)).all() == []
    words = Page.open(clerk, f"/office/ordering/{reference}").words()
    assert "E-mailaucun" in words
    assert "n’a pas d’adresse e-mail : aucun courriel ne part" in words
    assert "0475 12 34 56" in words
    assert "LangueFrançais" in words
    assert "Ajouter et écrire" in words
    assert "rien ne part plus à l’ancienne" not in words


def test_the_form_does_not_mark_the_address_as_needed_and_the_public_one_does(clerk: FlaskClient) -> None:
    assert 'id="email" ' in Page.open(clerk, URL).text
    field = next(each for each in Page.open(clerk, URL).forms(URL)[1].iter("input") if each.get("name") == "email")
    assert field.get("required") is None
    public = next(
        each for each in Page.open(clerk, "/order").forms("/order")[0].iter("input") if each.get("name") == "email"
    )
    assert public.get("required") is not None


@pytest.mark.parametrize(("language", "said"), [("fr", "gardez ce bordereau"), ("nl", "bewaar deze pakbon")])
def test_a_line_on_the_slip_stands_in_for_the_mails(app: Flask, clerk: FlaskClient, language: str, said: str) -> None:
    with app.app_context():
        order, other = make_order(email="", language=language), make_order(language=language)
        addresses = [f"/office/ordering/{each.reference}/slip.pdf" for each in (order, other)]
        dispatch = make_dispatch(order, other).id
    own, others = (text_of(clerk.get(address).data) for address in addresses)
    assert said in own
    assert "@" in own.split(said)[1]
    assert said not in others
    assert text_of(clerk.get(f"/office/shipping/{dispatch}/slips.pdf").data).count(said) == 1


def states(app: Flask) -> list[tuple[str, str]]:
    """Own pages of orders without an address, and the state they are in."""
    with app.app_context():
        waiting = make_order(email="", lines={"LIV26": 1})
        short = make_order(email="", lines={"MAN26": 1, "LIV26": 1})
        pending = make_order(email="", lines={"MAN26": 6})
        refused = make_order(email="", lines={"MAN26": 6})
        transact(approval.reject, refused.reference, reason="Trop", at=NOW, by=BY)
        fetched = make_order(email="", delivery=Delivery.PICKUP)
        packed, sent = make_order(email=""), make_order(email="")
        transact(lifecycle.close, make_dispatch(sent).id, at=NOW, by=BY, everything=True)
        make_dispatch(packed)
        found = [waiting, short, pending, refused, fetched, packed, sent, make_order(email="")]
        return [(own_page(each), get_order(each.reference).status.value) for each in found]


def test_ones_own_page_promises_no_mail_in_any_state(app: Flask, clerk: FlaskClient) -> None:
    seen = set()
    for address, state in states(app):
        words = Page.open(clerk, address).words()
        assert [promise for promise in PROMISES if promise in words] == [], state
        assert "Nous n’avons pas votre adresse e-mail" in words
        seen.add(state)
    assert seen == {"waiting", "ready", "pending", "rejected", "dispatching", "sent"}


def test_ones_own_order_is_changed_without_an_address(app: Flask, clerk: FlaskClient) -> None:
    with app.app_context():
        order = make_order(email="")
        url, reference = own_page(order), order.reference
    page = Page.open(clerk, f"{url}/change")
    assert "Votre adresse e-mail ne change pas ici" not in page.words()
    done = clerk.post(f"{url}/change", data={**page.fields(f"{url}/change"), "copies-MAN26": "3"})
    assert done.status_code == 303
    with app.app_context():
        assert [line.copies for line in get_order(reference).lines] == [3]
        assert db.session.scalars(select(OutgoingMail)).all() == []


def test_who_must_be_called_stands_in_the_list_of_pickups(app: Flask, clerk: FlaskClient) -> None:
    with app.app_context():
        make_order(email="", phone="+32475123456", delivery=Delivery.PICKUP)
        make_order(email="", delivery=Delivery.PICKUP)
    words = Page.open(clerk, "/office/ordering/pickups").words()
    assert "sans e-mail : à prévenir au 0475 12 34 56" in words
    assert "sans e-mail ni téléphone" in words


def test_a_new_link_is_promised_on_paper_and_not_by_mail(app: Flask, clerk: FlaskClient) -> None:
    with app.app_context():
        url = f"/office/ordering/{make_order(email='').reference}"
    done = clerk.post(f"{url}/new-link", data=Page.open(clerk, url).fields(f"{url}/new-link"))
    assert "Le nouveau est sur le prochain bordereau" in Page.open(clerk, done.location).words()


def test_who_ordered_by_telephone_is_found_again_by_number_and_name(app: Flask, clerk: FlaskClient) -> None:
    with app.app_context():
        for name, phone in (("Zoé Exemple", "+32475123456"), ("Luc Petit", "")):
            make_order(name=name, phone=phone, email="", street="Rue Haute", number="1")
    words = Page.open(clerk, f"{URL}?like=0475/12.34.56").words()
    assert "Reprendre « Zoé Exemple »" in words
    assert "0475 12 34 56" in words
    assert "Luc Petit" not in words
    neighbours = Page.open(clerk, f"{URL}?like=rue+haute").words()
    assert "Reprendre « Zoé Exemple »" in neighbours
    assert "Reprendre « Luc Petit »" in neighbours
    assert "Personne n’a encore commandé ainsi" in Page.open(clerk, f"{URL}?like=!!!").words()


@pytest.mark.parametrize(("phone", "said"), [("+32475123456", "au 0475 12 34 56"), ("", "ni e-mail ni téléphone")])
def test_whose_parcel_came_back_is_called_or_looked_for(app: Flask, clerk: FlaskClient, phone: str, said: str) -> None:
    with app.app_context():
        order = make_order(email="", phone=phone)
        transact(lifecycle.close, make_dispatch(order).id, at=NOW, by=BY, everything=True)
        page = f"/office/ordering/{order.reference}"
    shown = Page.open(clerk, page)
    assert "La personne n’a pas d’e-mail" in shown.words()
    assert "La personne est prévenue" not in shown.words()
    typed = {**shown.fields("/office/shipping/scan/return"), "reason": "unknown-there"}
    words = Page.of(clerk.post("/office/shipping/scan/return", data=typed)).words()
    assert said in words
    assert "reçoit un e-mail" not in words

"""Orders on paper or by telephone, typed by staff: the same rules and questions, and limits that can be passed."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.database import db
from orders.ordering.models import Order, OrderStatus
from orders.staff.models import AuditEntry, StaffRole
from tests.factories import allow, make_edition, make_order
from tests.page import Page

Office = Callable[[StaffRole], FlaskClient]
URL = "/office/ordering/new"
TYPED = {
    "postcode": "5590",
    "town": "Ciney",
    "street": "Rue Haute",
    "number": "1",
    "name": "Marie Dupont",
    "email": "marie@example.org",
    "audience": "family",
    "copies-MAN26": "2",
}


@pytest.fixture
def client(app: Flask, office: Office) -> FlaskClient:
    with app.app_context():
        make_edition()
        allow("family", review_above=5, maximum=10)
        allow("school", review_above=50, maximum=60)
    return office(StaffRole.OFFICE)


def hidden(client: FlaskClient) -> dict[str, str]:
    """What the form to type in sends besides what is typed."""
    fields = Page.open(client, URL).forms(URL)[1].iter("input")
    return {each.get("name", ""): each.get("value", "") for each in fields if each.get("type") == "hidden"}


def send(client: FlaskClient, url: str = URL, **changed: Any) -> Any:
    return client.post(url, data={**hidden(client), **TYPED, **changed})


def orders(app: Flask) -> list[tuple[str, str, OrderStatus]]:
    with app.app_context():
        found = db.session.scalars(select(Order).order_by(Order.id))
        return [(order.name, order.door, order.status) for order in found]


def test_all_that_is_odd_is_asked_at_once(app: Flask, client: FlaskClient) -> None:
    page = Page.of(send(client, email="zoe@gmial.com", town="Arlon"), status=422)
    assert "vouliez-vous dire zoe@gmail.com" in page.words()
    assert [each.get("value") for each in page.tree.iter("input") if each.get("name") == "confirm"] == [
        "place",
        "email",
    ]
    assert send(client, email="zoe@gmial.com", town="Arlon", confirm=["place", "email"]).status_code == 303
    assert len(orders(app)) == 1


def test_an_order_is_typed_and_the_next_form_is_empty(app: Flask, client: FlaskClient) -> None:
    first = next(each for each in Page.open(client, URL).forms(URL)[1].iter("input") if each.get("type") == "text")
    assert first.get("name") == "postcode"
    done = send(client)
    page = Page.open(client, done.location)
    assert "La commande est notée" in page.words()
    assert page.forms(URL)[1].find(".//input[@name='name']").get("value") == ""  # type: ignore[union-attr]
    assert orders(app) == [("Marie Dupont", "office", OrderStatus.READY)]


def test_the_place_of_a_code_that_has_only_one_is_filled_in(app: Flask, client: FlaskClient) -> None:
    assert send(client, postcode="1030", town="").status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Order.town)).one() == "Schaerbeek"
    page = Page.of(send(client, postcode="5590", town="", email="x"), status=422)
    assert "Indiquez la localité" in page.words()
    assert page.forms(URL)[1].find(".//input[@name='street']").get("value") == "Rue Haute"  # type: ignore[union-attr]


def test_an_odd_place_is_asked_and_taken_once_it_is_confirmed(app: Flask, client: FlaskClient) -> None:
    asked = Page.of(send(client, town="Namur"), status=422)
    assert "est-ce bien correct" in asked.words()
    assert orders(app) == []
    assert send(client, town="Namur", confirm="place").status_code == 303


def test_a_school_that_ordered_before_is_asked_about_and_then_to_be_decided(app: Flask, client: FlaskClient) -> None:
    school = {"audience": "school", "organisation": "École Saint-Roch"}
    send(client, **school)
    asked = Page.of(send(client, **school, email="other@example.org", name="Bo"), status=422)
    assert "a déjà commandé" in asked.words()
    done = send(client, **school, email="other@example.org", name="Bo", confirm="repeat", reason="Une autre classe")
    assert done.status_code == 303
    assert [status for _, _, status in orders(app)] == [OrderStatus.READY, OrderStatus.PENDING]


def test_more_than_the_maximum_is_refused_and_only_a_coordinator_may_go_beyond(
    app: Flask, client: FlaskClient, office: Office
) -> None:
    page = Page.of(send(client, **{"copies-MAN26": "30"}), status=422)
    assert "Au plus 10 par édition" in page.words()
    assert "Noter malgré les limites" not in page.words()
    assert client.post(f"{URL}/beyond").status_code == 403
    coordinator = office(StaffRole.COORDINATOR)
    beyond = {"copies-MAN26": "30"}
    assert "Noter malgré les limites" in Page.of(send(coordinator, **beyond), status=422).words()
    assert "Dites pourquoi" in Page.of(send(coordinator, f"{URL}/beyond", **beyond), status=422).words()
    assert send(coordinator, f"{URL}/beyond", **beyond, beyond="Fête de quartier").status_code == 303
    assert orders(app) == [("Marie Dupont", "office", OrderStatus.READY)]
    with app.app_context():
        assert db.session.scalars(select(Order.decision_reason)).one() == "Fête de quartier"
        assert db.session.scalars(select(AuditEntry.action).where(AuditEntry.action == "went beyond limits")).one()
        assert "Fête" not in str([each.after for each in db.session.scalars(select(AuditEntry))])


def test_who_ordered_before_is_proposed_by_e_mail_and_by_organisation(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = make_order(
            organisation="Athénée Royal", name="Ana", email="ana@example.org", town="Ciney", postcode="5590"
        ).reference
        make_order(name="Somebody Else")
    for like in ("ANA@example.org", "athenee roy"):
        page = Page.open(client, f"{URL}?like={like}")
        assert "Reprendre « Athénée Royal »" in page.words()
        assert "Somebody Else" not in page.words()
    filled = Page.open(client, f"{URL}?from={reference}").forms(URL)[1]
    values = {each.get("name"): each.get("value") for each in filled.iter("input")}
    assert (values["organisation"], values["email"], values["town"]) == ("Athénée Royal", "ana@example.org", "Ciney")
    assert values["copies-MAN26"] in ("", None)
    assert "Personne n’a encore" in Page.open(client, f"{URL}?like=nobody").words()


def test_the_postage_of_a_parcel_is_kept_to_be_invoiced(app: Flask, client: FlaskClient) -> None:
    school = {"audience": "school", "organisation": "École du Parc", "copies-MAN26": "40", "billing_name": "Commune"}
    school |= {"purchase_order": "BC 7"}
    assert send(client, **school).status_code == 303
    with app.app_context():
        order = db.session.scalars(select(Order)).one()
        assert (order.postage_due, order.billing_name, order.purchase_order) == (True, "Commune", "BC 7")


def test_every_problem_stands_beside_its_field_and_nothing_typed_is_lost(client: FlaskClient) -> None:
    page = Page.of(send(client, postcode="105", email="marie", needed_by="demain", name=""), status=422)
    for said in ("quatre chiffres", "adresse e-mail complète", "Indiquez la date", "le nom de la personne"):
        assert said in page.words()
    assert "Rue Haute" in page.text


def test_a_form_sent_twice_is_one_order(app: Flask, client: FlaskClient) -> None:
    fields = {**hidden(client), **TYPED, "submission": "one-key"}
    assert client.post(URL, data=fields).location == client.post(URL, data=fields).location
    assert len(orders(app)) == 1


def test_without_an_open_edition_it_is_said(office: Office) -> None:
    Page.open(office(StaffRole.OFFICE), URL, status=409)

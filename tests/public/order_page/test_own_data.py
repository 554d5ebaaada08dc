""" "Mes données": the orderer receives, corrects, limits and erases without the office, confirmed by mail."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.clock import now
from orders.database import db, transact
from orders.mail import signed_links
from orders.mail.models import OutgoingMail
from orders.ordering.lifecycle import cancellation
from orders.ordering.models import Order
from orders.privacy import confirmation
from orders.privacy.confirmation import Act
from orders.privacy.registry import REMOVED
from tests.factories import BY, NOW, make_edition, make_order
from tests.page import Page


@pytest.fixture
def order_id(app: Flask) -> int:
    with app.app_context():
        make_edition()
        return make_order(name="Zoé Dupont", email="zoe@example.org", language="fr").id


def own_page(app: Flask, order_id: int) -> str:
    with app.app_context():
        order = db.session.get_one(Order, order_id)
        return f"/o/{signed_links.token(order.reference, order.link_nonce)}/data"


def post_act(app: Flask, client: FlaskClient, order_id: int, act: str) -> Any:
    url = own_page(app, order_id)
    fields = Page.open(client, url).fields(url) | {"act": act}
    return client.post(url, data=fields, follow_redirects=True)


def ask(app: Flask, client: FlaskClient, order_id: int, act: str) -> str:
    """Ask for something on the page; the address in the mail that comes."""
    post_act(app, client, order_id, act)
    return address_mailed(app)


def address_mailed(app: Flask) -> str:
    with app.app_context():
        mails = select(OutgoingMail).where(OutgoingMail.kind == confirmation.MAIL).order_by(OutgoingMail.id.desc())
        mail = db.session.scalars(mails).first()
        found = re.search(r"http://pli\.test(/data/\S+)", mail.text) if mail else None
    assert found
    return found[1]


def confirm(client: FlaskClient, address: str, **typed: str) -> Page:
    fields = Page.open(client, address).fields(address) | typed
    return Page.of(client.post(address, data=fields, follow_redirects=True))


def test_the_page_of_the_order_leads_there(app: Flask, client: FlaskClient, order_id: int) -> None:
    url = own_page(app, order_id)
    assert f'href="{url}"' in Page.open(client, url.removesuffix("/data")).text
    page = Page.open(client, url)
    assert len(page.forms(url)) == 4
    assert "annulez-la d’abord" in page.text


def test_what_is_held_is_received_in_both_forms_by_the_link_in_the_mail_only(
    app: Flask, client: FlaskClient, order_id: int
) -> None:
    address = ask(app, client, order_id, "receive")
    page = Page.open(client, address)
    assert f"{address}/own.pdf" in page.text
    assert client.get(f"{address}/own.pdf").data.startswith(b"%PDF")
    held = json.loads(client.get(f"{address}/own.json").data)
    assert held["order"][0]["name"] == "Zoé Dupont"
    assert client.get(f"{address}/own.exe").status_code == 404
    assert client.get(f"{address[:-3]}xyz").status_code == 404


def test_erasing_says_first_what_is_open_and_then_erases_everything(
    app: Flask, client: FlaskClient, order_id: int
) -> None:
    address = ask(app, client, order_id, "erase")
    assert "n’est pas terminée" in Page.open(client, address).text
    with app.app_context():
        transact(cancellation.cancel, db.session.get_one(Order, order_id).reference, at=NOW, by=BY)
    assert "Tout ce que nous gardions de vous est effacé." in confirm(client, address).text
    with app.app_context():
        assert db.session.get_one(Order, order_id).name == REMOVED
        assert all(mail.is_erased for mail in db.session.scalars(select(OutgoingMail)))
    assert client.get(address).status_code == 404
    assert client.get(own_page(app, order_id)).status_code == 404


def test_a_limit_is_set_and_lifted(app: Flask, client: FlaskClient, order_id: int) -> None:
    assert "plus rien n’est fait avec elles" in confirm(client, ask(app, client, order_id, "restrict")).text
    assert "Comme vous l’avez demandé" in Page.open(client, own_page(app, order_id)).text
    with app.app_context():
        order = db.session.get_one(Order, order_id)
        lift = f"/data/{confirmation.token(order, Act.LIFT, at=now())}"
    assert "servent de nouveau" in confirm(client, lift).text


def test_a_correction_reaches_the_order_and_what_is_wrong_is_said(
    app: Flask, client: FlaskClient, order_id: int
) -> None:
    address = ask(app, client, order_id, "correct")
    fields = Page.open(client, address).fields(address)
    Page.of(client.post(address, data=fields | {"name": ""}), status=422)
    assert "C’est corrigé" in confirm(client, address, name="Zoé Durand").text
    with app.app_context():
        order = db.session.get_one(Order, order_id)
        assert (order.name, order.email) == ("Zoé Durand", "zoe@example.org")


def test_a_link_lives_for_a_day_and_ends_with_the_order_s_own(app: Flask, client: FlaskClient, order_id: int) -> None:
    with app.app_context():
        order = db.session.get_one(Order, order_id)
        day = timedelta(hours=24)
        old = confirmation.token(order, Act.RECEIVE, at=now() - day - timedelta(seconds=2))
        ahead = confirmation.token(order, Act.RECEIVE, at=now() + day)
        good = confirmation.token(order, Act.RECEIVE, at=now())
    assert [client.get(f"/data/{each}").status_code for each in (old, ahead, good)] == [404, 404, 200]
    with app.app_context():
        transact(lambda: setattr(db.session.get_one(Order, order_id), "link_nonce", "another"))
    assert client.get(f"/data/{good}").status_code == 404


def test_opening_the_link_alone_does_nothing_and_a_stranger_cannot_flood(
    app: Flask, client: FlaskClient, order_id: int
) -> None:
    for act in ("erase", "erase", "restrict"):
        address = ask(app, client, order_id, act)
    assert "il y a moins de cinq minutes" in Page.of(post_act(app, client, order_id, "receive")).text
    client.get(address)
    with app.app_context():
        assert db.session.get_one(Order, order_id).restricted_at is None
        kinds = select(OutgoingMail.id).where(OutgoingMail.kind == confirmation.MAIL)
        assert len(db.session.scalars(kinds).all()) == 1
    assert client.post(own_page(app, order_id), data={"act": "erase"}).status_code == 400


def test_without_an_address_the_page_says_whom_to_write_to(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition()
        order_id = make_order(email="").id
    page = Page.open(client, own_page(app, order_id))
    assert page.forms(own_page(app, order_id)) == []
    assert "pas d’adresse e-mail" in page.text

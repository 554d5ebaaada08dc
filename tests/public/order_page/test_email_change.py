"""Asking on one's own page for mails to go to another address, and confirming it by the link in the mail."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.clock import now
from orders.database import db, transact, transaction
from orders.mail import signed_links
from orders.mail.models import OutgoingMail
from orders.ordering.lifecycle import cancellation, email_change
from orders.ordering.models import Order
from orders.reminders import subscriptions
from orders.reminders.models import Reminder
from orders.staff.journal import Actor
from tests.factories import make_edition, make_order
from tests.page import Page


@pytest.fixture
def own(app: Flask) -> str:
    """The page of an order for whoever mistyped an address."""
    with app.app_context():
        make_edition()
        order = make_order(name="Émilie Dupont", email="emlie@example.org", language="fr")
        return f"/o/{signed_links.token(order.reference, order.link_nonce)}"


def ask(client: FlaskClient, own: str, **typed: str) -> Any:
    fields = Page.open(client, f"{own}/email").fields(f"{own}/email")
    return client.post(f"{own}/email", data=fields | typed)


def link_mailed(app: Flask, address: str) -> str:
    with app.app_context():
        mail = db.session.scalars(select(OutgoingMail).where(OutgoingMail.address == address)).one()
        (link,) = set(re.findall(r"http://pli\.test(/email/\S+)", mail.text))
        return link


def test_the_page_says_where_we_write_and_another_address_is_confirmed_by_its_mail(
    app: Flask, client: FlaskClient, own: str
) -> None:
    assert "Nous vous écrivons à : emlie@example.org" in Page.open(client, own).words()
    asked = ask(client, own, email="mailto:Emilie@Example.org, ")
    assert asked.location == own
    shown = Page.open(client, own).words()
    assert "Un e-mail part vers Emilie@example.org" in shown
    assert "Nous vous écrivons à : emlie@example.org" in shown
    link = link_mailed(app, "Emilie@example.org")
    confirming = Page.open(client, link)
    assert "Émilie" not in confirming.text  # whoever has the mail by mistake reads nothing of the order
    assert "Rue" not in confirming.text
    fields = confirming.fields(link)
    done = client.post(link, data=fields)
    assert done.status_code == 303
    assert "Nous vous écrivons à : Emilie@example.org" in Page.open(client, done.location).words()
    for again in (client.get(link), client.post(link, data=fields)):
        words = Page.of(again).words()
        assert "C’est fait : nous écrivons à cette adresse" in words
        assert "/o/" not in again.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "e-mail"),
        ("emilie", "e-mail"),
        ("a@example.org, b@example.org", "plusieurs"),
        ("EMLIE@example.org", "C’est déjà l’adresse"),
        ("emilie@gmial.com", "Vouliez-vous écrire emilie@gmail.com"),
        ("<script>@example.org", "e-mail"),
        ("é" * 300 + "@example.org", "e-mail"),
    ],
)
def test_what_is_no_other_address_comes_back_with_what_was_typed(
    app: Flask, client: FlaskClient, own: str, typed: str, said: str
) -> None:
    page = Page.of(ask(client, own, email=typed), status=422)
    assert said in page.words()
    with app.app_context():
        assert db.session.query(OutgoingMail).filter_by(kind=email_change.MAIL).count() == 0


def test_what_is_kept_for_next_year_goes_with_it_and_what_somebody_else_keeps_stays(
    app: Flask, client: FlaskClient, own: str
) -> None:
    with app.app_context():
        order = db.session.query(Order).one()
        transact(subscriptions.keep, order, "oui", at=now())
        transact(subscriptions.keep, make_order(email="else@example.org", language="fr"), "oui", at=now())
        (other,) = (each for each in db.session.query(Order) if each.email.startswith("else"))
        elsewhere = f"/o/{signed_links.token(other.reference, other.link_nonce)}"
        with transaction():
            db.session.merge(other).street = "Rue Neuve"  # no longer what is kept
    for page, email in ((own, "emilie@example.org"), (elsewhere, "new@example.org")):
        ask(client, page, email=email)
        link = link_mailed(app, email)
        client.post(link, data=Page.open(client, link).fields(link))
    with app.app_context():
        kept = sorted(db.session.scalars(select(Reminder.email)))
    assert kept == ["else@example.org", "emilie@example.org"]


def test_a_doubtful_address_is_kept_on_request(app: Flask, client: FlaskClient, own: str) -> None:
    assert ask(client, own, email="emilie@gmial.com", sure="emilie@gmial.com").status_code == 303
    link_mailed(app, "emilie@gmial.com")


def test_an_old_link_and_an_order_that_ended_say_so(app: Flask, client: FlaskClient, own: str) -> None:
    ask(client, own, email="one@example.org")
    first = link_mailed(app, "one@example.org")
    ask(client, own, email="two@example.org")
    replaced = Page.open(client, first, status=410)
    assert "Ce lien ne sert plus" in replaced.words()
    second = link_mailed(app, "two@example.org")
    confirming = Page.open(client, second).fields(second)
    with app.app_context():
        order = db.session.query(Order).one()
        transact(cancellation.cancel, order.reference, at=now(), by=Actor("web"))
    Page.of(client.post(second, data=confirming), status=410)
    assert client.post(f"{own}/email", data={**confirming, "email": "three@example.org"}).location == own
    Page.open(client, f"{second}x", status=404)

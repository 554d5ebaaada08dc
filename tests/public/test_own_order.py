"""What an orderer can do with an order of one's own: cancel it, and find its link again."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.database import db
from orders.mail import links
from orders.mail.models import OutgoingMail
from orders.ordering.handling import get_order
from orders.ordering.models import OrderStatus
from tests.factories import make_dispatch, make_edition, make_order
from tests.page import Page


@pytest.fixture
def own(app: Flask) -> tuple[str, str]:
    """The reference of an order and the address of its page."""
    with app.app_context():
        make_edition()
        order = make_order(lines={"MAN26": 3}, email="marie@example.org")
        return order.reference, f"/o/{links.token(order.reference, order.link_nonce)}"


def mails(app: Flask, kind: str) -> list[OutgoingMail]:
    with app.app_context():
        return list(db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == kind)))


def status(app: Flask, reference: str) -> OrderStatus:
    with app.app_context():
        return get_order(reference).status


def test_an_order_is_cancelled_from_its_page_and_a_mail_says_so(
    app: Flask, client: FlaskClient, own: tuple[str, str]
) -> None:
    reference, url = own
    done = client.post(f"{url}/cancel", data=Page.open(client, url).fields(f"{url}/cancel"))
    page = Page.open(client, done.location)
    assert "Cette commande est annulée" in page.words()
    assert page.forms(f"{url}/cancel") == []
    assert (status(app, reference), len(mails(app, "order_cancelled"))) == (OrderStatus.CANCELLED, 1)


def test_cancelling_needs_a_token_and_the_right_link(app: Flask, client: FlaskClient, own: tuple[str, str]) -> None:
    reference, url = own
    fields = Page.open(client, url).fields(f"{url}/cancel")
    Page.of(client.post(f"{url}/cancel"), status=400)
    Page.of(client.post(f"{url}x/cancel", data=fields), status=404)
    assert status(app, reference) is OrderStatus.READY


def test_an_order_that_was_packed_meanwhile_is_not_cancelled_and_the_page_says_why(
    app: Flask, client: FlaskClient, own: tuple[str, str]
) -> None:
    reference, url = own
    fields = Page.open(client, url).fields(f"{url}/cancel")
    with app.app_context():
        make_dispatch(get_order(reference))
    done = client.post(f"{url}/cancel", data=fields)
    assert "déjà en préparation" in Page.open(client, done.location).words()
    assert status(app, reference) is OrderStatus.DISPATCHING


def test_cancelling_twice_is_said_and_done_once(app: Flask, client: FlaskClient, own: tuple[str, str]) -> None:
    _, url = own
    fields = Page.open(client, url).fields(f"{url}/cancel")
    for _ in range(2):
        done = client.post(f"{url}/cancel", data=fields)
    assert "déjà annulée" in Page.open(client, done.location).words()
    assert len(mails(app, "order_cancelled")) == 1


def test_the_links_of_an_address_are_mailed_to_it_and_the_answer_tells_nothing(
    app: Flask, client: FlaskClient, own: tuple[str, str]
) -> None:
    _, url = own
    answers = []
    for email in ("Marie@Example.org", "nobody@example.org"):
        fields = {**Page.open(client, "/find").fields("/find"), "email": email}
        answers.append(Page.of(client.post("/find", data=fields)).words())
    assert answers[0].replace("Marie@Example.org", "") == answers[1].replace("nobody@example.org", "")
    (mail,) = mails(app, "order_links")
    assert mail.address == "marie@example.org"
    assert f"http://pli.test{url}" in mail.text
    assert url in mail.html


@pytest.mark.parametrize("email", ["", "pas une adresse", "a" * 51 + "@example.org", "a\0@example.org"])
def test_an_address_that_is_none_is_said_so(app: Flask, client: FlaskClient, email: str) -> None:
    fields = {**Page.open(client, "/find").fields("/find"), "email": email}
    page = Page.of(client.post("/find", data=fields), status=422)
    assert page.text.split("<title>")[1].startswith("Erreur")
    assert mails(app, "order_links") == []

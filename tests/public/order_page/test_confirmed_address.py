"""Opening the link of a mail confirms its address; opening the page that follows an order does not."""

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from orders.database import db
from orders.mail import signed_links
from orders.mail.models import OutgoingMail
from orders.ordering.email_confirmation import EmailConfirmation
from tests.factories import make_edition, make_order
from tests.page import Page


def confirmed(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(EmailConfirmation)) or 0


def test_only_the_link_that_stands_in_a_mail_confirms(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition()
        order = make_order(email="marie@example.org")
        own = f"/o/{signed_links.token(order.reference, order.link_nonce)}"
        mail = db.session.scalars(select(OutgoingMail)).one()
        (mailed,) = set(re.findall(r"http://pli\.test(/o/[\w.=-]+)", mail.text))
    assert mailed != own
    shown = Page.open(client, own)
    assert mailed not in shown.text
    client.post(f"{own}/cancel", data=shown.fields(f"{own}/cancel"))
    client.head(mailed)
    assert confirmed(app) == 0
    for _ in range(2):
        assert "Cette commande est annulée" in Page.open(client, mailed).words()
    assert confirmed(app) == 1


def test_a_link_of_a_mail_that_was_replaced_confirms_nothing(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_edition()
        order = make_order(email="marie@example.org")
        mailed = signed_links.mailed_order_page(order.reference, "another nonce").removeprefix("http://pli.test")
    Page.of(client.get(mailed), status=404)
    assert confirmed(app) == 0

"""An order's link can be revoked."""

import pytest
from flask import Flask
from sqlalchemy import select

from orders.database import db, transact
from orders.mail import signed_links
from orders.mail.models import OutgoingMail
from orders.ordering import repository
from orders.ordering.lifecycle import order_links
from orders.ordering.refusals import UnknownOrder
from tests.factories import BY, NOW, make_edition, make_order


def test_a_new_link_closes_the_old_one_and_is_mailed_to_the_orderer(app_context: Flask) -> None:
    make_edition()
    order = make_order()
    old = signed_links.token(order.reference, order.link_nonce)
    transact(order_links.renew_link, order.reference, at=NOW, by=BY)
    new = signed_links.token(order.reference, order.link_nonce)
    assert repository.get_order_by_link(new).id == order.id
    with pytest.raises(UnknownOrder):
        repository.get_order_by_link(old)
    mail = db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "order_link_changed")).one()
    page = signed_links.mailed_order_page(order.reference, order.link_nonce)
    assert (mail.address, page in mail.text, page in mail.html, old in mail.text) == (order.email, True, True, False)

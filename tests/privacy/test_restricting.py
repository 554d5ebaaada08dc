"""A person asks that their data lie still: it is kept, and nothing is done with it until the limit is lifted."""

import pytest
from flask import Flask
from sqlalchemy import select

from orders.database import db, transact
from orders.mail.models import HELD_BACK, OutgoingMail
from orders.ordering.files import exporting
from orders.ordering.followup import newsletter_consents
from orders.ordering.lifecycle import cancellation
from orders.ordering.lookup import filters, previous_orderers, search
from orders.ordering.models import Order, OrderStatus
from orders.ordering.refusals import OrderRestricted
from orders.ordering.season import closing
from orders.privacy import data_subject_rights, retention
from orders.privacy.data_subject_rights import Corrected, OrdersStillOpen
from orders.shipping.dispatches import creation
from orders.staff.models import AuditEntry
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order, receive


def restrict(order: Order) -> None:
    transact(data_subject_rights.restrict, order.reference, at=NOW, by=BY)


def test_no_rule_no_list_no_file_and_no_mail_touches_a_restricted_order(app_context: Flask, tmp_path: object) -> None:
    make_edition()
    order = make_order(email="zoe@example.org", news_text="Oui")
    restrict(order)
    with pytest.raises(OrderRestricted):
        transact(cancellation.cancel, order.reference, at=NOW, by=BY)
    with pytest.raises(OrderRestricted):
        transact(creation.make, [order.reference], at=NOW, by=BY)
    assert list(search.find(filters.READY_TO_POST)) == []
    assert list(previous_orderers.ordered_before("zoe@example.org")) == []
    assert newsletter_consents.count() == 0
    assert exporting.export(tmp_path / "orders.csv") == 0  # type: ignore[operator]
    (mail,) = db.session.scalars(select(OutgoingMail))
    assert mail.last_error == HELD_BACK
    assert db.session.scalar(select(Order.id).where(retention.may_go())) is None


def test_it_leaves_its_place_in_the_queue_and_takes_it_again(app_context: Flask) -> None:
    make_edition(shelf=0)
    first, second = make_order(), make_order(minutes=5)
    restrict(first)
    receive("MAN26", 1, minutes=10)
    db.session.expire_all()
    assert (first.status, second.status) == (OrderStatus.WAITING, OrderStatus.READY)
    receive("MAN26", 1, minutes=15)
    transact(data_subject_rights.lift, first.reference, at=NOW, by=BY)
    assert db.session.get_one(Order, first.id).status is OrderStatus.READY
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.thing == f"order {first.reference}"))
    assert list(actions)[-2:] == ["restricted", "restriction lifted"]


def test_what_is_being_packed_is_said_first(app_context: Flask) -> None:
    make_edition()
    order = make_order()
    make_dispatch(order)
    for rule in (data_subject_rights.restrict, data_subject_rights.erase):
        with pytest.raises(OrdersStillOpen):
            transact(rule, order.reference, at=NOW, by=BY)


def test_corrections_reach_every_order_of_the_person_and_what_it_is_found_by(app_context: Flask) -> None:
    make_edition()
    orders = [make_order(email=email, name="Zoe Dupon") for email in ("zoe@example.org", "Zoe+ecole@example.org")]
    corrected = Corrected("Zoé Dupont", "École", "zoe.dupont@example.org", "+32475123456")
    transact(data_subject_rights.correct, orders[0].reference, corrected, at=NOW, by=BY)
    for order in orders:
        db.session.refresh(order)
        assert (order.name, order.organisation, order.email_key) == ("Zoé Dupont", "École", "zoe.dupont@example.org")
        assert order.search.startswith("zoe dupont ecole")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "personal data corrected")).first()
    assert entry is not None
    assert entry.after == {"fields": ["name", "organisation", "email", "phone"]}


def test_closing_the_edition_cancels_the_others_and_leaves_it_alone(app_context: Flask) -> None:
    make_edition()
    first, second = make_order(), make_order(minutes=5)
    restrict(first)
    decision = closing.Decision(closing.WhatBecomes.CANCEL, 2)
    transact(closing.close_edition, 2026, decision=decision, at=NOW, by=BY)
    db.session.expire_all()
    assert (first.cancelled_at, second.status) == (None, OrderStatus.CANCELLED)

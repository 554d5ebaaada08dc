"""A coordinator decides about a pending order: all of it, fewer copies, or none, and the orderer is told."""

import pytest
from flask import Flask
from sqlalchemy import select

from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.ordering.lifecycle import approval, cancellation
from orders.ordering.lifecycle.approval import AlreadyDecided, ExplanationMissing, ImpossibleDecision
from orders.ordering.models import Delivery, Order, OrderStatus, WhenShort
from orders.stock.models import OutOfStock
from tests.factories import BY, NOW, allow, make_edition, make_order, receive


@pytest.fixture
def limited(app_context: Flask) -> Flask:
    make_edition(shelf=100)
    allow("family", review_above=5, maximum=50)
    return app_context


def accept(order: Order, copies: dict[str, int] | None = None) -> Order:
    return transact(approval.accept, order.reference, at=NOW, by=BY, copies=copies)


def mails(order: Order) -> list[str]:
    return list(
        db.session.scalars(select(OutgoingMail.kind).where(OutgoingMail.order_id == order.id).order_by(OutgoingMail.id))
    )


def told(order: Order, kind: str) -> str:
    """The text of the mail of this kind, in one line."""
    mail = db.session.scalars(
        select(OutgoingMail).where(OutgoingMail.order_id == order.id, OutgoingMail.kind == kind)
    ).one()
    return mail.text.replace("\n", " ")


def test_a_pending_order_holds_nothing_until_it_is_accepted(limited: Flask) -> None:
    order = make_order(lines={"MAN26": 20})
    assert (order.status, order.lines[0].reserved) == (OrderStatus.PENDING, 0)
    accept(order)
    assert (order.status, order.lines[0].reserved) == (OrderStatus.READY, 20)
    assert mails(order) == ["order_pending", "order_accepted"]


def test_fewer_copies_can_be_granted_and_the_rest_is_given_up(limited: Flask) -> None:
    order = accept(make_order(lines={"MAN26": 20, "LIV26": 6}), {"MAN26": 8, "LIV26": 0})
    assert [(line.copies, line.reserved, line.given_up) for line in order.lines] == [(20, 8, 12), (6, 0, 6)]


@pytest.mark.parametrize("delivery", list(Delivery))
@pytest.mark.parametrize("when_short", list(WhenShort))
def test_who_is_granted_fewer_is_not_told_to_have_chosen_so(
    limited: Flask, when_short: WhenShort, delivery: Delivery
) -> None:
    order = make_order(lines={"MAN26": 20}, when_short=when_short, delivery=delivery)
    accept(order, {"MAN26": 8})
    said = told(order, "order_accepted")
    assert "moins d’exemplaires que demandé" in said
    assert "Ces exemplaires sont" in said
    assert "ne seront pas envoyés\u00a0: 12" in said
    assert "Vous avez choisi" not in said
    assert "plus disponibles" not in said


def test_who_took_only_what_is_there_is_reminded_of_it(limited: Flask) -> None:
    make_order(lines={"MAN26": 90}, audience="school")
    order = accept(make_order(lines={"MAN26": 20}, when_short=WhenShort.FEWER))
    said = told(order, "order_accepted")
    assert "Vous avez choisi de recevoir seulement ce qu’il y a" in said
    assert "plus disponibles\u00a0: 10" in said
    assert "moins d’exemplaires que demandé" not in said


@pytest.mark.parametrize("copies", [{"MAN26": 21}, {"MAN26": -1}, {"MAN26": 0}, {"LIV26": 1}])
def test_more_than_was_asked_and_nothing_at_all_cannot_be_granted(limited: Flask, copies: dict[str, int]) -> None:
    order = make_order(lines={"MAN26": 20})
    with pytest.raises(ImpossibleDecision):
        accept(order, copies)
    assert order.status is OrderStatus.PENDING


def test_an_accepted_order_keeps_its_place_in_the_queue(limited: Flask) -> None:
    pending = make_order(lines={"MAN26": 20})
    make_order(lines={"MAN26": 5}, minutes=1, audience="school")
    late = make_order(lines={"MAN26": 95}, minutes=2, audience="school")
    later = make_order(lines={"MAN26": 30}, minutes=3, audience="school")
    accept(pending)
    assert (late.lines[0].reserved, pending.lines[0].reserved) == (95, 0)
    receive("MAN26", 25, minutes=4)
    assert (pending.lines[0].reserved, later.lines[0].reserved) == (20, 5)


def test_who_wants_only_what_is_there_is_not_accepted_for_nothing(limited: Flask) -> None:
    make_order(lines={"MAN26": 100}, audience="school")
    order = make_order(lines={"MAN26": 20}, when_short=WhenShort.FEWER)
    with pytest.raises(OutOfStock):
        accept(order)
    assert (order.status, order.lines[0].given_up) == (OrderStatus.PENDING, 0)


def test_a_refusal_says_why_in_the_mail(limited: Flask) -> None:
    order = make_order(lines={"MAN26": 20})
    transact(approval.reject, order.reference, " Une commande suffit.\nMerci ! ", at=NOW, by=BY)
    assert (order.status, order.lines[0].given_up) == (OrderStatus.REJECTED, 20)
    mail = db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "order_rejected")).one()
    assert "Une commande suffit.\nMerci !" in mail.text
    assert "Une commande suffit." in mail.html


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501, "non\x00"])
def test_a_refusal_without_a_reason_that_can_be_sent_is_none(limited: Flask, reason: str) -> None:
    order = make_order(lines={"MAN26": 20})
    with pytest.raises(ExplanationMissing):
        transact(approval.reject, order.reference, reason, at=NOW, by=BY)
    assert order.status is OrderStatus.PENDING


def test_it_is_decided_once(limited: Flask) -> None:
    order = accept(make_order(lines={"MAN26": 20}))
    with pytest.raises(AlreadyDecided):
        accept(order)
    with pytest.raises(AlreadyDecided):
        transact(approval.reject, order.reference, "Trop tard", at=NOW, by=BY)


def test_who_waits_for_a_decision_may_still_call_it_off(limited: Flask) -> None:
    order = make_order(lines={"MAN26": 20})
    transact(cancellation.cancel, order.reference, at=NOW, by=BY)
    assert order.status is OrderStatus.CANCELLED
    with pytest.raises(AlreadyDecided):
        accept(order)

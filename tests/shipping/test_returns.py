"""Parcels that are here again: by the post, or because they never left."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from orders.catalogue import edition_lookup
from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.ordering import repository
from orders.ordering.followup import returned_orders
from orders.ordering.lifecycle import approval
from orders.ordering.models import Order, OrderStatus
from orders.shipping import returns
from orders.shipping.dispatches import lifecycle, repacking
from orders.shipping.models import Dispatch, Parcel
from orders.shipping.return_models import (
    POSTAL_REASONS,
    NothingPosted,
    NothingToRecall,
    ParcelReturn,
    ReturnReason,
    WhichParcel,
)
from orders.staff.models import AuditEntry
from orders.stock import ledger
from orders.stock.models import Movement, Place, Reason
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order


@pytest.fixture(autouse=True)
def season(app_context: Flask) -> None:
    make_edition(shelf=1_000)


def posted(*orders: Order) -> Dispatch:
    return transact(lifecycle.close, make_dispatch(*orders).id, at=NOW, by=BY, everything=True)


def take_back(order: Order, **more: object) -> returns.TakenBack:
    given = {"reason": ReturnReason.REFUSED, "at": NOW, "by": BY, **more}
    return transact(returns.take_back, order.reference, **given)  # type: ignore[arg-type]


def copies_at(place: Place, code: str = "MAN26") -> int:
    return ledger.copies_at(edition_lookup.get_publication(code).id, place)


def told(order: Order) -> list[str]:
    mails = select(OutgoingMail.kind).where(OutgoingMail.order_id == order.id).order_by(OutgoingMail.id)
    return list(db.session.scalars(mails))


def test_what_comes_back_is_on_the_shelf_and_the_order_waits_for_an_address() -> None:
    order = make_order(lines={"MAN26": 3})
    posted(order)
    taken = take_back(order)
    assert not taken.known
    assert (copies_at(Place.SHELF), copies_at(Place.SENT)) == (1_000, 0)
    assert order.status is OrderStatus.RETURNED
    assert told(order) == ["order_confirmed", "order_sent", "order_returned"]


def test_what_is_spoilt_is_lost() -> None:
    order = make_order(lines={"MAN26": 3})
    posted(order)
    take_back(order, lost=True, reason=ReturnReason.DAMAGED)
    assert (copies_at(Place.SHELF), copies_at(Place.LOST)) == (997, 3)


@pytest.mark.parametrize("reason", POSTAL_REASONS)
def test_the_mail_says_why_and_speaks_of_a_wrong_address_only_where_it_was(reason: ReturnReason) -> None:
    order = make_order(lines={"MAN26": 3})
    posted(order)
    take_back(order, reason=reason)
    mail = db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "order_returned")).one()
    wrong_address = reason is ReturnReason.UNKNOWN_THERE
    for text in (mail.subject, mail.text, mail.html):
        assert (
            re.search("corrigez votre adresse|Corriger mon adresse", text, re.IGNORECASE) is not None
        ) == wrong_address
    assert ("abîmé" in mail.text) == (reason is ReturnReason.DAMAGED)
    assert ("refusé" in mail.text) == (reason is ReturnReason.REFUSED)
    assert ("personne ne l’a retiré" in mail.text) == (reason is ReturnReason.NOT_COLLECTED)


def test_the_same_parcel_again_changes_nothing() -> None:
    order = make_order()
    posted(order)
    take_back(order)
    again = take_back(order, reason=ReturnReason.DAMAGED, lost=True)
    assert again.known
    assert db.session.scalars(select(ParcelReturn.reason)).all() == [ReturnReason.REFUSED]
    assert copies_at(Place.LOST) == 0


def test_an_order_that_came_back_goes_out_again_and_can_come_back_again() -> None:
    order = make_order(lines={"MAN26": 3})
    posted(order)
    take_back(order)
    transact(returned_orders.correct_address, order.reference, order.address, phone="", at=NOW, by=BY)
    assert order.status is OrderStatus.READY
    posted(order)
    with pytest.raises(WhichParcel) as which:
        take_back(order)
    (second,) = which.value.parcels
    assert not take_back(order, parcel_id=second.id).known
    assert copies_at(Place.SHELF) == 1_000


def test_of_several_parts_one_is_named() -> None:
    order = make_order(lines={"MAN26": 900})
    posted(order)
    with pytest.raises(WhichParcel):
        take_back(order)
    first = take_back(order, part=1)
    assert order.lines[0].sent == 900 - first.parcel.contents[0].copies
    take_back(order, part=2)
    assert order.lines[0].sent == 0
    assert told(order).count("order_returned") == 1


def test_what_was_not_posted_cannot_come_back() -> None:
    waiting, packing = make_order(), make_order()
    make_dispatch(packing)
    for order in (waiting, packing):
        with pytest.raises(NothingPosted):
            take_back(order)


def test_posted_by_mistake_is_a_movement_and_not_an_eraser() -> None:
    order, other = make_order(lines={"MAN26": 3}), make_order(lines={"MAN26": 5})
    dispatch = posted(order, other)
    sequence = next(parcel.sequence for parcel in dispatch.parcels if parcel.orders == [order])
    transact(returns.recall, dispatch.id, [sequence], at=NOW, by=BY)
    assert (order.status, other.status) == (OrderStatus.READY, OrderStatus.SENT)
    assert (copies_at(Place.RESERVED), copies_at(Place.SENT)) == (3, 5)
    assert told(order) == ["order_confirmed", "order_sent", "order_not_sent"]
    assert dispatch.closed_at is not None
    assert all(parcel.posted_at for parcel in dispatch.parcels)
    last = db.session.scalars(select(Movement).order_by(Movement.id.desc())).first()
    assert last is not None
    assert (last.reason, last.origin, last.destination) == (Reason.NEVER_LEFT, Place.SENT, Place.RESERVED)
    assert "came back" in db.session.scalars(select(AuditEntry.action)).all()
    with pytest.raises(NothingToRecall):
        transact(returns.recall, dispatch.id, [sequence], at=NOW, by=BY)


def test_a_whole_dispatch_that_never_left_can_be_posted_anew() -> None:
    orders = [make_order(lines={"MAN26": 900}), make_order()]
    dispatch = posted(*orders)
    transact(returns.recall, dispatch.id, at=NOW, by=BY)
    assert copies_at(Place.RESERVED) == 901
    posted(*orders)
    assert [order.status for order in orders] == [OrderStatus.SENT] * 2
    with pytest.raises(NothingToRecall):
        transact(returns.recall, dispatch.id, at=NOW, by=BY)


def test_only_what_is_still_away_is_recalled() -> None:
    order = make_order(lines={"MAN26": 900})
    dispatch = posted(order)
    back = take_back(order, part=1).parcel.contents[0].copies
    transact(returns.recall, dispatch.id, at=NOW, by=BY)
    assert order.lines[0].sent == 0
    assert (copies_at(Place.SHELF), copies_at(Place.RESERVED)) == (1_000, 0)
    assert db.session.scalars(select(Parcel.id).where(Parcel.posted_at.is_(None))).all() == []
    assert order.status is OrderStatus.RETURNED
    assert back > 0


def test_what_was_recalled_of_an_order_in_another_dispatch_goes_after_it() -> None:
    order = make_order(lines={"MAN26": 3, "LIV26": 1_200})
    first = posted(order)
    transact(ledger.receive, edition_lookup.get_publication("LIV26"), 500, at=NOW, by=BY)
    second = make_dispatch(order)
    transact(returns.recall, first.id, at=NOW, by=BY)
    assert order.status.value == "dispatching"
    transact(lifecycle.close, second.id, at=NOW, by=BY, everything=True)
    assert order.status.value == "ready"
    assert repository.get_order(order.reference).lines[0].reserved == 3


def test_a_parcel_that_two_orders_share_comes_back_for_both_and_once() -> None:
    mine = make_order(lines={"MAN26": 3})
    yours = make_order(lines={"MAN26": 5}, street=mine.street, number=mine.number, name="Paul Martin")
    transact(approval.accept, yours.reference, at=NOW, by=BY)
    dispatch = make_dispatch(mine, yours)
    transact(repacking.share, dispatch.id, 1, version=dispatch.version, at=NOW, by=BY)
    transact(lifecycle.close, dispatch.id, at=NOW, by=BY, everything=True)
    assert not take_back(yours).known
    assert take_back(mine).known
    assert [order.status for order in (mine, yours)] == [OrderStatus.RETURNED] * 2
    assert copies_at(Place.SHELF) == 1_000
    assert [told(order)[-2:] for order in (mine, yours)] == [["order_sent", "order_returned"]] * 2

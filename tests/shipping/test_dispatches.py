"""A dispatch: made of ready orders, then closed or undone."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from orders.catalogue import edition_lookup
from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.ordering.models import Delivery, OrderStatus, WhenShort
from orders.ordering.refusals import UnknownOrder
from orders.shipping.dispatches import creation, lifecycle
from orders.shipping.models import (
    Dispatch,
    DispatchEnded,
    DispatchState,
    NothingChosen,
    NothingPacked,
    NotReady,
    UnknownDispatch,
)
from orders.stock import ledger
from orders.stock.models import Place
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order, receive


def at(place: Place, code: str = "MAN26") -> int:
    return ledger.copies_at(edition_lookup.get_publication(code).id, place)


def close(dispatch: Dispatch, *, everything: bool = True) -> Dispatch:
    return transact(lifecycle.close, dispatch.id, at=NOW, by=BY, everything=everything)


def mails(kind: str) -> list[OutgoingMail]:
    return list(db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == kind)))


def test_making_a_dispatch_numbers_the_parcels_and_moves_no_stock(app_context: Flask) -> None:
    make_edition()
    orders = [make_order(lines={"MAN26": 2}), make_order(lines={"MAN26": 1, "LIV26": 5})]
    dispatch = make_dispatch(*orders)
    assert [parcel.sequence for parcel in dispatch.parcels] == [1, 2]
    assert {order.status for order in orders} == {OrderStatus.DISPATCHING}
    assert (at(Place.RESERVED), at(Place.SENT)) == (3, 0)


def test_what_is_needed_soonest_is_packed_first_and_equal_contents_lie_together(app_context: Flask) -> None:
    make_edition()
    two, one, two_again = (make_order(lines={"MAN26": n}) for n in (2, 1, 2))
    urgent = make_order(lines={"MAN26": 9}, needed_by=NOW.date())
    dispatch = make_dispatch(two, one, two_again, urgent)
    packed = [parcel.orders[0].reference for parcel in dispatch.parcels]
    assert packed == [each.reference for each in (urgent, one, two, two_again)]


def test_closing_changes_each_balance_once_however_many_orders_there_are(app_context: Flask) -> None:
    make_edition()
    dispatch = make_dispatch(*(make_order(lines={"MAN26": 2, "LIV26": 1}) for _ in range(9)))
    changes: list[int] = []

    def note(_connection: object, _cursor: object, statement: str, given: Any, _context: object, _many: bool) -> None:
        if "UPDATE balance" in statement:
            changes.append(len(given) // 2)  # a publication and its copies, for each balance

    event.listen(db.engine, "before_cursor_execute", note)
    close(dispatch)
    event.remove(db.engine, "before_cursor_execute", note)
    assert changes == [4]  # two publications, each from one place to another
    assert (at(Place.SENT), at(Place.SENT, "LIV26"), len(mails("order_sent"))) == (18, 9, 9)


def test_closing_sends_the_copies_and_tells_each_orderer_once(app_context: Flask) -> None:
    make_edition()
    order = make_order(lines={"MAN26": 2, "LIV26": 5})
    dispatch = close(make_dispatch(order))
    assert (dispatch.state, order.status) == (DispatchState.CLOSED, OrderStatus.SENT)
    assert (at(Place.RESERVED), at(Place.SENT), at(Place.SENT, "LIV26")) == (0, 2, 5)
    assert [mail.address for mail in mails("order_sent")] == [order.email]


def test_a_dispatch_is_closed_once(app_context: Flask) -> None:
    make_edition()
    dispatch = close(make_dispatch(make_order(lines={"MAN26": 2})))
    with pytest.raises(DispatchEnded):
        close(dispatch)
    assert (at(Place.SENT), len(mails("order_sent"))) == (2, 1)


def test_undoing_makes_its_orders_ready_again_with_their_reservation(app_context: Flask) -> None:
    make_edition(shelf=10)
    order = make_order(lines={"MAN26": 4})
    dispatch = transact(lifecycle.undo, make_dispatch(order).id, at=NOW, by=BY)
    assert (dispatch.state, order.status) == (DispatchState.UNDONE, OrderStatus.READY)
    assert (order.lines[0].reserved, at(Place.SHELF), at(Place.RESERVED)) == (4, 6, 4)
    assert mails("order_sent") == []


def test_an_undone_order_can_enter_another_dispatch_and_the_undone_one_cannot_be_closed(app_context: Flask) -> None:
    make_edition()
    order = make_order()
    undone = transact(lifecycle.undo, make_dispatch(order).id, at=NOW, by=BY)
    with pytest.raises(DispatchEnded):
        close(undone)
    assert close(make_dispatch(order)).state is DispatchState.CLOSED


def test_pickups_never_enter_a_dispatch(app_context: Flask) -> None:
    make_edition()
    pickup, post = make_order(delivery=Delivery.PICKUP), make_order()
    with pytest.raises(NotReady) as refusal:
        make_dispatch(pickup, post)
    assert refusal.value.references == [pickup.reference]
    assert post.status is OrderStatus.READY


def test_an_order_enters_one_dispatch_only(app_context: Flask) -> None:
    make_edition()
    order = make_order()
    make_dispatch(order)
    with pytest.raises(NotReady):
        make_dispatch(order)


def test_a_dispatch_of_nothing_or_of_the_unknown_is_refused(app_context: Flask) -> None:
    make_edition()
    with pytest.raises(NothingChosen):
        make_dispatch()
    with pytest.raises(UnknownOrder):
        transact(creation.make, ["BBBBBBBB"], at=NOW, by=BY)
    with pytest.raises(UnknownDispatch):
        transact(lifecycle.close, 4711, at=NOW, by=BY)


def test_the_same_submission_makes_one_dispatch(app_context: Flask) -> None:
    make_edition()
    order = make_order()
    first, again = (transact(creation.make, [order.reference], at=NOW, by=BY, submission="a-key").id for _ in range(2))
    assert first == again


def test_only_packed_parcels_are_posted_and_the_others_are_ready_again(app_context: Flask) -> None:
    make_edition()
    packed, left = make_order(lines={"MAN26": 1}), make_order(lines={"MAN26": 2})
    dispatch = make_dispatch(packed, left)
    transact(lifecycle.pack, dispatch.id, 1, packed=True, at=NOW, by=BY)
    close(dispatch, everything=False)
    assert (packed.status, left.status) == (OrderStatus.SENT, OrderStatus.READY)
    assert (at(Place.SENT), at(Place.RESERVED)) == (1, 2)


def test_closing_with_nothing_packed_asks_first(app_context: Flask) -> None:
    make_edition()
    dispatch = make_dispatch(make_order())
    transact(lifecycle.pack, dispatch.id, 1, packed=True, at=NOW, by=BY)
    transact(lifecycle.pack, dispatch.id, 1, packed=False, at=NOW, by=BY)
    with pytest.raises(NothingPacked):
        close(dispatch, everything=False)
    assert dispatch.state is DispatchState.OPEN


def test_the_rest_of_a_short_order_follows_in_a_later_dispatch(app_context: Flask) -> None:
    make_edition(shelf={"MAN26": 5})
    order = make_order(lines={"MAN26": 12})
    dispatch = make_dispatch(order)
    receive("MAN26", 3)
    close(dispatch)
    line = order.lines[0]
    assert (line.sent, line.reserved, line.waiting, order.status) == (5, 3, 4, OrderStatus.READY)
    receive("MAN26", 4)
    close(make_dispatch(order))
    assert (line.sent, order.status) == (12, OrderStatus.SENT)


def test_an_order_that_waits_for_all_of_it_is_not_ready_before(app_context: Flask) -> None:
    make_edition(shelf={"MAN26": 5})
    order = make_order(lines={"MAN26": 12}, when_short=WhenShort.WAIT)
    with pytest.raises(NotReady):
        make_dispatch(order)

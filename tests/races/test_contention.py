"""Office work and orders at the same time, many times: no deadlock, and consistent answers."""

from collections import Counter
from functools import partial
from itertools import chain

import pytest
from flask import Flask
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from orders.database import db, transact
from orders.ordering.models import Order, OrderLine, OrderStatus
from orders.shipping.dispatches import creation, lifecycle
from orders.shipping.models import Dispatch, DispatchState, ParcelContent
from orders.stock.models import Place
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order
from tests.races import only, open_the_gate
from tests.races.actions import (
    cancel_each,
    close_each,
    copies_at,
    make_each,
    place_often,
    receive_often,
    undo_each,
)
from tests.races.threads import attempt, held_open, is_over_or_held_up, run_at_once, start

pytestmark = pytest.mark.races


def ready_orders(app: Flask, count: int, *, shelf: int = 1000) -> list[str]:
    with app.app_context():
        make_edition(shelf=shelf)
        return [make_order(lines={"MAN26": 2, "LIV26": 1}).reference for _ in range(count)]


def open_dispatches(app: Flask, count: int) -> list[int]:
    """Open dispatches of two orders each, which took the whole shelf, and two newer orders that wait."""
    with app.app_context():
        make_edition(shelf=4 * count)
        pairs = [[make_order(lines={"MAN26": 2, "LIV26": 2}) for _ in range(2)] for _ in range(count)]
        for _ in range(2):
            make_order(lines={"LIV26": 1, "MAN26": 1})
        return [make_dispatch(*pair).id for pair in pairs]


def statuses() -> Counter[OrderStatus]:
    db.session.rollback()
    return Counter(db.session.scalars(select(Order.status)))


def test_deliveries_beside_cancellations(strict_app: Flask) -> None:
    with strict_app.app_context():
        make_edition(shelf=10)
        references = [make_order(lines={"MAN26": 3, "LIV26": 2}).reference for _ in range(30)]
    run_at_once(
        strict_app,
        [
            partial(receive_often, 8, 4, "MAN26"),
            partial(receive_often, 8, 3, "LIV26"),
            partial(cancel_each, references[0:20]),
            partial(cancel_each, references[29:9:-1]),
        ],
    )
    with strict_app.app_context():
        assert statuses() == {OrderStatus.CANCELLED: 30}
        assert (copies_at(Place.SHELF), copies_at(Place.SHELF, "LIV26")) == (42, 34)


def test_orders_beside_cancellations(strict_app: Flask) -> None:
    with strict_app.app_context():
        make_edition(shelf=30)
        references = [make_order(lines={"LIV26": 2, "MAN26": 3}).reference for _ in range(20)]
    run_at_once(
        strict_app,
        [
            partial(place_often, 10, {"MAN26": 2}),
            partial(place_often, 10, {"LIV26": 1, "MAN26": 1}),
            partial(cancel_each, references),
            partial(cancel_each, references[::-1]),
        ],
    )
    with strict_app.app_context():
        assert statuses() == {OrderStatus.CANCELLED: 20, OrderStatus.READY: 20}
        assert (copies_at(Place.SHELF), copies_at(Place.RESERVED)) == (0, 30)


def test_an_order_is_cancelled_or_dispatched_but_never_both(strict_app: Flask) -> None:
    references = ready_orders(strict_app, 20)
    made, cancelled = run_at_once(
        strict_app, [partial(make_each, references), partial(cancel_each, references[10:] + references[:10])]
    )
    by_reference = dict(zip(references[10:] + references[:10], cancelled, strict=True))
    assert all({said, by_reference[each]} > {"done"} for each, said in zip(references, made, strict=True))
    with strict_app.app_context():
        gone = statuses()
        assert gone[OrderStatus.CANCELLED] == cancelled.count("done")
        assert gone[OrderStatus.DISPATCHING] == made.count("done")
        assert gone.total() == 20
        both = select(Order).where(Order.cancelled_at.is_not(None), Order.dispatch_id.is_not(None))
        assert db.session.scalars(both).all() == []


def test_two_people_never_get_the_same_order(strict_app: Flask) -> None:
    references = ready_orders(strict_app, 18)
    piles = [references[start : start + 6] for start in (0, 3, 6, 9, 12)]

    def make_all(pile: list[str]) -> list[str]:
        """All of the pile in one dispatch, or else each order that is still to be had."""
        said = attempt(creation.make, pile[::-1], at=NOW, by=BY)
        return [said] if said == "done" else make_each(pile)

    run_at_once(strict_app, [partial(make_all, pile) for pile in piles])
    with strict_app.app_context():
        assert statuses() == {OrderStatus.DISPATCHING: 18}
        times = db.session.execute(
            select(func.count()).select_from(ParcelContent).group_by(ParcelContent.order_line_id)
        ).scalars()
        assert set(times) == {1}
        lines = db.session.scalars(select(OrderLine)).all()
        contents = db.session.scalars(select(ParcelContent)).all()
        assert {each.line.order.dispatch_id for each in contents} == {each.order.dispatch_id for each in lines}


def test_a_dispatch_is_closed_once(strict_app: Flask) -> None:
    dispatches = open_dispatches(strict_app, 5)
    said = run_at_once(strict_app, [partial(close_each, dispatches) for _ in range(4)])
    assert Counter(chain(*said)) == {"done": 5, "DispatchEnded": 15}
    with strict_app.app_context():
        assert copies_at(Place.SENT) == 20
        told = db.session.execute(db.text("SELECT count(*) FROM outgoing_mail WHERE kind = 'order_sent'")).scalar_one()
        assert told == 10


def test_a_dispatch_is_closed_or_undone_but_never_both(strict_app: Flask) -> None:
    dispatches = open_dispatches(strict_app, 8)
    closed, undone = run_at_once(strict_app, [partial(close_each, dispatches), partial(undo_each, dispatches[::-1])])
    assert all({one, other} == {"done", "DispatchEnded"} for one, other in zip(closed, undone[::-1], strict=True))
    with strict_app.app_context():
        assert copies_at(Place.SENT) == 4 * closed.count("done")


def test_packing_beside_closing_posts_what_was_packed(strict_app: Flask) -> None:
    dispatches = open_dispatches(strict_app, 8)
    with strict_app.app_context():
        for dispatch_id in dispatches:
            transact(lifecycle.pack, dispatch_id, 1, packed=True, at=NOW, by=BY)

    def pack() -> list[str]:
        return [attempt(lifecycle.pack, each, 2, packed=True, at=NOW, by=BY) for each in dispatches]

    def close() -> list[str]:
        return [attempt(lifecycle.close, each, at=NOW, by=BY) for each in dispatches[::-1]]

    packed, _ = run_at_once(strict_app, [pack, close])
    with strict_app.app_context():
        assert copies_at(Place.SENT) == 2 * len(dispatches) + 2 * packed.count("done")
        for dispatch_id in dispatches:
            dispatch = db.session.get_one(Dispatch, dispatch_id)
            assert dispatch.state is DispatchState.CLOSED
            assert [each.packed_at for each in dispatch.parcels] == [each.posted_at for each in dispatch.parcels]


def test_closing_beside_deliveries_and_orders(strict_app: Flask) -> None:
    dispatches = open_dispatches(strict_app, 8)
    said = run_at_once(
        strict_app,
        [
            partial(close_each, dispatches),
            partial(receive_often, 8, 2, "LIV26"),
            partial(receive_often, 8, 1, "MAN26"),
            partial(place_often, 8, {"MAN26": 1, "LIV26": 1}),
        ],
    )
    assert set(chain(*said)) == {"done"}
    with strict_app.app_context():
        assert copies_at(Place.SENT) == 32
        assert (copies_at(Place.SHELF), copies_at(Place.RESERVED)) == (0, 8)


def test_who_wants_to_pack_while_the_dispatch_is_being_closed_comes_too_late(strict_app: Flask) -> None:
    assert pack_while_closing(strict_app) == "DispatchEnded"


@only("postgresql")
def test_without_the_lock_on_the_dispatch_a_parcel_would_be_packed_that_stayed_behind(
    unchecked_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_locking_rows(monkeypatch)
    assert pack_while_closing(unchecked_app) == "done"


def pack_while_closing(app: Flask) -> str:
    """What the second parcel's packer is told, when the dispatch is being closed with the first alone."""
    (dispatch_id,) = open_dispatches(app, 1)
    with app.app_context():
        transact(lifecycle.pack, dispatch_id, 1, packed=True, at=NOW, by=BY)
    with held_open(app, partial(lifecycle.close, dispatch_id, at=NOW, by=BY)):
        packed = start(app, partial(attempt, lifecycle.pack, dispatch_id, 2, packed=True, at=NOW, by=BY))
        is_over_or_held_up(app, packed)
    return packed.result()


def test_who_makes_a_dispatch_beside_another_of_the_same_order_is_told(strict_app: Flask) -> None:
    assert make_while_making(strict_app) == "NotReady"


@only("postgresql")
def test_without_the_gate_the_lock_on_the_order_would_tell_them(
    unchecked_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_the_gate(monkeypatch)
    assert make_while_making(unchecked_app) == "NotReady"


@only("postgresql")
def test_without_both_they_would_stumble_over_the_orders_version(
    unchecked_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_the_gate(monkeypatch)
    without_locking_rows(monkeypatch)
    with pytest.raises(StaleDataError):
        make_while_making(unchecked_app)


def make_while_making(app: Flask) -> str:
    """What the second one is told who wants an order that a first one has just put into a dispatch."""
    (reference,) = ready_orders(app, 1)
    with held_open(app, partial(creation.make, [reference], at=NOW, by=BY)):
        second = start(app, partial(attempt, creation.make, [reference], at=NOW, by=BY))
        is_over_or_held_up(app, second)
    return second.result()


def without_locking_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are read as before, without FOR UPDATE."""
    real_get = Session.get
    monkeypatch.setattr(Select, "with_for_update", lambda self, **_: self)
    monkeypatch.setattr(
        Session, "get", lambda self, *given, with_for_update=None, **options: real_get(self, *given, **options)
    )

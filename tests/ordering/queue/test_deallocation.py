"""Taking reservations back: the newest orders give theirs back, keep their place, and are notified."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from orders.catalogue import edition_lookup
from orders.catalogue.models import Publication
from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.ordering.models import Order, OrderStatus, WhenShort
from orders.ordering.queue import deallocation
from orders.ordering.queue.deallocation import CopiesPromised
from orders.shipping.packed_copies import packed_copies
from orders.stock import count_lines, ledger, print_runs, stock_counts
from orders.stock.count_models import TooFewFree
from orders.stock.delivery_reversal import MoreThanCame
from orders.stock.models import ImpossibleCopies, Movement, Place, Reason
from orders.stock.print_runs import PlannedRun
from orders.stock.stock_counts import Decision
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order, receive
from tests.ordering.test_changing import change

LATER = NOW + timedelta(days=1)


def manual() -> Publication:
    return edition_lookup.get_publication("MAN26")


def correct(change: int, **more: Any) -> Movement:
    return transact(deallocation.correct, manual(), change, reason=Reason.DAMAGED, at=LATER, by=BY, **more)


def held(*orders: Order) -> list[int]:
    db.session.expire_all()
    return [order.lines[0].reserved for order in orders]


def shelf() -> int:
    return ledger.copies_at(manual().id, Place.SHELF)


def told() -> Sequence[OutgoingMail]:
    return db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "order_set_back")).all()


def three_orders(*, shelf: int, **fields: Any) -> list[Order]:
    make_edition(shelf=shelf)
    return [make_order(lines={"MAN26": 4}, minutes=minutes, **fields) for minutes in range(3)]


def test_what_is_free_goes_first_and_nobody_is_asked(app_context: Flask) -> None:
    orders = three_orders(shelf=15)
    correct(-3)
    assert (shelf(), held(*orders), told()) == (0, [4, 4, 4], [])


def test_the_newest_give_back_only_when_somebody_has_seen_how_many(app_context: Flask) -> None:
    orders = three_orders(shelf=13)
    for confirmed in (None, 4, 6):
        with pytest.raises(CopiesPromised) as refusal:
            correct(-6, confirmed=confirmed)
        assert (refusal.value.copies, refusal.value.releases[0].orders) == (5, 2)
    assert (shelf(), held(*orders), told()) == (1, [4, 4, 4], [])
    movement = correct(-6, confirmed=5)
    assert (movement.copies, movement.destination) == (6, Place.LOST)
    assert (shelf(), held(*orders)) == (0, [4, 3, 0])
    assert [order.status for order in orders] == [OrderStatus.READY, OrderStatus.READY, OrderStatus.WAITING]
    assert sorted(mail.address for mail in told()) == sorted(order.email for order in orders[1:])


def test_of_orders_placed_at_the_same_moment_the_one_with_the_highest_id_gives_back_first(app_context: Flask) -> None:
    make_edition(shelf=12)
    orders = [make_order(lines={"MAN26": 4}) for _ in range(3)]
    correct(-6, confirmed=6)
    assert held(*orders) == [4, 2, 0]


def test_they_keep_their_place_in_the_queue(app_context: Flask) -> None:
    orders = three_orders(shelf=12)
    correct(-8, confirmed=8)
    last = make_order(lines={"MAN26": 4}, minutes=3)
    receive("MAN26", 6, minutes=4)
    assert held(*orders, last) == [4, 4, 2, 0]


def test_copies_added_later_are_given_back_before_older_orders_are_touched(app_context: Flask) -> None:
    make_edition(shelf=20)
    first, second = (make_order(lines={"MAN26": 4}, minutes=minutes) for minutes in range(2))
    change(first, lines={"MAN26": 10})
    assert held(first, second) == [10, 4]
    correct(-14, confirmed=8)
    assert held(first, second) == [4, 2]
    receive("MAN26", 3, minutes=90)
    assert held(first, second) == [5, 4]


def test_what_lies_in_an_open_dispatch_stays(app_context: Flask) -> None:
    orders = three_orders(shelf=12)
    make_dispatch(orders[2])
    correct(-4, confirmed=4)
    assert held(*orders) == [4, 0, 4]
    with pytest.raises(TooFewFree) as refusal:
        correct(-5, confirmed=5)
    assert (refusal.value.missing, refusal.value.free) == (5, 4)


def test_an_order_that_took_only_what_there_was_waits_for_what_it_was_promised(app_context: Flask) -> None:
    orders = three_orders(shelf=12, when_short=WhenShort.FEWER)
    correct(-6, confirmed=6)
    assert held(*orders) == [4, 2, 0]
    receive("MAN26", 6, minutes=90)
    assert held(*orders) == [4, 4, 4]
    assert [order.status for order in orders] == [OrderStatus.READY] * 3


def test_a_count_of_several_publications_asks_once_and_writes_one_mail(app_context: Flask) -> None:
    make_edition(shelf=10)
    order = make_order(lines={"MAN26": 9, "LIV26": 8})
    for code, found in (("MAN26", 7), ("LIV26", 7)):
        publication = edition_lookup.get_publication(code)
        transact(stock_counts.enter, publication, found, packed=packed_copies, at=NOW, by=BY)
    (running,) = stock_counts.open_counts()
    decision = Decision(count_lines.mark_of(count_lines.lines(running, packed_copies)), {})

    def approve(confirmed: int | None) -> None:
        room = partial(deallocation.make_room, confirmed=confirmed)
        transact(stock_counts.approve, running.id, decision, packed=packed_copies, make_room=room, at=LATER, by=BY)

    with pytest.raises(CopiesPromised):
        approve(None)
    approve(2 + 1)
    assert sorted((line.publication.code, line.reserved) for line in order.lines) == [("LIV26", 7), ("MAN26", 7)]
    (mail,) = told()
    assert "Manuel" in mail.text
    assert "Livret" in mail.text


def test_a_delivery_that_never_came_goes_back_to_the_printer_and_is_expected_again(app_context: Flask) -> None:
    make_edition(shelf=0)
    planned = PlannedRun(100, LATER.date())
    run_id = transact(print_runs.commission, manual(), planned, at=NOW, by=BY).id
    transact(print_runs.receive, manual(), 90, run_id=run_id, at=NOW, by=BY)
    order = make_order(lines={"MAN26": 15})

    def take_back(copies: int, **more: Any) -> Movement:
        return transact(deallocation.take_back, manual(), copies, run_id=run_id, at=LATER, by=BY, **more)

    for copies, refusal in ((0, ImpossibleCopies), (-5, ImpossibleCopies), (91, MoreThanCame), (80, CopiesPromised)):
        with pytest.raises(refusal):
            take_back(copies)
    first = take_back(80, confirmed=5, submission="a-key", note="palette d’un autre")
    assert take_back(80, confirmed=5, submission="a-key", note="palette d’un autre").id == first.id
    assert (shelf(), held(order)) == (0, [10])
    progress = print_runs.progress_of(print_runs.get_run(manual(), run_id))
    assert (progress.received, progress.still) == (10, 90)
    transact(print_runs.receive, manual(), 90, run_id=run_id, at=LATER, by=BY)
    assert (shelf(), held(order)) == (85, [15])

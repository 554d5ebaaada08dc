"""The check of all sums reports each kind of damage, done here on purpose."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, inspect, text, update

from orders.catalogue import edition_lookup
from orders.database import db, transact
from orders.ordering.models import Order, OrderLine, OrderStatus
from orders.reports import integrity
from orders.shipping.dispatches import lifecycle
from orders.stock import print_runs
from orders.stock.models import Balance, Movement, Place, Reason
from orders.stock.print_runs import PlannedRun
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order


@pytest.fixture
def order(app_context: Flask) -> Iterator[Order]:
    """An order of 5 manuals and 2 booklets that holds them all; damage is never kept, nor what let it happen."""
    make_edition(shelf=10)
    yield make_order(lines={"MAN26": 5, "LIV26": 2})
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("PRAGMA ignore_check_constraints = OFF"))
    db.session.rollback()


def without_guards(table: str) -> None:
    """Let the database take what it would refuse, until the transaction is undone."""
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("PRAGMA ignore_check_constraints = ON"))
        return
    for each in inspect(db.session.connection()).get_check_constraints(table):
        db.session.execute(text(f'ALTER TABLE "{table}" DROP CONSTRAINT "{each["name"]}"'))


def manual() -> int:
    return edition_lookup.get_publication("MAN26").id


def move(copies: int, origin: Place, destination: Place, **more: Any) -> None:
    """A movement that no rule made, and no balance knows of."""
    row = {"at": NOW, "publication_id": manual(), "copies": copies, "reason": Reason.OTHER}
    db.session.execute(insert(Movement).values(**row, origin=origin, destination=destination, **more))


def set_balance(place: Place, copies: int) -> None:
    mine = (Balance.publication_id == manual()) & (Balance.place == place)
    db.session.execute(update(Balance).where(mine).values(copies=copies))


def set_line(order: Order, **values: Any) -> None:
    mine = (OrderLine.order_id == order.id) & (OrderLine.publication_id == manual())
    db.session.execute(update(OrderLine).where(mine).values(**values))


def set_order(order: Order, **values: Any) -> None:
    db.session.execute(update(Order).where(Order.id == order.id).values(**values))


def a_balance_that_nothing_explains(_order: Order) -> None:
    set_balance(Place.SHELF, 7)


def a_balance_that_is_gone(_order: Order) -> None:
    db.session.execute(text("DELETE FROM balance WHERE place = 'LOST'"))


def a_movement_that_no_balance_knows_of(_order: Order) -> None:
    move(3, Place.PRINTER, Place.SHELF)


def a_shelf_that_owes(_order: Order) -> None:
    without_guards("balance")
    move(6, Place.SHELF, Place.LOST)
    set_balance(Place.SHELF, -1)
    set_balance(Place.LOST, 6)


def a_shelf_that_owed_for_a_moment(_order: Order) -> None:
    move(6, Place.SHELF, Place.LOST)
    move(6, Place.LOST, Place.SHELF)


def a_reservation_that_no_movement_made(order: Order) -> None:
    set_line(order, reserved=4, given_up=1)


def one_reserved_copy_more(order: Order) -> None:
    set_line(order, copies=6, reserved=6)


def one_sent_copy_more(order: Order) -> None:
    set_line(order, copies=6, sent=1)


def copies_sent_without_a_movement(order: Order) -> None:
    set_line(order, reserved=4, sent=1)


def a_line_that_holds_more_than_was_asked(order: Order) -> None:
    without_guards("order_line")
    set_line(order, copies=4)


def a_line_below_zero(order: Order) -> None:
    without_guards("order_line")
    set_line(order, given_up=-1)


def a_wrong_status(order: Order) -> None:
    set_order(order, status=OrderStatus.WAITING)


def an_ended_order_that_still_holds_copies(order: Order) -> None:
    set_order(order, cancelled_at=NOW, status=OrderStatus.CANCELLED)


def somebody_who_waits_beside_a_full_shelf(order: Order) -> None:
    set_line(order, copies=6)


def copies_of_an_order_without_a_line(order: Order) -> None:
    move(1, Place.SHELF, Place.RESERVED, order_id=order.id)
    db.session.execute(text("DELETE FROM order_line WHERE publication_id = :id"), {"id": manual()})


def copies_reserved_for_nobody(_order: Order) -> None:
    move(1, Place.SHELF, Place.RESERVED)


def a_movement_of_nothing(_order: Order) -> None:
    without_guards("movement")
    move(0, Place.PRINTER, Place.SHELF)


def a_movement_to_where_it_was(_order: Order) -> None:
    without_guards("movement")
    move(1, Place.SHELF, Place.SHELF)


def a_delivery_of_another_publications_print_run(_order: Order) -> None:
    booklet, planned = edition_lookup.get_publication("LIV26"), PlannedRun(9, NOW.date())
    run = transact(print_runs.commission, booklet, planned, at=NOW, by=BY)
    move(1, Place.PRINTER, Place.SHELF, print_run_id=run.id)


def a_parcel_with_more_than_is_reserved(order: Order) -> None:
    make_dispatch(order)
    db.session.execute(text("UPDATE parcel_content SET copies = copies + 1"))


def post(order: Order) -> None:
    transact(lifecycle.close, make_dispatch(order).id, at=NOW, by=BY, everything=True)


def a_posted_parcel_with_more_than_left(order: Order) -> None:
    post(order)
    db.session.execute(text("UPDATE parcel_content SET copies = copies + 1 WHERE order_line_id = :id"), line_of(order))


def a_posted_parcel_that_was_emptied(order: Order) -> None:
    post(order)
    db.session.execute(text("DELETE FROM parcel_content WHERE order_line_id = :id"), line_of(order))


def a_posted_parcel_that_no_longer_says_so(order: Order) -> None:
    post(order)
    db.session.execute(text("UPDATE parcel SET posted_at = NULL"))


def line_of(order: Order) -> dict[str, int]:
    return {"id": next(line.id for line in order.lines if line.publication_id == manual())}


DAMAGE: dict[Callable[[Order], None], str] = {
    a_balance_that_nothing_explains: "MAN26 at SHELF: the movements say 5, found 7",
    a_balance_that_is_gone: "MAN26 at LOST: the movements say 0, found no balance",
    a_movement_that_no_balance_knows_of: "MAN26 at SHELF: the movements say 8, found 5",
    a_shelf_that_owes: "MAN26 at SHELF, which may not be below 0: the movements say 0 or more, found -1",
    a_shelf_that_owed_for_a_moment: "MAN26 at SHELF, after movement 5: the movements say 0 or more, found less than 0",
    a_reservation_that_no_movement_made: "MAN26 RESERVED: the movements say 5, found 4",
    one_reserved_copy_more: "MAN26 RESERVED: the movements say 5, found 6",
    one_sent_copy_more: "MAN26 SENT: the movements say 0, found 1",
    copies_sent_without_a_movement: "MAN26 SENT: the movements say 0, found 1",
    a_line_that_holds_more_than_was_asked: "MAN26 asked: the movements say 4, found 5 reserved, 0 sent, 0 given up",
    a_line_below_zero: "MAN26 asked: the movements say 5, found 5 reserved, 0 sent, -1 given up",
    a_wrong_status: "status: the movements say ready, found waiting",
    an_ended_order_that_still_holds_copies: "of an order that has ended: the movements say nothing, found 5 and 0",
    somebody_who_waits_beside_a_full_shelf: "waits for MAN26: the movements say an empty shelf, found 5",
    copies_of_an_order_without_a_line: "publication id 1 at RESERVED: the movements say 6, found no line",
    copies_reserved_for_nobody: "MAN26, movement 5: the movements say an order, found none",
    a_movement_of_nothing: "MAN26, movement 5: the movements say copies, found none",
    a_movement_to_where_it_was: "MAN26, movement 5: the movements say two places, found one",
    a_delivery_of_another_publications_print_run: "the movements say a print run of its publication, found another's",
    a_parcel_with_more_than_is_reserved: "MAN26 in open parcels: the movements say 5, found 6",
    a_posted_parcel_with_more_than_left: "MAN26 in posted parcels: the movements say 5, found 6",
    a_posted_parcel_that_was_emptied: "MAN26 in posted parcels: the movements say 5, found 0",
    a_posted_parcel_that_no_longer_says_so: "MAN26 in posted parcels: the movements say 5, found 0",
}


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_each_kind_of_damage_is_named(order: Order, damage: Callable[[Order], None]) -> None:
    assert integrity.discrepancies() == []
    damage(order)
    db.session.expire_all()
    told = [str(each) for each in integrity.discrepancies()]
    assert [each for each in told if DAMAGE[damage] in each], told

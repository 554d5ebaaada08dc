"""How many copies must come until somebody is served, and when that will be."""

from datetime import date, timedelta

import pytest
from flask import Flask

from orders.catalogue import edition_lookup
from orders.catalogue.models import Publication
from orders.database import transact
from orders.ordering.allocation import estimates, reservations
from orders.ordering.allocation.estimates import Promise
from orders.ordering.models import Order, WhenShort
from orders.stock import print_runs
from orders.stock.print_runs import PlannedRun
from tests.factories import BY, NOW, make_edition, make_order
from tests.ordering.test_changing import change

TODAY = NOW.date()
SOON, LATER = TODAY + timedelta(days=5), TODAY + timedelta(days=20)


def manual() -> Publication:
    return edition_lookup.get_publication("MAN26")


def until_served(*orders: Order) -> list[int]:
    return [reservations.copies_until_served(order.lines[0]) for order in orders]


def expect(copies: int, day: date) -> None:
    transact(print_runs.commission, manual(), PlannedRun(copies, day), at=NOW, by=BY)


def test_copies_added_later_come_after_those_who_asked_before_they_were_added(app_context: Flask) -> None:
    make_edition(shelf=0)
    first, second = make_order(lines={"MAN26": 5}), make_order(lines={"MAN26": 3}, minutes=1)
    assert until_served(first, second) == [5, 8]
    change(first, lines={"MAN26": 9}, minutes=2)
    third = make_order(lines={"MAN26": 1}, minutes=3)
    assert until_served(first, second, third) == [12, 8, 13]
    assert reservations.waiting_copies([manual().id]) == {manual().id: 13}


def test_an_order_that_waits_for_nothing_needs_no_copies(app_context: Flask) -> None:
    make_edition(shelf=5)
    assert until_served(make_order(lines={"MAN26": 5})) == [0]


def test_many_are_told_the_same_days_as_each_alone(app_context: Flask) -> None:
    make_edition(shelf={"MAN26": 6, "LIV26": 0})
    expect(9, SOON)
    expect(20, LATER)
    orders = [make_order(lines={"MAN26": 4, "LIV26": 1}, minutes=each % 3) for each in range(6)]
    change(orders[1], lines={"MAN26": 9, "LIV26": 1}, minutes=1)
    change(orders[0], lines={"MAN26": 5, "LIV26": 1}, minutes=2)
    waiting = [line for order in orders for line in order.lines if line.waiting]
    each_alone = {line.id: reservations.copies_until_served(line) for line in waiting}
    assert reservations.copies_until_each_served(waiting) == each_alone
    days = {order.id: estimates.promised_on(order, TODAY) for order in orders}
    assert {day for found in days.values() for day in found.values()} == {SOON, LATER}
    assert estimates.promised_on_each(orders, TODAY) == days
    assert estimates.promised_on_each([], TODAY) == {}


def test_who_orders_now_is_promised_what_is_free_and_the_day_of_the_rest(app_context: Flask) -> None:
    make_edition(shelf=4)
    expect(10, SOON)
    expect(10, LATER)

    def promised(copies: int) -> tuple[int, int, date | None]:
        (promise,) = estimates.promises({"MAN26": copies, "LIV26": 0}, [manual()], day=TODAY)
        return promise.there, promise.missing, promise.expected_on

    assert [promised(copies) for copies in (4, 5, 14, 15, 25)] == [
        (4, 0, SOON),
        (4, 1, SOON),
        (4, 10, SOON),
        (4, 11, LATER),
        (4, 21, None),
    ]


@pytest.mark.parametrize(("copies", "day"), [(8, SOON), (9, LATER), (19, None)])
def test_who_waits_is_told_the_day_on_which_the_last_copy_comes(
    app_context: Flask, copies: int, day: date | None
) -> None:
    make_edition(shelf=0)
    make_order(lines={"MAN26": 2})
    order = make_order(lines={"MAN26": copies}, minutes=1, when_short=WhenShort.WAIT)
    expect(10, SOON)
    expect(10, LATER)
    assert estimates.promised_on(order, TODAY) == ({manual().id: day} if day else {})


def test_the_next_copies_are_those_that_nobody_waits_for(app_context: Flask) -> None:
    make_edition(shelf=0)
    make_order(lines={"MAN26": 10})
    expect(10, SOON)
    assert estimates.next_copies([manual()], day=TODAY) == {}
    expect(1, LATER)
    assert estimates.next_copies([manual()], day=TODAY) == {manual().id: LATER}


def test_all_is_there_when_the_last_of_what_is_missing_is(app_context: Flask) -> None:
    def promise(there: int, day: date | None) -> Promise:
        return Promise(Publication(code="X"), 5, there, day)

    assert estimates.complete_on([promise(5, None)]) is None
    assert estimates.complete_on([promise(5, LATER), promise(4, SOON)]) == SOON
    assert estimates.complete_on([promise(4, LATER), promise(4, SOON)]) == LATER
    assert estimates.complete_on([promise(4, None), promise(4, SOON)]) is None

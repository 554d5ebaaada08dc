"""One decision about many orders: in which sequence it is taken."""

from flask import Flask

from orders.database import transact
from orders.ordering.lifecycle import bulk
from orders.ordering.models import OrderStatus, WhenShort
from tests.factories import BY, NOW, allow, make_dispatch, make_edition, make_order


def test_what_holds_least_is_cancelled_first_and_of_those_the_newest(app_context: Flask) -> None:
    make_edition(shelf=10)
    five, two, again_two = (make_order(lines={"MAN26": copies}) for copies in (5, 2, 2))
    waits = [make_order(lines={"MAN26": 30}, when_short=WhenShort.WAIT, minutes=minute) for minute in (1, 2)]
    outcome = transact(bulk.cancel, [each.reference for each in (five, two, again_two, *waits)], at=NOW, by=BY)
    assert outcome.done == [each.reference for each in (waits[1], waits[0], again_two, two, five)]
    assert outcome.refused == []


def test_the_oldest_is_accepted_first_and_what_cannot_be_is_told(app_context: Flask) -> None:
    make_edition(shelf=6)
    allow("family", review_above=2, maximum=50)
    newer, older = make_order(lines={"MAN26": 4}, minutes=2), make_order(lines={"MAN26": 4}, minutes=1)
    ready = make_order(minutes=3)
    outcome = transact(bulk.accept, [each.reference for each in (newer, older, ready)], at=NOW, by=BY)
    assert outcome.done == [older.reference, newer.reference]
    assert [reference for reference, _ in outcome.refused] == [ready.reference]
    assert [each.lines[0].reserved for each in (older, newer)] == [4, 1]


def test_what_is_being_packed_stays(app_context: Flask) -> None:
    make_edition()
    packed, free = make_order(), make_order()
    make_dispatch(packed)
    outcome = transact(bulk.cancel, [packed.reference, free.reference], at=NOW, by=BY)
    assert outcome.done == [free.reference]
    assert [reference for reference, _ in outcome.refused] == [packed.reference]
    assert (packed.status, free.status) == (OrderStatus.DISPATCHING, OrderStatus.CANCELLED)

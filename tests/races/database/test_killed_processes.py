"""A killed process loses only what it had not confirmed."""

import random
import signal
from collections import defaultdict
from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from orders.database import db
from orders.mail.models import OutgoingMail
from orders.ordering.models import Order, OrderStatus
from orders.shipping.dispatches import lifecycle
from orders.shipping.models import Dispatch, DispatchState
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order
from tests.races.actions import what_is_wrong
from tests.races.processes import Process, Sender, close_until, place_and_close_for_ever, place_and_close_until
from tests.races.threads import attempt
from tests.timeouts import PATIENCE

pytestmark = pytest.mark.races

ROUNDS = 5
KILLS_WHILE_CLOSING = 50
LONGEST = 0.06  # seconds from a confirmation to the end: longer than the next thing takes
STATEMENTS = range(4, 200, 6)  # before which a process is killed: from placing to closing takes some fifty


def test_what_was_confirmed_is_there_whenever_a_process_is_killed(app: Flask) -> None:
    chance = random.Random(26)
    with app.app_context():
        make_edition(shelf=100_000)
        for _ in range(ROUNDS):
            confirmed = killed_at_some_moment(app, chance)
            assert what_is_half_done() == []
            assert {reference for what, reference in confirmed if what == "placed"} <= set(all_references())
            for dispatch_id in (each for what, each in confirmed if what == "closed"):
                assert db.session.get_one(Dispatch, dispatch_id).state is DispatchState.CLOSED


def killed_at_some_moment(app: Flask, chance: random.Random) -> list[tuple[str, str | int]]:
    """What a process that places and closes had confirmed before it was killed."""
    process = Process(app, place_and_close_for_ever)
    confirmed = [process.receive() for _ in range(chance.randint(1, 5))]
    process.process.join(chance.uniform(0, LONGEST))
    process.kill()
    confirmed += process.everything_left()
    process.end()
    return confirmed


def test_nothing_is_half_done_before_whichever_statement_a_process_is_killed(app: Flask) -> None:
    with app.app_context():
        make_edition(shelf=100_000)
        for statement in STATEMENTS:
            if not killed_before(app, statement):
                break
            assert what_is_half_done() == []
        assert statement > 40
        db.session.rollback()
        assert {each.state for each in db.session.scalars(select(Dispatch))} == {
            DispatchState.OPEN,
            DispatchState.CLOSED,
        }


def test_without_one_transaction_around_it_all_something_would_be_half_done(unchecked_app: Flask) -> None:
    with unchecked_app.app_context():
        make_edition(shelf=100_000)
        for statement in STATEMENTS:
            assert killed_before(unchecked_app, statement, bit_by_bit=True)
            if what_is_half_done():
                return


@pytest.mark.slow
def test_a_server_that_is_killed_fifty_times_while_it_closes_a_dispatch_posts_it_once(app: Flask) -> None:
    with app.app_context():
        make_edition(shelf=100_000)
        kills, statement, dispatch_id = 0, 1, a_dispatch()
        while kills < KILLS_WHILE_CLOSING:
            killed = was_killed(app, partial(close_until, dispatch_id=dispatch_id, statement=statement))
            assert what_is_half_done() == []
            db.session.rollback()
            is_closed = db.session.get_one(Dispatch, dispatch_id).state is DispatchState.CLOSED
            assert killed or is_closed
            if is_closed:
                assert attempt(lifecycle.close, dispatch_id, at=NOW, by=BY, everything=True) == "DispatchEnded"
                dispatch_id = a_dispatch()
            kills, statement = (kills + 1, statement + 1) if killed else (kills, 1)


def a_dispatch() -> int:
    """An open one: a letter, and an order in two boxes."""
    return make_dispatch(make_order(lines={"MAN26": 2, "LIV26": 1}), make_order(lines={"MAN26": 600})).id


def killed_before(app: Flask, statement: int, *, bit_by_bit: bool = False) -> bool:
    """Whether the process was killed before it came to its end."""
    return was_killed(app, partial(place_and_close_until, statement=statement, bit_by_bit=bit_by_bit))


def was_killed(app: Flask, job: Callable[[Flask, Sender], None]) -> bool:
    process = Process(app, job)
    assert process.everything_left() == []
    process.process.join(PATIENCE)
    killed = process.process.exitcode == -signal.SIGKILL
    process.end()
    return killed


def what_is_half_done() -> list[str]:
    """Sums that do not hold, and orders that were not told what happened to them, or told too early.

    An order of our own first passes the gate: behind it the database has tidied up after the dead.
    """
    make_order()
    wrong = what_is_wrong()
    told = defaultdict(list)
    for order_id, kind in db.session.execute(
        select(OutgoingMail.order_id, OutgoingMail.kind).order_by(OutgoingMail.id)
    ):
        told[order_id].append(kind)
    for order_id, reference, status in db.session.execute(select(Order.id, Order.reference, Order.status)):
        expected = ["order_confirmed", "order_sent"] if status is OrderStatus.SENT else ["order_confirmed"]
        if told[order_id] != expected:
            wrong.append(f"order {reference}, {status.value}, was told {told[order_id]}")
    return wrong


def all_references() -> list[str]:
    return list(db.session.scalars(select(Order.reference)))

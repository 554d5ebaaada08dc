"""Locks are always taken in one order; without that, the databases report deadlocks."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from orders import database
from orders.database import transact
from orders.ordering import repository
from orders.ordering.lifecycle import cancellation
from orders.ordering.queue import backorders
from orders.stock.models import Place
from tests.factories import BY, NOW, make_edition, make_order
from tests.races import only, open_the_gate
from tests.races.actions import copies_at, deliver
from tests.races.threads import Job, complaints, start
from tests.timeouts import PATIENCE

pytestmark = pytest.mark.races


def without_the_gate(monkeypatch: pytest.MonkeyPatch, other_is_over: threading.Event) -> None:
    """A delivery that has the shelf and looks for orders meets a cancellation that has its order and wants the shelf.

    The first time each waits for the other to come so far; who tries again does so when the other is over.
    """
    tried: set[int] = set()

    def no_gate(_: object) -> None:
        if threading.get_ident() in tried:
            assert other_is_over.wait(PATIENCE)
        tried.add(threading.get_ident())

    open_the_gate(monkeypatch, no_gate)
    meeting = threading.Barrier(2)
    met: list[str] = []

    def meet(name: str, real: Any) -> Any:
        def first_meet(*args: Any, **kwargs: Any) -> Any:
            if name not in met:
                met.append(name)
                meeting.wait(PATIENCE)
            return real(*args, **kwargs)

        return first_meet

    monkeypatch.setattr(backorders, "_oldest_waiting", meet("delivery", backorders._oldest_waiting))
    order_locked = meet("cancellation", lambda: None)
    real_lock = repository.lock_orders

    def lock_then_meet(references: Any) -> Any:
        orders = real_lock(references)
        order_locked()
        return orders

    monkeypatch.setattr(cancellation, "lock_orders", lock_then_meet)


def delivery_meets_cancellation(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        make_edition(shelf=2)
        reference = make_order(lines={"MAN26": 5}).reference
    one_is_over = threading.Event()
    without_the_gate(monkeypatch, one_is_over)

    def run(rule: Callable[[], object]) -> None:
        try:
            transact(rule)
        finally:
            one_is_over.set()

    works = (partial(deliver, 2), partial(cancellation.cancel, reference, at=NOW, by=BY))
    jobs: list[Job[Any]] = [start(app, partial(run, work)) for work in works]
    for job in jobs:
        job.join(PATIENCE)
    for job in jobs:
        job.result()


@only("postgresql")
def test_without_the_gate_a_delivery_and_a_cancellation_would_block_each_other(
    unchecked_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "TRIES", 1)
    with pytest.raises(OperationalError, match="deadlock detected"):
        delivery_meets_cancellation(unchecked_app, monkeypatch)


@only("postgresql")
def test_a_door_tries_again_when_the_database_broke_a_deadlock(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with complaints(app) as heard:
        delivery_meets_cancellation(app, monkeypatch)
    assert len(heard) == 1
    assert "deadlock detected" in heard[0]
    with app.app_context():
        assert (copies_at(Place.SHELF), copies_at(Place.RESERVED)) == (4, 0)

"""Clocks: a day ahead and put right, three hours back, both nights of summer time, New Year.

At each of them people order, the office sends, the worker does its chores; sums hold, and each thing is done once.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from orders.clock import local_day, now
from orders.commands.mail_batches import send_batch
from orders.commands.worker import CHORES, do_chores
from orders.daily_jobs import DailyChore
from orders.database import db, transact
from orders.ordering.models import Order, OrderStatus
from orders.shipping.dispatches import creation, lifecycle
from orders.staff.models import StaffRole
from tests.factories import BY, make_edition
from tests.faults.orders_by_form import fields
from tests.page import Page

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

MOMENTS = {
    "a day ahead, then right": [START + timedelta(days=1), START + HOUR],
    "three hours back": [START, START - 3 * HOUR],
    "the night that has an hour less": [
        datetime(2027, 3, 28, hour, minute, tzinfo=UTC) for hour, minute in ((0, 59), (1, 1), (6, 0))
    ],
    "the night that has an hour twice": [
        datetime(2026, 10, 25, hour, minute, tzinfo=UTC) for hour, minute in ((0, 30), (1, 30), (7, 0))
    ],
    "New Year": [
        datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 0, 1, tzinfo=UTC),
        datetime(2027, 1, 1, 8, 0, tzinfo=UTC),
    ],
}


def live(app: Flask, office: Callable[[StaffRole], FlaskClient], name: str) -> str:
    """Somebody orders, a worker runs, the office dispatches and looks; the order's reference."""
    client = app.test_client()
    answer = client.post("/order", data=fields(client, name))
    assert answer.status_code == 303, answer.text
    Page.open(client, answer.headers["Location"])
    with app.app_context():
        order = db.session.scalars(select(Order).order_by(Order.id.desc()).limit(1)).one()
        assert order.status is OrderStatus.READY
        do_chores()
        while send_batch():
            pass
        dispatch = transact(creation.make, [order.reference], at=now(), by=BY)
        transact(lifecycle.close, dispatch.id, at=now(), by=BY, everything=True)
        while send_batch():
            pass
        reference = order.reference
    browser = office(StaffRole.COORDINATOR)
    for page in ("", "ordering/", f"ordering/{reference}", "stock/", "reports/"):
        Page.open(browser, f"/office/{page}")
    return reference


@pytest.mark.parametrize("moments", MOMENTS.values(), ids=MOMENTS)
def test_work_goes_on_at_odd_moments(
    app: Flask, office: Callable[[StaffRole], FlaskClient], instance_folder: Path, moments: list[datetime]
) -> None:
    with time_machine.travel(moments[0] - HOUR) as clock:
        with app.app_context():
            make_edition(shelf=100)
        references = []
        for number, moment in enumerate(moments):
            clock.move_to(moment)
            references.append(live(app, office, f"Marie {number}"))
        with app.app_context():
            assert {each.status for each in db.session.scalars(select(Order))} == {OrderStatus.SENT}
            done = {each.name: each.done_on for each in db.session.scalars(select(DailyChore))}
            assert {done[chore.name] for chore in CHORES} == {local_day(moments[-1])}
    mails = [each.read_text() for each in (instance_folder / "mail").glob("*.eml")]
    assert len(mails) == 2 * len(references)

"""Any sequence of actions keeps the sums: copies never vanish, and no order waits while copies are free."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from orders.database import db, transact
from orders.errors import DomainError
from orders.mail.models import OutgoingMail
from orders.ordering import repository
from orders.ordering.followup import returned_orders
from orders.ordering.lifecycle import approval, cancellation, changing, placing
from orders.ordering.models import Delivery, Order, OrderLine, OrderStatus, WhenShort
from orders.ordering.request import order_form_values
from orders.ordering.request.order_request import OrderRequest
from orders.reports import integrity
from orders.shipping.dispatches import creation, lifecycle
from orders.shipping.models import Dispatch, Parcel, ParcelContent
from orders.staff.models import AuditEntry
from orders.stock.count_models import CountEntry, StockCount
from orders.stock.models import Balance, Movement, Place, PrintRun
from tests import postgres
from tests.conftest import DATABASES, make_app
from tests.factories import BY, NOW, allow, make_edition, make_request
from tests.ordering.stock_steps import StockSteps, codes, which

EFFORT = {"sqlite": (25, 25), "postgresql": (6, 20)}  # examples, and steps in each

few = st.integers(1, 9)
lines = st.dictionaries(codes, few, min_size=1)
mostly_post = st.sampled_from((Delivery.POST, Delivery.POST, Delivery.PICKUP))
several = st.sets(which, min_size=1, max_size=3)


@dataclass(frozen=True)
class Line:
    publication_id: int
    age: tuple[datetime, int]
    later: int
    later_since: datetime | None
    queues: bool
    reserved: int
    sent: int
    given_up: int
    waiting: int

    @property
    def later_age(self) -> tuple[datetime, int]:
        return self.later_since or self.age[0], self.age[1]

    @property
    def later_served(self) -> int:
        """Of the copies that were added later, those that no longer wait."""
        return self.later - min(self.later, self.waiting)

    @property
    def oldest(self) -> tuple[datetime, int]:
        """The age of the first copies that wait."""
        return self.age if self.waiting > self.later else self.later_age


@dataclass(frozen=True)
class Picture:
    """All that a step can change."""

    rows: tuple[int, ...]
    balances: dict[tuple[int, Place], int]
    lines: dict[int, Line]
    orders: frozenset[Any]
    parcels: frozenset[Any]
    dispatches: frozenset[Any]

    @property
    def sent(self) -> int:
        return self.at(Place.SENT)

    @property
    def here(self) -> int:
        return self.at(Place.SHELF, Place.RESERVED)

    def at(self, *places: Place) -> int:
        return sum(copies for (_, place), copies in self.balances.items() if place in places)


def take_picture() -> Picture:
    db.session.rollback()
    counted = (Order, Movement, Dispatch, ParcelContent, OutgoingMail, AuditEntry, PrintRun, StockCount, CountEntry)
    shares = (OrderLine.reserved, OrderLine.sent, OrderLine.given_up, OrderLine.waiting)
    more = (OrderLine.later, OrderLine.later_since, Order.queues)
    lines = select(OrderLine.id, OrderLine.publication_id, Order.placed_at, Order.id, *more, *shares).join(Order)
    return Picture(
        rows=tuple(db.session.scalar(select(func.count()).select_from(each)) or 0 for each in counted),
        balances={(each, place): n for each, place, n in every(Balance.publication_id, Balance.place, Balance.copies)},
        lines={line: Line(each, (at, order), *rest) for line, each, at, order, *rest in db.session.execute(lines)},
        orders=every(Order.id, Order.status, Order.dispatch_id, Order.cancelled_at, Order.returned_at),
        parcels=every(Parcel.id, Parcel.packed_at, Parcel.posted_at),
        dispatches=every(Dispatch.id, Dispatch.closed_at, Dispatch.undone_at),
    )


def every(*columns: Any) -> frozenset[Any]:
    return frozenset(tuple(row) for row in db.session.execute(select(*columns)))


def assert_oldest_first(before: Picture, after: Picture) -> None:
    """Whoever got copies in this step, nobody who waited from earlier waits for the same."""
    waiting = [line for line in after.lines.values() if line.waiting and line.queues]
    for line_id, line in after.lines.items():
        was = before.lines.get(line_id)
        if line.reserved > (was.reserved if was else 0):
            same = [each for each in waiting if each.publication_id == line.publication_id]
            age = line.later_age if line.later_served > (was.later_served if was else 0) else line.age
            assert [each for each in same if each.oldest < age] == [], f"{line} overtook"


class Office(StockSteps, RuleBasedStateMachine):
    """What orderers and the office do, one thing after the other, in a database of its own."""

    open_app: Callable[[], Any]

    def __init__(self) -> None:
        super().__init__()
        self.house = type(self).open_app()
        self.house.__enter__()
        make_edition(shelf=3)
        allow("school", review_above=3, maximum=9)
        self.picture = take_picture()
        self.minute = 0
        self.references: list[str] = []
        self.dispatches: list[int] = []

    def teardown(self) -> None:
        self.house.__exit__(None, None, None)

    def attempt(
        self, step: Callable[..., Any], *args: Any, in_turn: bool = True, **options: Any
    ) -> tuple[Picture, Picture, Any]:
        """Before, after, and what the step gave: `None` when it was refused, and then nothing may have changed."""
        self.minute += 1
        before, done = self.picture, None
        try:
            done = transact(step, *args, at=NOW + timedelta(minutes=self.minute), **options)
            done = getattr(done, "reference", None) or getattr(done, "id", None)
        except DomainError:
            assert take_picture() == before
        self.picture = take_picture()
        if in_turn:
            assert_oldest_first(before, self.picture)
        return before, self.picture, done

    @rule(copies=lines, when_short=st.sampled_from(WhenShort), delivery=mostly_post)
    def place(self, copies: dict[str, int], when_short: WhenShort, delivery: Delivery) -> None:
        self.keep(make_request(lines=copies, when_short=when_short, delivery=delivery))

    @rule(copies=lines, days=st.integers(1, 3), sent=st.booleans())
    def take_over_an_old_order(self, copies: dict[str, int], days: int, sent: bool) -> None:
        self.keep(make_request(lines=copies, placed_at=NOW - timedelta(days=days), sent_before_pli=sent))

    def keep(self, request: OrderRequest) -> None:
        *_, reference = self.attempt(placing.place, request, by=BY)
        if reference:
            self.references.append(reference)

    @rule(copies=lines)
    def place_for_a_coordinator_to_decide(self, copies: dict[str, int]) -> None:
        self.keep(make_request(lines=copies, audience="school"))

    @rule(number=which, granted=st.dictionaries(codes, st.integers(0, 9)))
    def accept(self, number: int, granted: dict[str, int]) -> None:
        if pending := self.pending():
            asked = {line.publication.code: line.copies for line in pending[number % len(pending)].lines}
            copies = {code: min(granted.get(code, most), most) for code, most in asked.items()}
            self.attempt(approval.accept, pending[number % len(pending)].reference, copies=copies, by=BY)

    @rule(number=which)
    def reject(self, number: int) -> None:
        if pending := self.pending():
            self.attempt_without_reserving(approval.reject, pending[number % len(pending)].reference, "Non", by=BY)

    def pending(self) -> list[Order]:
        waits = select(Order).where(Order.status == OrderStatus.PENDING).order_by(Order.id)
        return list(db.session.scalars(waits))

    @rule(number=which)
    def cancel(self, number: int) -> None:
        if self.references:
            self.attempt(cancellation.cancel, self.references[number % len(self.references)], by=BY)

    @rule(number=which, wanted=lines, when_short=st.sampled_from(WhenShort))
    def change(self, number: int, wanted: dict[str, int], when_short: WhenShort) -> None:
        if self.references:
            reference = self.references[number % len(self.references)]
            order = repository.get_order(reference)
            request = make_request(lines=wanted, when_short=when_short, delivery=order.delivery)
            request = replace(request, address=order.address, email=order.email, needed_by=order.needed_by)
            self.attempt(changing.change, reference, request, version=order_form_values.version(order), by=BY)

    @rule(number=which, lost=st.booleans())
    def take_back(self, number: int, lost: bool) -> None:
        if sent := self.sent():
            before, after, _ = self.attempt(returned_orders.take_back, sent[number % len(sent)], lost=lost, by=BY)
            assert after.sent <= before.sent

    @rule(number=which)
    def send_again(self, number: int) -> None:
        if sent := self.sent():
            reference = sent[number % len(sent)]
            self.attempt_without_moving(returned_orders.report_missing, reference, by=BY)
            self.attempt(returned_orders.send_again, reference, by=BY)

    @rule(number=which, town=st.sampled_from(("Namur", "Ciney")))
    def correct_address(self, number: int, town: str) -> None:
        back = [each for each in db.session.scalars(select(Order)) if each.returned_at]
        if back:
            order = back[number % len(back)]
            where = replace(order.address, town=town)
            self.attempt(returned_orders.correct_address, order.reference, where, phone="", by=BY)

    def sent(self) -> list[str]:
        """The references of the orders of which something was sent, the oldest first."""
        lines = select(OrderLine.order_id).where(OrderLine.sent > 0)
        return list(db.session.scalars(select(Order.reference).where(Order.id.in_(lines)).order_by(Order.id)))

    @rule(numbers=several, blindly=st.sampled_from((False, False, True)))
    def make_dispatch(self, numbers: set[int], blindly: bool) -> None:
        ready = [each.reference for each in db.session.scalars(select(Order)) if creation.may_be_dispatched(each)]
        if choice := self.references if blindly else ready:
            wanted = {choice[number % len(choice)] for number in numbers}
            if made := self.attempt_without_moving(creation.make, wanted, by=BY):
                self.dispatches.append(made)
        else:
            self.place({"MAN26": min(numbers) + 1}, WhenShort.SEND, Delivery.POST)

    @rule(numbers=several, number=which, sequence=st.integers(1, 3), packed=st.sampled_from((True, True, False)))
    def pack(self, numbers: set[int], number: int, sequence: int, packed: bool) -> None:
        if not self.dispatches:
            self.make_dispatch(numbers, False)
        else:
            self.attempt_without_moving(lifecycle.pack, self.dispatch(number), sequence, packed=packed, by=BY)

    @rule(numbers=several, number=which, everything=st.booleans())
    def close(self, numbers: set[int], number: int, everything: bool) -> None:
        if not self.dispatches:
            self.make_dispatch(numbers, False)
            return
        inside = select(ParcelContent).join(Parcel).where(Parcel.dispatch_id == self.dispatch(number))
        before, after, closed = self.attempt(lifecycle.close, self.dispatch(number), by=BY, everything=everything)
        posted = db.session.scalars(inside.where(Parcel.posted_at.is_not(None)))
        assert after.sent - before.sent == (sum(each.copies for each in posted) if closed else 0)

    @rule(number=which)
    def undo(self, number: int) -> None:
        if self.dispatches:
            self.attempt_without_moving(lifecycle.undo, self.dispatch(number), by=BY)

    def attempt_without_moving(self, step: Callable[..., Any], *args: Any, **options: Any) -> Any:
        before, after, done = self.attempt(step, *args, **options)
        assert (after.balances, after.lines) == (before.balances, before.lines)
        return done

    def attempt_without_reserving(self, step: Callable[..., Any], *args: Any, **options: Any) -> None:
        before, after, _ = self.attempt(step, *args, **options)
        assert after.balances == before.balances

    def dispatch(self, number: int) -> int:
        """One of the last two."""
        return self.dispatches[-2:][number % len(self.dispatches[-2:])]

    @invariant()
    def all_sums_hold(self) -> None:
        db.session.rollback()
        assert [str(each) for each in integrity.discrepancies()] == []

    @invariant()
    def what_is_in_an_open_parcel_is_still_reserved(self) -> None:
        inside = select(ParcelContent).join(Parcel).join(Dispatch)
        for content in db.session.scalars(inside.where(Dispatch.closed_at.is_(None), Dispatch.undone_at.is_(None))):
            assert content.copies <= content.line.reserved
            assert content.line.order.delivery is Delivery.POST


@contextmanager
def app_on(url: str, folder: Path) -> Iterator[Flask]:
    app = make_app(url, folder)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(params=DATABASES)
def open_app(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Any]:
    """Opens an application on a new, empty database each time."""
    numbers = count(1)

    def on_sqlite() -> Any:
        template: Path = request.getfixturevalue("sqlite_template")
        file = shutil.copy(template, tmp_path / f"sums{next(numbers)}.sqlite")
        return app_on(f"sqlite:///{file}", tmp_path)

    def on_postgresql() -> Any:
        server: str = request.getfixturevalue("postgres_template")
        postgres.administer(server, "DROP DATABASE IF EXISTS sums WITH (FORCE)")
        postgres.administer(server, "CREATE DATABASE sums TEMPLATE template_pli")
        return app_on(server % "sums", tmp_path)

    return on_sqlite if request.param == "sqlite" else on_postgresql


@pytest.mark.slow
def test_whatever_people_do_in_whatever_order_the_sums_hold(
    open_app: Callable[[], Any], request: pytest.FixtureRequest
) -> None:
    examples, steps = EFFORT[request.node.callspec.params["open_app"]]
    here = type("Office", (Office,), {"open_app": staticmethod(open_app)})
    stable = "CI" in os.environ
    run_state_machine_as_test(
        here, settings=settings(max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=stable)
    )

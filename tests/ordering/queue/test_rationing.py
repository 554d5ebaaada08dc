"""Scarce copies: what each rule gives, and applying one without anybody being forgotten or overtaken in silence."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from orders.catalogue import edition_lookup
from orders.catalogue.models import Publication
from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.ordering.allocation.sharing_rules import (
    Ask,
    SharingRule,
    oldest_first,
    proportionally,
    schools_first,
    share,
)
from orders.ordering.lifecycle import cancellation
from orders.ordering.models import Delivery, Order, OrderStatus, WhenShort
from orders.ordering.queue import rationing
from orders.ordering.queue.rationing import DemandChanged, NothingToShare
from orders.stock import ledger
from orders.stock.models import Movement, Place, Reason
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order, receive

START = datetime(2026, 11, 1, tzinfo=UTC)


def ask(number: int, copies: int, **more: object) -> Ask:
    """The asks of a test are as old as their numbers are low."""
    return Ask(number, START + timedelta(hours=number), copies, **{"held": 0, **more})  # type: ignore[arg-type]


THREE = [ask(1, 50), ask(2, 30, is_school=True), ask(3, 20, is_school=True)]


@pytest.mark.parametrize(
    ("rule", "copies", "expected"),
    [
        (SharingRule.OLDEST, 60, {1: 50, 2: 10, 3: 0}),
        (SharingRule.OLDEST, 100, {1: 50, 2: 30, 3: 20}),
        (SharingRule.OLDEST, 0, {1: 0, 2: 0, 3: 0}),
        (SharingRule.SCHOOLS, 60, {1: 40, 2: 10, 3: 10}),
        (SharingRule.SCHOOLS, 15, {1: 0, 2: 10, 3: 5}),
        (SharingRule.PROPORTIONAL, 60, {1: 30, 2: 18, 3: 12}),
        (SharingRule.PROPORTIONAL, 1, {1: 1, 2: 0, 3: 0}),
        (SharingRule.PROPORTIONAL, 500, {1: 50, 2: 30, 3: 20}),
    ],
)
def test_a_rule_gives_what_people_would_work_out_by_hand(
    rule: SharingRule, copies: int, expected: Mapping[int, int]
) -> None:
    assert share(rule, THREE, copies, minimum=10) == expected


def test_copies_sent_before_count_towards_a_schools_minimum() -> None:
    asks = [ask(1, 50), ask(2, 30, is_school=True, had=8), ask(3, 20, is_school=True, had=25)]
    assert schools_first(asks, 10, 10) == {1: 8, 2: 2, 3: 0}


def test_copies_that_were_added_later_have_their_own_turn() -> None:
    asks = [ask(1, 50, later=30, later_since=START + timedelta(hours=9)), ask(2, 30)]
    assert oldest_first(asks, 40) == {1: 20, 2: 20}
    assert oldest_first(asks, 60) == {1: 30, 2: 30}


@st.composite
def some_asks(draw: st.DrawFn) -> Sequence[Ask]:
    asks = []
    for number in range(draw(st.integers(1, 8))):
        copies = draw(st.integers(1, 60))
        held = draw(st.integers(0, copies))
        fixed = draw(st.sampled_from((0, 0, held)))
        later = draw(st.integers(0, copies))
        since = START + timedelta(hours=draw(st.integers(0, 99)))
        school = draw(st.booleans())
        asks.append(ask(number, copies, held=held, fixed=fixed, later=later, later_since=since, is_school=school))
    return asks


@given(some_asks(), st.integers(0, 200), st.sampled_from(SharingRule), st.integers(1, 40))
def test_every_rule_gives_out_all_there_is_and_to_nobody_more_than_was_asked(
    asks: Sequence[Ask], shelf: int, rule: SharingRule, minimum: int
) -> None:
    shares = share(rule, asks, shelf, minimum=minimum)
    assert sum(shares.values()) == min(shelf + sum(each.held for each in asks), sum(each.copies for each in asks))
    assert all(each.fixed <= shares[each.order_id] <= each.copies for each in asks)


@given(some_asks(), st.integers(0, 200))
def test_shares_of_what_is_asked_differ_from_each_other_by_less_than_a_copy(asks: Sequence[Ask], shelf: int) -> None:
    loose = [ask(each.order_id, each.copies, held=each.held) for each in asks]
    shares, there = proportionally(loose, shelf), shelf + sum(each.held for each in loose)
    part = min(1, there / sum(each.copies for each in loose))
    assert all(abs(shares[each.order_id] - part * each.copies) < 1 for each in loose)


def manual() -> Publication:
    return edition_lookup.get_publication("MAN26")


def held(*orders: Order) -> list[int]:
    db.session.rollback()
    return [order.lines[0].reserved for order in orders]


def apply(rule: SharingRule, minimum: int = 10, seen: str | None = None) -> list[str]:
    db.session.rollback()
    mark = seen or rationing.read_demand(manual()).mark
    changed = transact(rationing.apply, manual(), rule, minimum=minimum, seen=mark, at=NOW, by=BY)
    return [order.reference for order in changed]


@pytest.fixture
def scarce(app_context: Flask) -> list[Order]:
    """60 copies for a group that asked 50 first and two schools that asked 30 and 20."""
    make_edition(shelf=60)
    return [
        make_order(lines={"MAN26": copies}, audience=audience, minutes=minutes)
        for minutes, (copies, audience) in enumerate(((50, "group"), (30, "school"), (20, "school")))
    ]


def test_a_rule_moves_reservations_and_everybody_whose_share_changed_is_told(scarce: list[Order]) -> None:
    assert held(*scarce) == [50, 10, 0]
    assert apply(SharingRule.SCHOOLS) == [scarce[0].reference, scarce[2].reference]
    assert held(*scarce) == [40, 10, 10]
    mails = db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "order_shared")).all()
    assert {mail.address for mail in mails} == {scarce[0].email, scarce[2].email}
    said = next(mail.text for mail in mails if mail.address == scarce[0].email)
    assert "maintenant\u00a0: 40" in said
    assert "plus tard\u00a0: 10" in said
    assert scarce[0].status is OrderStatus.READY


def test_the_queue_does_not_undo_it_and_what_comes_later_goes_to_who_gave(scarce: list[Order]) -> None:
    apply(SharingRule.SCHOOLS)
    receive("MAN26", 4)
    assert held(*scarce) == [44, 10, 10]
    newer = make_order(lines={"MAN26": 5}, audience="school", minutes=9)
    assert held(*scarce, newer) == [44, 10, 10, 0]
    transact(cancellation.cancel, scarce[2].reference, at=NOW, by=BY)
    assert held(*scarce[:2], newer) == [50, 14, 0]


def test_shares_follow_the_whole_of_what_is_there(scarce: list[Order]) -> None:
    apply(SharingRule.PROPORTIONAL)
    assert held(*scarce) == [30, 18, 12]
    apply(SharingRule.OLDEST)
    assert held(*scarce) == [50, 10, 0]
    reasons = {movement.reason for movement in db.session.scalars(select(Movement))}
    assert Reason.SHARED in reasons
    assert ledger.copies_at(manual().id, Place.SHELF) == 0


def test_a_picture_that_has_changed_is_refused_and_nothing_moves(scarce: list[Order]) -> None:
    seen = rationing.read_demand(manual()).mark
    receive("MAN26", 1)
    with pytest.raises(DemandChanged):
        apply(SharingRule.SCHOOLS, seen=seen)
    assert held(*scarce) == [50, 11, 0]


def test_what_lies_in_a_dispatch_stays_there(scarce: list[Order]) -> None:
    make_dispatch(scarce[0])
    apply(SharingRule.SCHOOLS, minimum=5)
    assert held(*scarce) == [50, 5, 5]


def test_who_took_fewer_once_and_for_all_keeps_them(app_context: Flask) -> None:
    make_edition(shelf=10)
    fewer = make_order(lines={"MAN26": 15}, when_short=WhenShort.FEWER)
    make_order(lines={"MAN26": 15}, minutes=1, audience="school")
    with pytest.raises(NothingToShare):
        apply(SharingRule.SCHOOLS)
    assert held(fewer) == [10]


def test_an_order_that_loses_all_waits_again(app_context: Flask) -> None:
    make_edition(shelf=10)
    first = make_order(lines={"MAN26": 10}, delivery=Delivery.PICKUP)
    school = make_order(lines={"MAN26": 10}, minutes=1, audience="school")
    apply(SharingRule.SCHOOLS)
    assert held(first, school) == [0, 10]
    assert (first.status, school.status) == (OrderStatus.WAITING, OrderStatus.READY)


def test_the_same_rule_twice_changes_nothing_and_writes_to_nobody(scarce: list[Order]) -> None:
    apply(SharingRule.SCHOOLS)
    with pytest.raises(NothingToShare):
        apply(SharingRule.SCHOOLS)

"""Which orders are found, in which sequence, and which are late or come unusually fast."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.ordering.lifecycle import placing
from orders.ordering.lookup import matching_orders, order_rate, search
from orders.ordering.lookup.filters import (
    Filter,
    UnknownFilter,
    filter_from,
    filter_to_act_on,
    that_are,
    that_may_be_posted,
)
from orders.ordering.lookup.lateness import Lateness, late_until, lateness
from orders.ordering.lookup.order_pages import is_urgent_first
from orders.ordering.models import Delivery, Order, OrderStatus
from orders.ordering.order_counts import Kind, orders_by_kind, orders_by_status
from orders.staff.journal import Actor
from orders.staff.journal_terms import Door
from orders.staff.models import StaffRole
from tests.factories import NOW, make_dispatch, make_edition, make_member, make_order, make_request

FRIDAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def edition(app_context: Flask) -> None:
    make_edition()


def place(minutes: int, door: Door = "web") -> None:
    transact(placing.place, make_request(), at=NOW + timedelta(minutes=minutes), by=Actor(door))


def found(wanted: Filter) -> list[Order]:
    return list(search.find(wanted))


def test_the_newest_stand_first_but_what_should_go_first_where_it_is_about_going() -> None:
    old, new, urgent = make_order(), make_order(minutes=2), make_order(minutes=1, needed_by=FRIDAY)
    assert found(Filter()) == [new, urgent, old]
    assert found(Filter(status=OrderStatus.READY)) == [urgent, old, new]
    assert found(Filter(needed_until=FRIDAY)) == [urgent]
    assert [is_urgent_first(each) for each in (Filter(), Filter(status=OrderStatus.SENT))] == [False, False]
    assert is_urgent_first(Filter(needed_until=FRIDAY))
    assert search.references(Filter()) == [urgent.reference, old.reference, new.reference]
    assert search.references(Filter(), limit=1) == [urgent.reference]


def test_what_is_needed_by_a_day_is_only_what_has_not_gone() -> None:
    on_it, after = make_order(needed_by=FRIDAY), make_order(needed_by=FRIDAY + timedelta(days=1))
    assert found(Filter(needed_until=FRIDAY)) == [on_it]
    assert found(Filter(needed_until=FRIDAY + timedelta(days=1))) == [on_it, after]
    on_it.status = OrderStatus.SENT
    assert found(Filter(needed_until=FRIDAY)) == []
    db.session.rollback()


def test_filters_are_counted_and_only_what_may_be_posted_enters_a_dispatch() -> None:
    posted, fetched = make_order(lines={"MAN26": 2}), make_order(delivery=Delivery.PICKUP)
    make_dispatch(make_order())
    assert search.count(Filter()) == 3
    assert orders_by_status()[OrderStatus.READY] == 2
    assert orders_by_kind(Kind((OrderStatus.READY,))) == {
        (OrderStatus.READY, Delivery.POST): 1,
        (OrderStatus.READY, Delivery.PICKUP): 1,
    }
    assert search.copies_held(Filter(status=OrderStatus.READY)) == 3
    may_go = that_may_be_posted(Filter())
    assert may_go is not None
    assert found(may_go) == [posted]
    assert that_may_be_posted(Filter(delivery=Delivery.PICKUP)) is None
    assert that_may_be_posted(Filter(status=OrderStatus.SENT)) is None
    assert found(that_are(Filter(delivery=Delivery.PICKUP), (OrderStatus.READY,))) == [fetched]


def test_a_filter_to_act_on_refuses_what_a_list_ignores() -> None:
    assert filter_from({"status": "no such"}) == Filter()
    with pytest.raises(UnknownFilter) as refusal:
        filter_to_act_on({"status": "no such"})
    assert (refusal.value.field, refusal.value.typed) == ("status", "no such")
    assert filter_to_act_on({"status": "ready", "province": "namur"}) == filter_from(
        {"status": "ready", "province": "Namur"}
    )
    with pytest.raises(UnknownFilter):
        filter_to_act_on({"needed_until": "32/13"})


@pytest.mark.parametrize(
    ("needed_by", "said"),
    [
        (None, None),
        (FRIDAY - timedelta(days=1), Lateness.LATE),
        (FRIDAY, Lateness.URGENT),
        (date(2026, 11, 25), Lateness.URGENT),  # posted on Monday, it takes two working days
        (date(2026, 11, 26), None),
    ],
)
def test_an_order_is_urgent_while_the_next_post_is_the_last_one(needed_by: date | None, said: Lateness | None) -> None:
    order = make_order()
    order.needed_by = needed_by
    assert late_until(FRIDAY, post_days=2) == date(2026, 11, 25)
    assert lateness(order, FRIDAY, post_days=2) is said
    order.status = OrderStatus.SENT
    assert lateness(order, FRIDAY, post_days=2) is None
    db.session.rollback()


def test_orders_from_the_site_are_counted_for_ten_minutes() -> None:
    doors: list[tuple[Door, int]] = [("web", 0), ("web", 5), ("office", 5)]
    for door, minutes in doors:
        place(minutes, door)
    at = [NOW + timedelta(minutes=minutes) for minutes in (4, 5, 9, 10, 15)]
    assert [order_rate.orders_lately(at=each) for each in at] == [1, 2, 2, 1, 0]


def test_coordinators_are_told_once_that_orders_come_fast() -> None:
    make_member(role=StaffRole.COORDINATOR)
    make_member(role=StaffRole.OFFICE)
    for minutes in range(3):
        place(minutes)

    def tell(unusual: int, **later: int) -> int:
        at = NOW + timedelta(minutes=2) + timedelta(**later)
        transact(order_rate.notify_coordinators, unusual=unusual, most=50, at=at)
        return len(db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == order_rate.MAIL)).all())

    assert [tell(4), tell(3), tell(3, minutes=1)] == [0, 1, 1]
    for minutes in range(3):
        place(7 * 60 + minutes)
    assert tell(3, hours=7) == 2


def test_a_whole_email_address_finds_its_orders_and_a_part_of_one_all_in_which_it_stands() -> None:
    ann, joann = make_order(email="ann@example.org"), make_order(email="joann@example.org")
    assert found(Filter(q="ann@example.org")) == [ann]
    assert found(Filter(q="Ann+school@Example.org")) == [ann]
    assert found(Filter(q="ann@example")) == [joann, ann]
    assert found(Filter(q="nn@example.org")) == [joann, ann]  # nobody has this one


def test_what_the_index_finds_often_enough_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching_orders, "SURELY_MORE", 2)
    for _ in range(3):
        make_order(name="Marie Janssens")
    has_index = db.engine.dialect.name == "sqlite"
    for wanted, is_all in [
        (Filter(q="janssens"), not has_index),
        (Filter(q="janssens ma"), True),  # the index knows nothing of two letters
        (Filter(q="janssens", status=OrderStatus.READY), True),
        (Filter(q="peeters"), True),
    ]:
        assert matching_orders.count(wanted).is_all is is_all, wanted
        assert len(found(wanted)) == (0 if wanted.q == "peeters" else 3)

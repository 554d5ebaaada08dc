"""Placing an order: all it may have is reserved at once, the rest waits its turn."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from orders.catalogue import edition_lookup
from orders.database import db, transact
from orders.mail.models import OutgoingMail
from orders.ordering.allocation import reservations
from orders.ordering.lifecycle import placing
from orders.ordering.models import Order, OrderStatus, WhenShort
from orders.ordering.refusals import NotOrderable, OrderingClosed
from orders.stock import ledger
from orders.stock.models import OutOfStock, Place
from tests.factories import BY, NOW, make_edition, make_order, make_request, receive


def copies_of(order: Order, code: str) -> tuple[int, int, int, int]:
    """Asked, waiting, reserved, given up."""
    line = next(line for line in order.lines if line.publication.code == code)
    return line.copies, line.waiting, line.reserved, line.given_up


def shelf(code: str = "MAN26") -> int:
    return ledger.copies_at(edition_lookup.get_publication(code).id, Place.SHELF)


def test_an_order_that_the_shelf_can_fill_is_ready_at_once(app_context: Flask) -> None:
    make_edition(shelf=100)
    order = make_order(lines={"MAN26": 24, "LIV26": 10})
    assert order.status is OrderStatus.READY
    assert copies_of(order, "MAN26") == (24, 0, 24, 0)
    assert (shelf("MAN26"), shelf("LIV26")) == (76, 90)


def test_what_is_short_waits_and_what_is_there_may_go(app_context: Flask) -> None:
    make_edition(shelf={"MAN26": 5})
    order = make_order(lines={"MAN26": 12, "LIV26": 3})
    assert copies_of(order, "MAN26") == (12, 7, 5, 0)
    assert copies_of(order, "LIV26") == (3, 3, 0, 0)
    assert order.status is OrderStatus.READY


def test_who_wants_everything_at_once_waits_and_keeps_what_has_come(app_context: Flask) -> None:
    make_edition(shelf={"MAN26": 5})
    order = make_order(lines={"MAN26": 12}, when_short=WhenShort.WAIT)
    assert (order.status, copies_of(order, "MAN26")) == (OrderStatus.WAITING, (12, 7, 5, 0))
    receive("MAN26", 7)
    assert (order.status, copies_of(order, "MAN26")) == (OrderStatus.READY, (12, 0, 12, 0))


def test_who_takes_fewer_gives_up_the_rest(app_context: Flask) -> None:
    make_edition(shelf={"MAN26": 5})
    order = make_order(lines={"MAN26": 12, "LIV26": 3}, when_short=WhenShort.FEWER)
    assert (order.status, copies_of(order, "MAN26")) == (OrderStatus.READY, (12, 0, 5, 7))
    assert copies_of(order, "LIV26") == (3, 0, 0, 3)


def test_who_takes_fewer_of_nothing_is_told_every_shortage_and_nothing_is_kept(app_context: Flask) -> None:
    make_edition(shelf=0)
    with pytest.raises(OutOfStock) as refusal:
        make_order(lines={"MAN26": 12, "LIV26": 3}, when_short=WhenShort.FEWER)
    assert [shortage.code for shortage in refusal.value.shortages] == ["MAN26", "LIV26"]
    assert db.session.scalar(select(func.count()).select_from(Order)) == 0
    assert db.session.scalar(select(func.count()).select_from(OutgoingMail)) == 0


def test_a_newer_order_gets_nothing_while_an_older_one_waits(app_context: Flask) -> None:
    make_edition(shelf={"MAN26": 5})
    older = make_order(lines={"MAN26": 12}, minutes=1)
    newer = make_order(lines={"MAN26": 2}, minutes=2)
    receive("MAN26", 6, minutes=3)
    assert copies_of(older, "MAN26")[2] == 11
    assert copies_of(newer, "MAN26")[2] == 0
    receive("MAN26", 6, minutes=4)
    assert (copies_of(older, "MAN26")[2], copies_of(newer, "MAN26")[2], shelf()) == (12, 2, 3)


def test_an_order_with_an_older_date_comes_first_when_copies_arrive(app_context: Flask) -> None:
    make_edition(shelf=0)
    typed_first = make_order(lines={"MAN26": 2}, minutes=5)
    on_paper_since_yesterday = make_order(lines={"MAN26": 2}, minutes=6, placed_at=NOW - timedelta(days=1))
    receive("MAN26", 3, minutes=7)
    assert copies_of(on_paper_since_yesterday, "MAN26")[2] == 2
    assert copies_of(typed_first, "MAN26")[2] == 1


def test_everybody_in_the_queue_knows_how_many_are_served_first(app_context: Flask) -> None:
    make_edition(shelf=0)
    orders = [make_order(lines={"MAN26": 2}, minutes=minute) for minute in range(3)]
    assert [reservations.orders_ahead(order.lines[0]) for order in orders] == [0, 1, 2]
    receive("MAN26", 3, minutes=5)
    assert [reservations.orders_ahead(order.lines[0]) for order in orders[1:]] == [0, 1]


def test_of_two_orders_placed_at_the_same_moment_the_one_with_the_lower_id_is_served_first(app_context: Flask) -> None:
    make_edition(shelf=0)
    first, second = (make_order(lines={"MAN26": copies}) for copies in (2, 3))
    assert first.placed_at == second.placed_at
    assert [reservations.orders_ahead(each.lines[0]) for each in (first, second)] == [0, 1]
    assert [reservations.copies_until_served(each.lines[0]) for each in (first, second)] == [2, 5]
    receive("MAN26", 3)
    assert [each.lines[0].reserved for each in (first, second)] == [2, 1]


def test_one_publication_that_waits_does_not_hold_up_another(app_context: Flask) -> None:
    make_edition(shelf={"LIV26": 50})
    make_order(lines={"MAN26": 12})
    booklets = make_order(lines={"LIV26": 4})
    assert booklets.status is OrderStatus.READY


def test_a_delivery_fills_many_waiting_orders_oldest_first(app_context: Flask) -> None:
    make_edition(shelf=0)
    orders = [make_order(lines={"MAN26": 2}, minutes=minute) for minute in range(1, 8)]
    receive("MAN26", 9, minutes=10)
    assert [copies_of(order, "MAN26")[2] for order in orders] == [2, 2, 2, 2, 1, 0, 0]


def test_an_order_whose_reference_is_taken_gets_another_one(
    app_context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_edition(shelf=100)
    made = iter(["BCDFGHJB", "BCDFGHJB", "BCDFGHJB", "CDFGHJKC"])
    monkeypatch.setattr(placing, "make_reference", lambda: next(made))
    first, second = make_order(lines={"MAN26": 1}), make_order(lines={"MAN26": 2})
    assert (first.reference, second.reference) == ("BCDFGHJB", "CDFGHJKC")
    assert [line.copies for line in second.lines] == [2]
    assert shelf() == 97


def test_the_same_submission_makes_one_order_and_one_mail(app_context: Flask) -> None:
    make_edition()
    form = make_request(submission="one-load-of-the-page")
    first, again = (transact(placing.place, form, at=NOW, by=BY).reference for _ in range(2))
    assert again == first
    assert db.session.scalar(select(func.count()).select_from(OutgoingMail)) == 1


def test_the_confirmation_holds_the_link_of_the_order_and_nothing_that_could_advertise(app_context: Flask) -> None:
    make_edition()
    order = make_order(message="Achetez mes pilules", name="Marie Pilule", organisation="pilules.example")
    mail = db.session.scalars(select(OutgoingMail)).one()
    assert (mail.kind, mail.address, mail.order_id) == ("order_confirmed", order.email, order.id)
    assert "http://pli.test/o/" in mail.text
    assert order.shown_reference in mail.subject
    assert "pilule" not in (mail.subject + mail.text + mail.html).lower()


@pytest.mark.parametrize(
    ("opens_on", "closes_on"),
    [(date(2026, 11, 21), date(2026, 12, 31)), (date(2026, 9, 1), date(2026, 11, 19))],
)
def test_outside_its_days_an_edition_takes_no_orders(app_context: Flask, opens_on: date, closes_on: date) -> None:
    make_edition(opens_on=opens_on, closes_on=closes_on)
    with pytest.raises(OrderingClosed):
        make_order()


def test_a_publication_of_another_edition_cannot_be_ordered(app_context: Flask) -> None:
    make_edition()
    with pytest.raises(NotOrderable) as refusal:
        make_order(lines={"MAN26": 1, "MAN19": 1})
    assert refusal.value.codes == ["MAN19"]


def test_copies_sent_before_pli_are_remembered_and_move_no_stock(app_context: Flask) -> None:
    make_edition(shelf=10)
    order = transact(placing.place, make_request(lines={"MAN26": 4}, sent_before_pli=True), at=NOW, by=BY)
    assert (order.status, order.lines[0].sent, shelf()) == (OrderStatus.SENT, 4, 10)
    assert db.session.scalar(select(func.count()).select_from(OutgoingMail)) == 0


def test_the_longest_that_may_be_typed_is_kept_whole(app_context: Flask) -> None:
    """The keys grow longer than that: abbreviations are written out in them."""
    longest: dict[str, Any] = {
        "organisation": ("ec ar nd efa inst coll fond prim mat sec prov spec " * 3)[:124] + "x",
        "department": "d" * 125,
        "building": "b" * 125,
        "name": "n" * 80,
        "street": ("bd " * 30)[:79] + "x",
        "number": "1" * 12,
        "box": "2" * 12,
        "town": "t" * 60,
        "email": f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 57}.be",
        "billing_name": "f" * 125,
    }
    make_edition(shelf=100)
    order = make_order(lines={"MAN26": 60}, **longest)  # a box: only who pays for one has an invoice
    db.session.expire_all()
    assert {name: getattr(order, name) for name in longest} == longest
    assert len(order.address_key) > 160

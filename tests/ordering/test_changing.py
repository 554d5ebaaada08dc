"""Changing an order: the rules of placing again, nobody overtaken, and sums that hold."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from orders.database import db, transact
from orders.errors import Refused
from orders.mail.models import OutgoingMail
from orders.ordering import repository
from orders.ordering.allocation.reservations import orders_ahead
from orders.ordering.followup import returned_orders
from orders.ordering.lifecycle import approval, cancellation, changing
from orders.ordering.lifecycle.changing import FewerThanSent, MoreAfterSending, OrderChangedMeanwhile
from orders.ordering.models import Delivery, Order, OrderStatus, WhenShort
from orders.ordering.refusals import AlreadyDispatched, AlreadyEnded, NotOrderable, OrderingClosed
from orders.ordering.request import order_form_values
from orders.ordering.request.order_request import OrderRequest
from orders.ordering.review.allowances import OverAllowance
from orders.ordering.review.duplicates import LooksRepeated
from orders.shipping.dispatches import lifecycle
from orders.staff.models import AuditEntry
from orders.stock.models import OutOfStock
from tests.factories import BY, NOW, allow, make_dispatch, make_edition, make_order, receive

LATER = NOW + timedelta(hours=1)


def as_it_is(order: Order) -> OrderRequest:
    """The request that would change nothing."""
    return OrderRequest(
        audience=order.audience,
        address=order.address,
        email=order.email,
        copies={line.publication.code: line.wanted for line in order.lines if line.wanted},
        phone=order.phone,
        delivery=order.delivery,
        when_short=order.when_short,
        needed_by=order.needed_by,
        message=order.message,
    )


def change(order: Order, *, minutes: int = 60, lines: Mapping[str, int] | None = None, **fields: Any) -> Order:
    """Change what is named of an order, as its page does."""
    where = {name: fields.pop(name) for name in list(fields) if hasattr(order.address, name)}
    request = replace(as_it_is(order), address=replace(order.address, **where), **fields)
    request = replace(request, copies=lines) if lines is not None else request
    version = order_form_values.version(order)
    return transact(
        changing.change, order.reference, request, version=version, at=NOW + timedelta(minutes=minutes), by=BY
    )


def copies(order: Order, code: str = "MAN26") -> tuple[int, int, int, int]:
    """Waiting, reserved, sent, given up."""
    line = next(line for line in repository.get_order(order.reference).lines if line.publication.code == code)
    return line.waiting, line.reserved, line.sent, line.given_up


def kinds_of_mail() -> list[str]:
    return list(db.session.scalars(select(OutgoingMail.kind).order_by(OutgoingMail.id)))


def test_what_is_changed_is_kept_told_and_journaled_by_the_names_of_the_fields(app_context: Flask) -> None:
    make_edition()
    order = make_order(lines={"MAN26": 2})
    change(
        order,
        name="Jeanne",
        number="9",
        phone="02 538 81 77",
        needed_by=date(2026, 12, 8),
        lines={"MAN26": 3, "LIV26": 1},
    )
    assert (order.name, order.number, order.needed_by) == ("Jeanne", "9", date(2026, 12, 8))
    assert "jeanne" in order.search
    assert (copies(order), copies(order, "LIV26")) == ((0, 3, 0, 0), (0, 1, 0, 0))
    assert kinds_of_mail()[-1] == "order_changed"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "changed")).one()
    assert entry.after == {"fields": ["name", "number", "phone", "needed_by", "copies-MAN26", "copies-LIV26"]}
    assert "Jeanne" not in str(entry.after)


def test_what_is_so_already_changes_nothing_and_tells_nobody(app_context: Flask) -> None:
    make_edition()
    order = make_order()
    mails = kinds_of_mail()
    change(order)
    assert kinds_of_mail() == mails


def test_fewer_copies_go_to_whoever_waits_longest(app_context: Flask) -> None:
    make_edition(shelf=10)
    order = make_order(lines={"MAN26": 10})
    first = make_order(lines={"MAN26": 2}, minutes=5)
    second = make_order(lines={"MAN26": 9}, minutes=6)
    change(order, lines={"MAN26": 5})
    assert (copies(order), copies(first), copies(second)) == ((0, 5, 0, 0), (0, 2, 0, 0), (6, 3, 0, 0))


def test_more_copies_do_not_overtake_those_who_came_before_they_were_asked(app_context: Flask) -> None:
    make_edition(shelf=4)
    order = make_order(lines={"MAN26": 6})
    between = make_order(lines={"MAN26": 3}, minutes=5)
    change(order, lines={"MAN26": 9})
    after = make_order(lines={"MAN26": 3}, minutes=90)
    ahead = [orders_ahead(each.lines[0]) for each in (order, between, after)]
    assert ahead == [0, 1, 2]
    receive("MAN26", 4, minutes=100)
    assert (copies(order), copies(between)) == ((3, 6, 0, 0), (1, 2, 0, 0))
    receive("MAN26", 3, minutes=101)
    assert (copies(order), copies(between), copies(after)) == ((1, 8, 0, 0), (0, 3, 0, 0), (3, 0, 0, 0))


def test_more_copies_come_at_once_when_nobody_waits(app_context: Flask) -> None:
    make_edition(shelf=10)
    order = make_order(lines={"MAN26": 2})
    change(order, lines={"MAN26": 5})
    assert (order.status, copies(order)) == (OrderStatus.READY, (0, 5, 0, 0))


def test_more_copies_wait_while_an_older_order_waits_for_the_same(app_context: Flask) -> None:
    make_edition(shelf=2)
    order = make_order(lines={"MAN26": 2})
    waits = make_order(lines={"MAN26": 3}, minutes=5, when_short=WhenShort.WAIT)
    change(order, lines={"MAN26": 3})
    receive("MAN26", 3, minutes=100)
    assert (copies(order), copies(waits)) == ((1, 2, 0, 0), (0, 3, 0, 0))


def test_who_takes_back_what_was_added_last_keeps_the_place_of_the_first(app_context: Flask) -> None:
    make_edition(shelf=0)
    order = make_order(lines={"MAN26": 6})
    change(order, lines={"MAN26": 9})
    change(order, lines={"MAN26": 6}, minutes=70)
    assert (order.lines[0].later, orders_ahead(order.lines[0])) == (0, 0)


def test_a_publication_taken_off_is_given_up_and_may_be_put_back(app_context: Flask) -> None:
    make_edition(shelf=9)
    order = make_order(lines={"MAN26": 3, "LIV26": 2})
    change(order, lines={"MAN26": 3})
    assert copies(order, "LIV26") == (0, 0, 0, 2)
    change(order, lines={"MAN26": 3, "LIV26": 4})
    assert copies(order, "LIV26") == (0, 4, 0, 0)


def test_only_what_is_there_asks_for_more_and_the_rest_is_given_up(app_context: Flask) -> None:
    make_edition(shelf=5)
    order = make_order(lines={"MAN26": 2}, when_short=WhenShort.FEWER)
    change(order, lines={"MAN26": 8})
    assert (order.status, copies(order)) == (OrderStatus.READY, (0, 5, 0, 3))


def test_only_what_is_there_when_nothing_is_changes_nothing(app_context: Flask) -> None:
    make_edition(shelf=0)
    order = make_order(lines={"MAN26": 2})
    with pytest.raises(OutOfStock):
        change(order, when_short=WhenShort.FEWER)
    assert (order.when_short, copies(order)) == (WhenShort.SEND, (2, 0, 0, 0))


def test_who_takes_a_publication_off_is_not_told_that_there_is_none_left(app_context: Flask) -> None:
    make_edition()
    order = make_order(lines={"MAN26": 2, "LIV26": 3})
    change(order, lines={"MAN26": 2})
    mail = db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "order_changed")).one()
    assert "ne seront pas envoyés\u00a0: 3" in mail.text
    assert "Vous avez choisi" not in mail.text


def test_over_the_maximum_counts_what_grows_without_the_order_itself(app_context: Flask) -> None:
    make_edition()
    order = make_order(lines={"MAN26": 4}, email="marie@example.org")
    allow("family", review_above=6, maximum=6)
    change(order, lines={"MAN26": 6})
    with pytest.raises(OverAllowance) as refusal:
        change(order, lines={"MAN26": 7})
    assert (refusal.value.excesses[0].already, refusal.value.excesses[0].still) == (0, 6)
    assert copies(order) == (0, 6, 0, 0)


def test_an_allowance_lowered_below_what_somebody_has_lets_everything_else_be_changed(app_context: Flask) -> None:
    make_edition()
    order = make_order(lines={"MAN26": 9})
    allow("family", review_above=1, maximum=3)
    change(order, name="Jeanne")
    change(order, lines={"MAN26": 8})
    assert (order.status, copies(order)) == (OrderStatus.READY, (0, 8, 0, 0))
    with pytest.raises(OverAllowance):
        change(order, lines={"MAN26": 9})


def test_above_the_review_it_is_pending_again_and_holds_nothing(app_context: Flask) -> None:
    make_edition(shelf=5)
    order = make_order(lines={"MAN26": 5})
    waits = make_order(lines={"MAN26": 2}, minutes=5)
    allow("family", review_above=5, maximum=20)
    change(order, lines={"MAN26": 6})
    assert (order.status, order.review_reasons, copies(order)) == (OrderStatus.PENDING, ["allowance"], (6, 0, 0, 0))
    assert copies(waits) == (0, 2, 0, 0)
    transact(approval.accept, order.reference, at=LATER, by=BY)
    assert copies(order) == (3, 3, 0, 0)


def test_a_pending_order_that_asks_for_less_needs_no_decision_any_more(app_context: Flask) -> None:
    make_edition(shelf=9)
    make_order()
    allow("family", review_above=5, maximum=20)
    order = make_order(lines={"MAN26": 7})
    assert order.status is OrderStatus.PENDING
    change(order, lines={"MAN26": 5})
    assert (order.status, order.review_reasons, copies(order)) == (OrderStatus.READY, [], (0, 5, 0, 0))


def test_what_was_taken_off_while_pending_does_not_come_back_with_the_decision(app_context: Flask) -> None:
    make_edition(shelf=9)
    make_order()
    allow("family", review_above=5, maximum=20)
    order = make_order(lines={"MAN26": 7, "LIV26": 2})
    change(order, lines={"MAN26": 7})
    transact(approval.accept, order.reference, at=LATER, by=BY)
    assert copies(order, "LIV26") == (0, 0, 0, 2)


def test_an_address_of_somebody_who_ordered_before_is_asked_about_and_then_decided(app_context: Flask) -> None:
    make_edition()
    school: dict[str, Any] = {"audience": "school", "organisation": "Athénée Royal", "postcode": "5000"}
    make_order(**school)
    order = make_order(audience="school")
    moved: dict[str, Any] = {"organisation": "Athénée royal", "postcode": "5000"}
    with pytest.raises(LooksRepeated):
        change(order, **moved)
    assert order.status is OrderStatus.READY
    change(order, **moved, confirmed=frozenset({"repeat"}), reason="Une autre section")
    assert (order.status, order.review_reasons) == (OrderStatus.PENDING, ["repeat"])


def test_a_mended_house_number_is_no_reason_to_decide_again(app_context: Flask) -> None:
    make_edition()
    order = make_order(email="marie@example.org")
    make_order(email="marie@example.org")
    change(order, number="77")
    assert order.status is OrderStatus.READY


def test_who_saves_over_another_tab_is_told_which_fields(app_context: Flask) -> None:
    make_edition()
    order = make_order(lines={"MAN26": 2})
    version = order_form_values.version(order)
    change(order, name="Jeanne", lines={"MAN26": 3})
    mine = replace(as_it_is(order), address=replace(order.address, number="8"), copies={"MAN26": 1})
    with pytest.raises(OrderChangedMeanwhile) as refusal:
        transact(changing.change, order.reference, mine, version=version, at=LATER, by=BY)
    assert refusal.value.fields == ["name", "copies-MAN26"]
    assert copies(order) == (0, 3, 0, 0)


def test_copies_that_come_meanwhile_are_no_change_of_the_order(app_context: Flask) -> None:
    make_edition(shelf=0)
    order = make_order(lines={"MAN26": 2})
    version = order_form_values.version(order)
    receive("MAN26", 9)
    mine = replace(as_it_is(order), copies={"MAN26": 3})
    transact(changing.change, order.reference, mine, version=version, at=LATER, by=BY)
    assert copies(order) == (0, 3, 0, 0)


def test_the_same_change_sent_twice_is_made_once(app_context: Flask) -> None:
    make_edition()
    order = make_order(lines={"MAN26": 2})
    version, mine = order_form_values.version(order), replace(as_it_is(order), copies={"MAN26": 5})
    for _ in range(2):
        transact(changing.change, order.reference, mine, version=version, at=LATER, by=BY)
    assert (copies(order), kinds_of_mail().count("order_changed")) == ((0, 5, 0, 0), 1)


def test_what_is_packed_sent_or_ended_is_not_changed(app_context: Flask) -> None:
    make_edition()
    packed, cancelled = make_order(), make_order()
    make_dispatch(packed)
    transact(cancellation.cancel, cancelled.reference, at=NOW, by=BY)
    refusals: list[tuple[Order, type[Refused]]] = [(packed, AlreadyDispatched), (cancelled, AlreadyEnded)]
    for order, refusal in refusals:
        with pytest.raises(refusal):
            change(order, lines={"MAN26": 2})


def test_what_was_sent_in_part_may_shrink_to_what_was_sent_and_not_grow(app_context: Flask) -> None:
    make_edition(shelf=3)
    order = make_order(lines={"MAN26": 5})
    transact(lifecycle.close, make_dispatch(order).id, at=NOW, by=BY, everything=True)
    with pytest.raises(FewerThanSent):
        change(order, lines={"MAN26": 2})
    with pytest.raises(MoreAfterSending):
        change(order, lines={"MAN26": 6})
    change(order, lines={"MAN26": 3}, number="8")
    assert (order.status, copies(order)) == (OrderStatus.SENT, (0, 0, 3, 0))


def test_more_is_not_asked_of_what_is_no_longer_offered(app_context: Flask) -> None:
    edition = make_edition()
    order = make_order(lines={"MAN26": 2, "LIV26": 2})

    def archive() -> None:
        next(each for each in edition.publications if each.code == "LIV26").archived_at = NOW

    transact(archive)
    change(order, lines={"MAN26": 2, "LIV26": 1})
    with pytest.raises(NotOrderable):
        change(order, lines={"MAN26": 2, "LIV26": 2})


def test_after_the_closing_day_an_order_may_shrink_and_not_grow(app_context: Flask) -> None:
    edition = make_edition()
    order = make_order(lines={"MAN26": 5})

    def close() -> None:
        edition.closes_on = date(2026, 11, 19)

    transact(close)
    with pytest.raises(OrderingClosed):
        change(order, lines={"MAN26": 6})
    change(order, lines={"MAN26": 4}, town="Ixelles")
    assert copies(order) == (0, 4, 0, 0)


def test_by_post_or_to_be_fetched(app_context: Flask) -> None:
    make_edition()
    order = make_order()
    change(order, delivery=Delivery.PICKUP)
    assert (order.delivery, order.status) == (Delivery.PICKUP, OrderStatus.READY)


def test_an_order_that_came_back_gets_a_better_address_and_nothing_else(app_context: Flask) -> None:
    make_edition()
    order = make_order()
    transact(lifecycle.close, make_dispatch(order).id, at=NOW, by=BY, everything=True)
    transact(returned_orders.take_back, order.reference, at=NOW, by=BY)
    with pytest.raises(AlreadyDispatched):
        change(order, lines={"MAN26": 2})

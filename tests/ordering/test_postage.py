"""What an orderer pays: what was really posted as boxes, and never more than was accepted, whichever way it came."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from orders.database import transact
from orders.ordering.followup import postage_invoicing
from orders.ordering.followup.postage_invoicing import Expected, Invoice, Period
from orders.ordering.lifecycle import approval, cancellation, placing
from orders.ordering.models import Delivery, Order, OrderStatus, WhenShort
from orders.packing.postage import FREE, UNPRICED, Charge
from orders.shipping import returns
from orders.shipping.dispatches import lifecycle, repacking
from orders.shipping.models import Dispatch
from orders.shipping.return_models import ReturnReason
from orders.staff.journal import Actor
from orders.staff.journal_terms import Door
from tests.factories import (
    BY,
    NOW,
    allow,
    make_dispatch,
    make_edition,
    make_order,
    make_request,
    price_parcels,
    receive,
)

LATER = NOW + timedelta(hours=1)
A_BOX, A_LETTER = {"MAN26": 30}, {"MAN26": 24}
SAME_HOUSE: dict[str, Any] = {"street": "Rue Haute", "number": "7", "postcode": "5590", "town": "Ciney"}


@pytest.fixture(autouse=True)
def season(app_context: Flask) -> None:
    make_edition(shelf=500)
    price_parcels(850)


def accepted(order: Order) -> tuple[bool, int | None]:
    return order.postage_due, order.postage_cents


def post(*orders: Order) -> Dispatch:
    return transact(lifecycle.close, make_dispatch(*orders).id, at=NOW, by=BY, everything=True)


def found(**period: Any) -> dict[int, tuple[int, int | None, int | None, int | None]]:
    """Of each order, by its id: boxes, and the cents accepted, posted and due."""
    return {each.order.id: figures(each) for each in postage_invoicing.find(Period(**period))}


def figures(each: Invoice) -> tuple[int, int | None, int | None, int | None]:
    return each.boxes, each.accepted, each.posted, each.due


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ({"lines": A_BOX}, (True, 850)),
        ({"lines": A_LETTER}, (False, None)),
        ({"lines": A_BOX, "delivery": Delivery.PICKUP}, (False, None)),
        ({"lines": A_BOX, "sent_before_pli": True}, (False, None)),
        ({"lines": A_BOX, "accepted_postage": Charge(700)}, (True, 700)),
        ({"lines": A_BOX, "accepted_postage": Charge(900)}, (True, 850)),
        ({"lines": A_BOX, "accepted_postage": FREE}, (False, None)),
        ({"lines": A_BOX, "accepted_postage": UNPRICED}, (True, 850)),
        ({"lines": A_LETTER, "accepted_postage": Charge(850)}, (False, None)),
    ],
)
def test_an_order_is_charged_the_quote_and_never_more_than_was_shown(
    order: dict[str, Any], expected: tuple[bool, int | None]
) -> None:
    assert accepted(make_order(**order)) == expected


def test_without_a_known_price_the_posts_own_is_accepted() -> None:
    price_parcels(None)
    assert accepted(make_order(lines=A_BOX)) == (True, None)
    assert accepted(make_order(lines=A_BOX, accepted_postage=Charge(850))) == (True, 850)


def test_who_pays_nothing_leaves_no_name_for_an_invoice() -> None:
    billing: dict[str, Any] = {"billing_name": "Commune", "billing_address": "Rue Haute 1", "purchase_order": "BC 7"}
    paid, free = make_order(lines=A_BOX, **billing), make_order(lines=A_LETTER, **billing)
    assert [getattr(paid, name) for name in billing] == list(billing.values())
    assert [getattr(free, name) for name in billing] == ["", "", ""]


def test_who_takes_only_what_is_there_pays_for_no_more() -> None:
    make_order(lines={"MAN26": 483})
    order = make_order(lines=A_BOX, when_short=WhenShort.FEWER)
    assert (order.lines[0].reserved, accepted(order)) == (17, (False, None))


def test_who_takes_only_what_is_there_and_waits_for_a_decision_pays_for_no_more_either() -> None:
    make_order(lines={"MAN26": 483})
    allow(make_order().audience, review_above=5, maximum=50)
    order = make_order(lines=A_BOX, when_short=WhenShort.FEWER)
    assert (order.status, accepted(order)) == (OrderStatus.PENDING, (False, None))


def test_what_goes_as_letters_is_not_invoiced_although_a_box_was_accepted() -> None:
    """Thirty manuals of which seventeen are there: two letters in the end, both free."""
    make_order(lines={"MAN26": 483})
    order = make_order(lines=A_BOX)
    assert accepted(order) == (True, 850)
    assert postage_invoicing.expected(Period()).orders == 2
    post(order)
    receive("MAN26", 50)
    post(order)
    assert order.status is OrderStatus.SENT
    assert found() == {}
    assert postage_invoicing.expected(Period()).orders == 1


def test_what_is_granted_as_a_letter_is_free() -> None:
    allow(make_order().audience, review_above=5, maximum=200)
    order = make_order(lines={"MAN26": 160}, billing_name="Commune")
    assert (order.status, order.postage_due) == (OrderStatus.PENDING, True)
    transact(approval.accept, order.reference, at=NOW, by=BY, copies={"MAN26": 10})
    assert (accepted(order), order.billing_name) == ((False, None), "")


def test_what_is_granted_costs_no_more_than_was_accepted() -> None:
    allow(make_order().audience, review_above=5, maximum=200)
    order = make_order(lines=A_BOX)
    price_parcels(900)
    transact(approval.accept, order.reference, at=NOW, by=BY)
    assert accepted(order) == (True, 850)


def test_a_box_is_invoiced_at_what_the_post_asks_on_its_day_and_never_above_what_was_accepted() -> None:
    cheaper, dearer = make_order(lines=A_BOX), make_order(lines=A_BOX)
    price_parcels(700)
    post(cheaper)
    price_parcels(900)
    post(dearer)
    price_parcels(100)
    assert found() == {cheaper.id: (1, 850, 700, 700), dearer.id: (1, 850, 900, 850)}


def test_two_boxes_for_an_order_that_was_to_be_one_cost_no_more() -> None:
    order = make_order(lines={"MAN26": 500 + 30})
    post(order)
    receive("MAN26", 100)
    post(order)
    ((boxes, most, posted, due),) = found().values()
    assert boxes > 1
    assert (due, (posted or 0) >= (most or 0)) == (most, True)


def test_a_box_for_an_order_that_was_shown_a_letter_is_not_invoiced() -> None:
    order = make_order(lines=A_LETTER)
    dispatch = make_dispatch(order)
    transact(repacking.change_packaging, dispatch.id, 1, "BOX", version=dispatch.version, at=NOW, by=BY)
    transact(lifecycle.close, dispatch.id, at=NOW, by=BY, everything=True)
    assert found() == {}


def test_orders_that_share_a_box_share_its_price_by_weight_to_the_cent() -> None:
    first = make_order(lines={"MAN26": 40}, **SAME_HOUSE)
    second = make_order(lines={"MAN26": 30, "LIV26": 7}, **SAME_HOUSE, confirmed=frozenset({"repeat"}))
    transact(approval.accept, second.reference, at=NOW, by=BY)
    dispatch = make_dispatch(first, second)
    transact(repacking.share, dispatch.id, 1, version=dispatch.version, at=NOW, by=BY)
    transact(lifecycle.close, dispatch.id, at=NOW, by=BY, everything=True)
    assert len(dispatch.parcels) == 1
    parts = [found()[order.id][2] for order in (first, second)]
    assert sum(part or 0 for part in parts) == 850
    assert parts[0] == 850 * 40 * 59 // (40 * 59 + 30 * 59 + 7 * 17)


def test_what_was_noted_as_posted_by_mistake_is_not_invoiced() -> None:
    order = make_order(lines=A_BOX)
    dispatch = post(order)
    assert found() == {order.id: (1, 850, 850, 850)}
    transact(returns.recall, dispatch.id, at=LATER, by=BY)
    assert found() == {}
    post(order)
    assert found() == {order.id: (1, 850, 850, 850)}


def test_a_box_that_came_back_was_posted_and_once_more_costs_no_more() -> None:
    order = make_order(lines=A_BOX)
    post(order)
    transact(returns.take_back, order.reference, reason=ReturnReason.REFUSED, at=LATER, by=BY)
    assert found() == {order.id: (1, 850, 850, 850)}
    transact(cancellation.cancel, order.reference, at=LATER, by=BY)
    assert found() == {}


def test_a_price_that_nobody_knew_is_asked_of_the_post() -> None:
    price_parcels(None)
    neither = make_order(lines=A_BOX)
    price_parcels(850)
    one = make_order(lines=A_BOX)
    price_parcels(None)
    post(neither, one)
    assert found() == {neither.id: (1, None, None, None), one.id: (1, 850, None, None)}
    assert postage_invoicing.total(Period()).unpriced == 2


def mark(order: Order, *, invoiced: bool = True) -> int:
    return transact(postage_invoicing.mark, [order.reference], invoiced=invoiced, at=LATER, by=BY)


def test_what_is_posted_after_an_invoice_is_to_be_invoiced_too() -> None:
    price_parcels(400)
    order = make_order(lines={"MAN26": 530}, accepted_postage=Charge(10_000))
    post(order)
    assert (mark(order), order.invoiced_cents) == (1, 400)
    assert found(invoiced=False) == {}
    receive("MAN26", 100)
    transact(lifecycle.close, make_dispatch(order).id, at=LATER.replace(year=2027), by=BY, everything=True)
    ((_, most, _, due),) = found(invoiced=False).values()
    assert (most, due) == (800, 800)
    assert postage_invoicing.total(Period(invoiced=False)).invoiced_cents == 400
    assert (mark(order), order.invoiced_cents) == (1, due)


def test_an_invoice_of_all_that_was_accepted_is_the_last_one() -> None:
    order = make_order(lines={"MAN26": 530}, accepted_postage=Charge(850))
    post(order)
    mark(order)
    receive("MAN26", 100)
    transact(lifecycle.close, make_dispatch(order).id, at=LATER.replace(year=2027), by=BY, everything=True)
    assert found(invoiced=False) == {}
    assert mark(order) == 0


def test_what_was_not_posted_as_a_box_cannot_be_invoiced() -> None:
    waits, letter = make_order(lines=A_BOX), make_order(lines=A_LETTER)
    post(letter)
    assert (mark(waits), mark(letter), mark(letter, invoiced=False)) == (0, 0, 0)
    assert postage_invoicing.expected(Period()) == Expected(1, 850)


@pytest.mark.parametrize("door", ["web", "office", "command"])
def test_orders_of_every_door_are_invoiced_alike(door: Door) -> None:
    order = transact(placing.place, make_request(lines=A_BOX), at=NOW, by=Actor(door))
    post(order)
    assert found() == {order.id: (1, 850, 850, 850)}

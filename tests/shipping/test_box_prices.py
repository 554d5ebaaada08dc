"""What each order in a box owes of its postage: by weight, and to the cent."""

from typing import Any

import pytest
from flask import Flask

from orders.catalogue.models import Publication
from orders.database import transact
from orders.ordering.lifecycle import approval
from orders.ordering.models import Order, OrderLine
from orders.packing.models import PostKind
from orders.shipping.dispatches import box_prices, lifecycle, overview, repacking
from orders.shipping.models import Parcel, ParcelContent
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order, price_parcels

HERE: dict[str, Any] = {"street": "Rue de la Senne", "number": "32", "postcode": "5590", "town": "Ciney"}


@pytest.fixture(autouse=True)
def edition(app_context: Flask) -> None:
    make_edition(shelf=2_000)


def box(weights: dict[int, int]) -> Parcel:
    """A box with one copy of so many mg of each order."""
    return Parcel(
        id=1,
        kind=PostKind.PARCEL,
        weight_mg=1_000,
        contents=[
            ParcelContent(copies=1, line=OrderLine(order_id=order, publication=Publication(unit_weight_mg=weight)))
            for order, weight in weights.items()
        ],
    )


@pytest.mark.parametrize(
    ("cents", "weights", "shares"),
    [
        (1_000, {1: 5}, {1: 1_000}),
        (1_000, {1: 30, 2: 10}, {1: 750, 2: 250}),
        (1_000, {1: 1, 2: 1, 3: 1}, {1: 333, 2: 333, 3: 334}),
        (7, {1: 50, 2: 50}, {1: 3, 2: 4}),
        (None, {1: 30, 2: 10}, {1: None, 2: None}),
    ],
)
def test_a_price_is_shared_by_weight_and_no_cent_is_lost(
    cents: int | None, weights: dict[int, int], shares: dict[int, int | None]
) -> None:
    price_parcels(cents)
    assert box_prices.by_order([box(weights)]) == {1: shares}


def shared_box() -> tuple[Order, Order, Parcel]:
    first = make_order(lines={"MAN26": 40}, **HERE)
    second = transact(approval.accept, make_order(lines={"MAN26": 20}, **HERE).reference, at=NOW, by=BY)
    dispatch = make_dispatch(first, second, make_order())
    boxes = [each.sequence for each in lifecycle.parcels_of(dispatch) if each.orders == [first]]
    return first, second, transact(repacking.share, dispatch.id, boxes[0], version=dispatch.version, at=NOW, by=BY)


def test_letters_cost_nothing_and_an_order_pays_for_its_part_of_a_box() -> None:
    price_parcels(600)
    first, second, parcel = shared_box()
    parcels = lifecycle.parcels_of(parcel.dispatch)
    assert len(parcels) == 2
    assert box_prices.by_order(parcels) == {parcel.id: {first.id: 400, second.id: 200}}


def test_the_other_parcels_of_an_order_are_those_of_its_own_dispatch() -> None:
    large = make_order(lines={"MAN26": 1_100})
    make_dispatch(make_order())
    dispatch = make_dispatch(make_order(), large)
    letter, *boxes = lifecycle.parcels_of(dispatch)
    assert len(boxes) == 3
    assert {each.id for each in overview.of_same_orders(boxes[0])} == {each.id for each in boxes[1:]}
    assert overview.of_same_orders(letter) == []

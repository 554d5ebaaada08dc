"""How orders become the envelopes and boxes of a dispatch."""

import pytest
from flask import Flask

from orders.catalogue import edition_lookup
from orders.database import db, transact
from orders.ordering.models import Order, OrderStatus
from orders.packing.models import PostKind
from orders.shipping.dispatches import lifecycle
from orders.shipping.models import Dispatch, Parcel, TooLargeInOrders
from orders.wording import sentence
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order


def contents(parcel: Parcel) -> dict[str, int]:
    return {content.line.publication.code: content.copies for content in parcel.contents}


def of(dispatch: Dispatch, order: Order) -> list[Parcel]:
    return [parcel for parcel in dispatch.parcels if order in parcel.orders]


def test_twenty_four_manuals_are_a_letter_and_twenty_five_a_parcel(app_context: Flask) -> None:
    make_edition()
    letter, box = make_order(lines={"MAN26": 24}), make_order(lines={"MAN26": 25})
    dispatch = make_dispatch(letter, box)
    said = [(parcel.kind, parcel.packaging_code, parcel.weight_mg) for parcel in dispatch.parcels]
    assert said == [
        (PostKind.LETTER, "C4", 24 * 59_000 + 5_000 + 21_000),
        (PostKind.PARCEL, "BOX", 25 * 59_000 + 5_000 + 600_000),
    ]


def test_a_large_order_becomes_boxes_and_a_letter_with_every_copy_in_one_of_them(app_context: Flask) -> None:
    make_edition(shelf=1_000)
    order = make_order(lines={"MAN26": 522, "LIV26": 10})
    parcels = sorted(of(make_dispatch(order), order), key=lambda parcel: parcel.part)
    assert [(parcel.part, parcel.parts, parcel.kind.value) for parcel in parcels] == [
        (1, 2, "letter"),
        (2, 2, "parcel"),
    ]
    assert sum(contents(parcel)["MAN26"] for parcel in parcels) == 522
    assert contents(parcels[0]) == {"MAN26": 24, "LIV26": 10}


def test_urgent_orders_come_first_then_letters_by_weight_step_then_by_content(app_context: Flask) -> None:
    make_edition(shelf=200)
    box, heavy, two, leaflet, two_again = (
        make_order(lines=lines) for lines in ({"MAN26": 30}, {"MAN26": 12}, {"MAN26": 2}, {"LIV26": 1}, {"MAN26": 2})
    )
    urgent = make_order(lines={"MAN26": 30}, needed_by=NOW.date())
    dispatch = make_dispatch(box, heavy, two, leaflet, two_again, urgent)
    sequence = [parcel.orders[0].reference for parcel in dispatch.parcels]
    assert sequence == [each.reference for each in (urgent, leaflet, two, two_again, heavy, box)]


def test_closing_posts_the_packed_part_of_an_order_and_its_other_part_is_ready_again(app_context: Flask) -> None:
    make_edition(shelf=1_000)
    order = make_order(lines={"MAN26": 522})
    dispatch = make_dispatch(order)
    letter = next(parcel for parcel in dispatch.parcels if parcel.kind is PostKind.LETTER)
    transact(lifecycle.pack, dispatch.id, letter.sequence, packed=True, at=NOW, by=BY)
    transact(lifecycle.close, dispatch.id, at=NOW, by=BY)
    assert (order.status, order.lines[0].sent, order.lines[0].reserved) == (OrderStatus.READY, 24, 498)


def test_one_copy_over_thirty_kilograms_is_refused_with_the_orders_that_hold_it(app_context: Flask) -> None:
    make_edition()
    order, light = make_order(lines={"MAN26": 1}), make_order(lines={"LIV26": 1})
    edition_lookup.get_publication("MAN26").unit_weight_mg = 30_000_000
    db.session.commit()
    with pytest.raises(TooLargeInOrders) as refusal:
        make_dispatch(order, light)
    assert [reference for reference, _ in refusal.value.orders] == [order.reference]
    assert light.status is OrderStatus.READY
    assert order.shown_reference in sentence(refusal.value)

"""What lies in which parcel of an open dispatch is changed by hand."""

from typing import Any

import pytest
from flask import Flask

from orders.database import db, transact
from orders.ordering.lifecycle import approval
from orders.ordering.models import Order, OrderStatus
from orders.packing.models import DoesNotFit, PostKind, UnknownPackaging
from orders.shipping.dispatches import lifecycle, overview, repacking
from orders.shipping.models import (
    ContentsChanged,
    Dispatch,
    DispatchEnded,
    NothingToShare,
    NotThatMany,
    OtherAddress,
    Parcel,
    UnknownDispatch,
)
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order

HERE: dict[str, Any] = {"street": "Rue de la Senne", "number": "32", "postcode": "5590", "town": "Ciney"}


@pytest.fixture(autouse=True)
def edition(app_context: Flask) -> None:
    make_edition(shelf=2_000)


def make_another(**fields: Any) -> Order:
    """An order to an address that has one already: a coordinator accepted it."""
    return transact(approval.accept, make_order(**fields).reference, at=NOW, by=BY)


def parcels(dispatch: Dispatch) -> dict[int, Parcel]:
    return {parcel.sequence: parcel for parcel in lifecycle.parcels_of(dispatch)}


def shape(dispatch: Dispatch) -> list[tuple[int, str, str, list[tuple[str, int]]]]:
    """Number, k/n, packaging and copies of every parcel."""
    return [
        (
            parcel.sequence,
            f"{parcel.part}/{parcel.parts}",
            parcel.packaging_code,
            [(content.line.publication.code, content.copies) for content in parcel.contents],
        )
        for parcel in lifecycle.parcels_of(dispatch)
    ]


def move(dispatch: Dispatch, sequence: int, copies: int | None, to: int | None = None, **more: Any) -> Parcel:
    line = parcels(dispatch)[sequence].contents[0].line.id
    version = more.pop("version", dispatch.version)
    return transact(
        repacking.move_copies, dispatch.id, sequence, line, copies, to, version=version, at=NOW, by=BY, **more
    )


def do(rule: Any, dispatch: Dispatch, sequence: int, *asked: object) -> Any:
    return transact(rule, dispatch.id, sequence, *asked, version=dispatch.version, at=NOW, by=BY)


def test_copies_move_into_a_new_parcel_which_is_as_small_as_can_be(app_context: Flask) -> None:
    dispatch = make_dispatch(make_order(lines={"MAN26": 24}), make_order(lines={"LIV26": 1}))
    assert [number for number, *_ in shape(dispatch)] == [1, 2]
    new = move(dispatch, 2, 4)
    assert (new.sequence, new.packaging_code, new.kind) == (3, "C5", PostKind.LETTER)
    assert shape(dispatch) == [
        (1, "1/1", "C5", [("LIV26", 1)]),
        (2, "1/2", "C4", [("MAN26", 20)]),
        (3, "2/2", "C5", [("MAN26", 4)]),
    ]
    assert parcels(dispatch)[2].weight_mg == 20 * 59_000 + 5_000 + 21_000


def test_copies_move_between_the_parcels_of_an_order_and_an_empty_one_goes_with_its_number(app_context: Flask) -> None:
    dispatch = make_dispatch(make_order(lines={"MAN26": 24}))
    move(dispatch, 1, 4)
    move(dispatch, 2, 4, to=1)
    assert shape(dispatch) == [(1, "1/1", "C4", [("MAN26", 24)])]
    assert move(dispatch, 1, 3).sequence == 3


def test_a_split_chooses_the_packaging_of_both_parcels_anew(app_context: Flask) -> None:
    dispatch = make_dispatch(make_order(lines={"MAN26": 30}))
    assert [code for _, _, code, _ in shape(dispatch)] == ["BOX"]
    move(dispatch, 1, 24)
    assert [code for _, _, code, _ in shape(dispatch)] == ["C5", "C4"]
    assert {parcel.kind for parcel in parcels(dispatch).values()} == {PostKind.LETTER}
    move(dispatch, 1, 1, to=2)
    assert [code for _, _, code, _ in shape(dispatch)] == ["C5", "BOX"]
    assert parcels(dispatch)[2].kind is PostKind.PARCEL


def test_what_does_not_fit_is_refused_and_nothing_changes(app_context: Flask) -> None:
    dispatch = make_dispatch(make_order(lines={"MAN26": 24}))
    before = shape(dispatch)
    with pytest.raises(DoesNotFit):
        do(repacking.change_packaging, dispatch, 1, "C5")
    db.session.rollback()
    assert shape(dispatch) == before
    do(repacking.change_packaging, dispatch, 1, "BOX")
    assert shape(dispatch)[0][2] == "BOX"


def test_a_changed_parcel_is_no_longer_packed(app_context: Flask) -> None:
    dispatch = make_dispatch(make_order(lines={"MAN26": 4}))
    transact(lifecycle.pack, dispatch.id, 1, packed=True, at=NOW, by=BY)
    do(repacking.change_packaging, dispatch, 1, "C4")
    assert parcels(dispatch)[1].packed_at is None


@pytest.mark.parametrize("copies", [None, 0, -1, 25])
def test_only_copies_that_are_in_a_parcel_leave_it(app_context: Flask, copies: int | None) -> None:
    dispatch = make_dispatch(make_order(lines={"MAN26": 24}))
    with pytest.raises(NotThatMany):
        move(dispatch, 1, copies)
    with pytest.raises(NotThatMany):
        move(dispatch, 1, 1, to=1)
    with pytest.raises(UnknownDispatch):
        move(dispatch, 1, 1, to=9)
    with pytest.raises(UnknownPackaging):
        do(repacking.change_packaging, dispatch, 1, "C9")


def test_copies_never_go_to_another_address(app_context: Flask) -> None:
    dispatch = make_dispatch(make_order(lines={"MAN26": 2}), make_order(lines={"MAN26": 3}))
    with pytest.raises(OtherAddress):
        move(dispatch, 1, 1, to=2)


def test_whoever_saw_an_older_split_is_told_so(app_context: Flask) -> None:
    dispatch = make_dispatch(make_order(lines={"MAN26": 24}))
    seen = dispatch.version
    move(dispatch, 1, 4)
    for version in (seen, None):
        with pytest.raises(ContentsChanged):
            move(dispatch, 1, 4, version=version)


def test_a_dispatch_that_has_ended_is_not_repacked(app_context: Flask) -> None:
    dispatch = make_dispatch(make_order(lines={"MAN26": 24}))
    transact(lifecycle.close, dispatch.id, at=NOW, by=BY, everything=True)
    with pytest.raises(DispatchEnded):
        move(dispatch, 1, 4)


def test_two_orders_to_one_address_share_a_parcel_with_both_slips_weighed(app_context: Flask) -> None:
    first = make_order(lines={"MAN26": 4}, **HERE)
    elsewhere = make_order(lines={"MAN26": 5})
    second = make_another(lines={"MAN26": 6, "LIV26": 2}, **HERE)
    dispatch = make_dispatch(first, elsewhere, second)
    assert overview.same_address(dispatch, lifecycle.parcels_of(dispatch)) == {1: [3], 3: [1]}
    shared = do(repacking.share, dispatch, 3)
    assert [order.id for order in shared.orders] == [first.id, second.id]
    assert [number for number, *_ in shape(dispatch)] == [1, 2]
    assert shared.weight_mg == 10 * 59_000 + 2 * 17_000 + 2 * 5_000 + 21_000
    transact(lifecycle.close, dispatch.id, at=NOW, by=BY, everything=True)
    assert {order.status for order in (first, second)} == {OrderStatus.SENT}
    assert [line.sent for line in second.lines] == [6, 2]


def test_shared_parcels_are_numbered_together_and_come_apart_again(app_context: Flask) -> None:
    orders = [make_order(lines={"MAN26": 520}, **HERE), make_another(lines={"MAN26": 10}, **HERE)]
    dispatch = make_dispatch(*orders)
    before = shape(dispatch)
    assert [part for _, part, *_ in before] == ["1/1", "1/2", "2/2"]
    do(repacking.share, dispatch, 1)
    together = shape(dispatch)
    assert [part for _, part, *_ in together] == ["1/2", "2/2"]
    assert sum(copies for *_, contents in together for _, copies in contents) == 530
    do(repacking.separate, dispatch, 1)
    apart = shape(dispatch)
    assert sorted(contents for *_, contents in apart) == sorted(contents for *_, contents in before)
    assert len({number for number, *_ in apart}) == 3
    for each, order in ((orders[0], 520), (orders[1], 10)):
        held = [
            content.copies
            for parcel in parcels(dispatch).values()
            for content in parcel.contents
            if content.line.order_id == each.id
        ]
        assert sum(held) == order


def test_there_is_nothing_to_share_with_oneself(app_context: Flask) -> None:
    dispatch = make_dispatch(make_order(lines={"MAN26": 520}), make_order(lines={"MAN26": 1}))
    for sequence in parcels(dispatch):
        with pytest.raises(NothingToShare):
            do(repacking.share, dispatch, sequence)
    assert overview.same_address(dispatch, lifecycle.parcels_of(dispatch)) == {}

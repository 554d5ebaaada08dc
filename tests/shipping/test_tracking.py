"""What stands in the carrier's rows: which parcel is meant, and whether the number is one."""

from collections.abc import Sequence

import pytest
from flask import Flask

from orders.database import transact
from orders.ordering.lookup.tracked_orders import read_number
from orders.shipping.carrier import tracking
from orders.shipping.carrier.tracking import Columns, Fault, RowFault, read_customer_reference
from orders.shipping.dispatches import lifecycle
from orders.shipping.models import Dispatch, DispatchEnded
from orders.spreadsheets import Row
from tests.factories import BY, NOW, make_dispatch, make_edition, make_order

BOTH = Columns(0, 1)


def number(n: int) -> str:
    return f"3232{n:020}"


@pytest.fixture
def dispatch(app_context: Flask) -> Dispatch:
    """A box, and an order of two."""
    make_edition(shelf=2_000)
    return make_dispatch(make_order(lines={"MAN26": 60}), make_order(lines={"MAN26": 900}))


def check(dispatch: Dispatch, *rows: Sequence[str]) -> tuple[dict[int, str], list[RowFault]]:
    """Numbers by parcel and wrong rows, of a file that begins in line 2."""
    checked = tracking.check(dispatch, [Row(line, tuple(row)) for line, row in enumerate(rows, 2)], BOTH)
    return dict(checked.numbers), list(checked.faults)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("BCDFKLND", None),
        ("", None),
        ("{}", (None, None)),
        ("{}-12", (12, None)),
        ("{} - 3", (3, None)),
        ("{} 2/3", (None, 2)),
        ("{}-2/3", (None, 2)),
        ("{} 10 / 12", (None, 10)),
    ],
)
def test_a_customer_reference_says_order_number_and_part(
    app_context: Flask, typed: str, meant: tuple[int | None, int | None] | None
) -> None:
    make_edition()
    reference = make_order().reference
    read = read_customer_reference(typed.format(reference))
    assert read == (None if meant is None else (reference, *meant))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (number(7), number(7)),
        (f" {number(7)[:12]} {number(7)[12:]} ", number(7)),
        ("rr123456789be", "RR123456789BE"),
        (number(7)[:-1], None),
        ("3233" + number(7)[4:], None),
        ("RR12345678BE", None),
    ],
)
def test_a_tracking_number_is_bposts_or_of_the_postal_union(typed: str, read: str | None) -> None:
    assert read_number(typed) == read


def test_a_row_names_its_parcel_by_order_by_number_or_by_part(dispatch: Dispatch) -> None:
    single, large = (dispatch.parcels[n].orders[0].reference for n in (0, 1))
    rows = [(single, number(1)), (f"{large}-3", number(3)), (f"{large} 1/2", number(2))]
    assert check(dispatch, *rows) == ({1: number(1), 2: number(2), 3: number(3)}, [])


def test_every_wrong_row_is_told_with_its_line(dispatch: Dispatch) -> None:
    single, large = (dispatch.parcels[n].orders[0].reference for n in (0, 1))
    elsewhere = make_dispatch(make_order(lines={"MAN26": 60}))
    transact(tracking.note, elsewhere.id, {1: number(9)}, at=NOW, by=BY)
    numbers, faults = check(
        dispatch,
        (single, number(1)),
        (single, number(2)),
        (large, number(3)),
        (f"{large}-1", number(4)),
        (f"{large}-2", number(1)),
        (f"{large}-2", number(9)),
        (f"{large}-2", ""),
        (f"{large}-2", "3,23200E+23"),
        (f"{large}-2", "323"),
        ("rien", number(5)),
    )
    assert numbers == {1: number(1)}
    assert [(each.line, each.fault, each.other) for each in faults] == [
        (3, Fault.PARCEL_TWICE, 2),
        (4, Fault.WHICH_PARCEL, None),
        (5, Fault.NOT_IN_DISPATCH, None),
        (6, Fault.NUMBER_TWICE, 2),
        (7, Fault.NUMBER_ELSEWHERE, None),
        (8, Fault.NO_NUMBER, None),
        (9, Fault.ROUNDED, None),
        (10, Fault.NOT_A_NUMBER, None),
        (11, Fault.NOT_A_REFERENCE, None),
    ]


def test_numbers_are_noted_once_and_not_for_a_dispatch_that_is_no_more(dispatch: Dispatch) -> None:
    new = [transact(tracking.note, dispatch.id, {1: number(1), 2: number(2)}, at=NOW, by=BY) for _ in range(2)]
    assert new == [2, 0]
    assert [parcel.tracking_number for parcel in dispatch.parcels] == [number(1), number(2), None]
    undone = make_dispatch(make_order())
    transact(lifecycle.undo, undone.id, at=NOW, by=BY)
    with pytest.raises(DispatchEnded):
        transact(tracking.note, undone.id, {1: number(8)}, at=NOW, by=BY)

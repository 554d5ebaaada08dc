"""Which of several parcels one is: 1/3, 2/3, 3/3, over everything that goes together."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as some

from orders.ordering.models import OrderLine
from orders.shipping.dispatches.creation import number_parts
from orders.shipping.models import Parcel, ParcelContent


def parcels(*orders: Sequence[int]) -> list[Parcel]:
    """A parcel for each group of order ids, numbered from 1."""
    return [
        Parcel(sequence=sequence, contents=[ParcelContent(line=OrderLine(order_id=each)) for each in inside])
        for sequence, inside in enumerate(orders, start=1)
    ]


def numbered(*orders: Sequence[int], backwards: bool = False) -> list[str]:
    made = parcels(*orders)
    number_parts(made[::-1] if backwards else made)
    return [f"{each.part}/{each.parts}" for each in made]


@pytest.mark.parametrize("backwards", [False, True])
def test_parcels_of_one_order_and_of_orders_that_share_one_go_together(backwards: bool) -> None:
    assert numbered([1], [2], [1], backwards=backwards) == ["1/2", "1/1", "2/2"]
    assert numbered([1], [2], [3], [1, 2], [4], backwards=backwards) == ["1/3", "2/3", "1/1", "3/3", "1/1"]
    assert numbered([1], [2], [2, 3], [3, 1], backwards=backwards) == ["1/4", "2/4", "3/4", "4/4"]


@given(some.lists(some.sets(some.integers(1, 6), min_size=1, max_size=3), max_size=12))
def test_what_goes_together_is_what_orders_connect(inside: list[set[int]]) -> None:
    made = parcels(*map(sorted, inside))
    number_parts(made)
    for each, orders in zip(made, inside, strict=True):
        mates = set(orders)
        while (wider := mates.union(*(other for other in inside if other & mates))) != mates:
            mates = wider
        group = [n for n, other in enumerate(inside, start=1) if other & mates]
        assert (each.part, each.parts) == (group.index(each.sequence) + 1, len(group))

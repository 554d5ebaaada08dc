"""Every copy goes into exactly one parcel that closes and that the post takes; letters first, few parcels."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.packing.models import LIMITS, DoesNotFit, Packaging, PostKind, TooLargeToPost
from orders.packing.splitting import (
    ENVELOPE_THICKNESS_UM,
    SLIP_THICKNESS_UM,
    SLIP_WEIGHT_MG,
    Item,
    PackedParcel,
    fits,
    pack,
    split,
)
from orders.packing.stack_height import highest_pile_um
from tests.packing.packagings import BOX, C4, C5, FIRST, booklets, manuals

MANUALS_IN_A_BOX = 498  # (30 000 - 600 - 5) g : 59 g


def said(parcels: Sequence[PackedParcel]) -> list[tuple[str, dict[str, int]]]:
    return [(parcel.packaging.code, dict(parcel.contents)) for parcel in parcels]


@pytest.mark.parametrize(
    ("copies", "packagings"),
    [
        (1, ["C5"]),
        (6, ["C5"]),
        (7, ["C4"]),
        (23, ["C4"]),
        (24, ["C4"]),
        (25, ["BOX"]),
        (48, ["BOX"]),
        (MANUALS_IN_A_BOX, ["BOX"]),
        (MANUALS_IN_A_BOX + 1, ["BOX", "C5"]),
        (MANUALS_IN_A_BOX + 24, ["BOX", "C4"]),
        (MANUALS_IN_A_BOX + 25, ["BOX", "BOX"]),
        (2 * MANUALS_IN_A_BOX + 6, ["BOX", "BOX", "C5"]),
    ],
)
def test_manuals_are_a_letter_up_to_24_and_one_box_from_25(copies: int, packagings: list[str]) -> None:
    assert [parcel.packaging.code for parcel in split([manuals(copies)], FIRST)] == packagings


def test_the_24th_manual_is_the_last_by_thickness_long_before_weight() -> None:
    [letter] = split([manuals(24)], FIRST)
    assert (letter.kind, letter.weight_mg, letter.thickness_um) == (PostKind.LETTER, 1_442_000, 28_100)
    [parcel] = split([manuals(25)], FIRST)
    assert parcel.kind is PostKind.PARCEL
    thickness = 13 * 2_300 + SLIP_THICKNESS_UM + ENVELOPE_THICKNESS_UM
    assert thickness == 30_400 > LIMITS[PostKind.LETTER].sides_mm[2] * 1_000 > 13 * 2_300


def test_booklets_end_by_weight() -> None:
    [letter] = split([booklets(115)], FIRST)
    assert (letter.packaging.code, letter.weight_mg) == ("C4", 115 * 17_000 + 21_000 + 5_000)
    [heaviest] = split([booklets(116)], FIRST)
    assert (heaviest.kind, heaviest.weight_mg) == (PostKind.LETTER, 1_998_000)
    [parcel] = split([booklets(117)], FIRST)
    assert parcel.kind is PostKind.PARCEL


def test_a_letter_of_exactly_two_kilos_is_a_letter_and_one_milligram_more_is_a_parcel() -> None:
    most = 2_000_000 - C4.empty_weight_mg - SLIP_WEIGHT_MG
    assert [split([Item("X", 2, weight, 7_000)], FIRST)[0].kind for weight in (most // 2, most // 2 + 1)] == [
        PostKind.LETTER,
        PostKind.PARCEL,
    ]


def test_a_letter_of_exactly_thirty_millimetres_is_a_letter_and_one_micrometre_more_is_a_parcel() -> None:
    most = 30_000 - ENVELOPE_THICKNESS_UM - SLIP_THICKNESS_UM
    [letter] = split([Item("X", 2, 1_000, most)], FIRST)
    assert (letter.kind, letter.thickness_um) == (PostKind.LETTER, 30_000)
    [parcel] = split([Item("X", 2, 1_000, most + 1)], FIRST)
    assert parcel.kind is PostKind.PARCEL


def test_booklets_fill_the_lower_of_two_piles() -> None:
    assert highest_pile_um([manuals(23), booklets(6)], 2) == 12 * 2_300
    [letter] = split([manuals(23), booklets(6)], FIRST)
    assert (letter.packaging.code, letter.thickness_um) == ("C4", 28_100)


def test_an_order_of_several_publications_is_one_letter_where_it_can_be() -> None:
    assert said(split([booklets(20), manuals(5)], FIRST)) == [("C4", {"MAN26": 5, "LIV26": 20})]
    assert said(split([booklets(6), manuals(4)], FIRST)) == [("C5", {"MAN26": 4, "LIV26": 6})]


def test_boxes_are_filled_one_after_the_other_the_thickest_first() -> None:
    assert said(split([booklets(100), manuals(500)], FIRST)) == [
        ("BOX", {"MAN26": MANUALS_IN_A_BOX}),
        ("C4", {"MAN26": 2, "LIV26": 100}),
    ]


def test_nothing_to_pack_is_no_parcel() -> None:
    assert split([], FIRST) == ()
    assert split([manuals(0)], FIRST) == ()


def test_lines_of_one_publication_lie_together() -> None:
    assert said(split([manuals(10), booklets(1), manuals(14)], FIRST)) == [("C4", {"MAN26": 24, "LIV26": 1})]
    assert said(split([manuals(10), manuals(15)], FIRST)) == [("BOX", {"MAN26": 25})]


def test_copies_that_differ_under_one_code_are_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="MAN26"):
        split([manuals(1), Item("MAN26", 1, 1, 1)], FIRST)


@pytest.mark.parametrize("numbers", [(-1, 1, 1), (1, 0, 1), (1, 1, 0)])
def test_copies_without_weight_or_thickness_are_a_mistake_of_the_program(numbers: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="not copies"):
        Item("MAN26", *numbers)


def test_without_a_box_there_are_several_letters() -> None:
    assert said(split([manuals(50)], [C5, C4])) == [
        ("C4", {"MAN26": 24}),
        ("C4", {"MAN26": 24}),
        ("C5", {"MAN26": 2}),
    ]


def test_one_copy_above_thirty_kilos_is_refused_with_its_weight() -> None:
    most = 30_000_000 - BOX.empty_weight_mg - SLIP_WEIGHT_MG
    assert said(split([Item("X", 2, most, 2_000)], FIRST)) == [("BOX", {"X": 1}), ("BOX", {"X": 1})]
    with pytest.raises(TooLargeToPost) as refusal:
        split([manuals(3), Item("X", 2, most + 1, 2_000)], FIRST)
    assert (refusal.value.code, refusal.value.unit_weight_mg) == ("X", most + 1)


def test_one_copy_thicker_than_every_packaging_is_refused_with_its_thickness() -> None:
    with pytest.raises(TooLargeToPost) as refusal:
        split([Item("X", 1, 1_000, 300_000)], FIRST)
    assert (refusal.value.code, refusal.value.unit_thickness_um) == ("X", 300_000)


def test_two_orders_in_one_parcel_have_a_slip_each() -> None:
    [letter] = split([manuals(4)], FIRST, slips=2)
    assert letter.weight_mg == 4 * 59_000 + 2 * SLIP_WEIGHT_MG + C5.empty_weight_mg
    assert letter.thickness_um == 4 * 2_300 + 2 * SLIP_THICKNESS_UM + ENVELOPE_THICKNESS_UM
    assert said(split([manuals(6)], FIRST, slips=2))[0][0] == "C4"


def test_somebody_may_choose_another_packaging_as_long_as_it_closes() -> None:
    assert pack([manuals(3)], BOX).kind is PostKind.PARCEL
    with pytest.raises(DoesNotFit) as refusal:
        pack([manuals(7)], C5)
    assert (refusal.value.packaging, refusal.value.height_um, refusal.value.most_um) == ("C5", 16_300, 14_000)
    with pytest.raises(DoesNotFit) as refusal:
        pack([booklets(117)], C4)
    assert (refusal.value.weight_mg, refusal.value.most_mg) == (2_015_000, 2_000_000)


some_items = st.lists(
    st.builds(
        Item,
        code=st.sampled_from("ABCD"),
        copies=st.integers(0, 900),
        unit_weight_mg=st.integers(100, 400_000),
        unit_thickness_um=st.integers(50, 20_000),
    ),
    max_size=4,
    unique_by=lambda item: item.code,
)
some_packagings = st.sampled_from([FIRST, (C5, C4), (C4, BOX), (BOX,), FIRST[::-1]])


@given(some_items, some_packagings, st.integers(1, 3))
def test_every_copy_is_in_exactly_one_parcel_and_no_limit_is_exceeded(
    items: list[Item], packagings: tuple[Packaging, ...], slips: int
) -> None:
    parcels = split(items, packagings, slips=slips)
    by_code = {item.code: item for item in items}
    assert sum((Counter(parcel.contents) for parcel in parcels), Counter()) == Counter(
        {item.code: item.copies for item in items if item.copies}
    )
    for parcel in parcels:
        weight = sum(by_code[code].unit_weight_mg * copies for code, copies in parcel.contents.items())
        assert parcel.weight_mg == weight + parcel.packaging.empty_weight_mg + slips * SLIP_WEIGHT_MG
        assert parcel.weight_mg <= LIMITS[parcel.kind].weight_mg
        assert min(parcel.contents.values()) > 0
        if parcel.kind is PostKind.LETTER:
            assert parcel.thickness_um <= LIMITS[PostKind.LETTER].sides_mm[2] * 1_000
        else:
            assert parcel.thickness_um <= parcel.packaging.inner_depth_mm * 1_000


@given(some_items, st.integers(1, 50), st.data())
def test_more_copies_never_give_fewer_parcels(items: list[Item], more: int, data: st.DataObject) -> None:
    before = len(split(items, FIRST))
    code = data.draw(st.sampled_from("ABCD"))
    alike = [item for item in items if item.code == code]
    added = Item(code, more, alike[0].unit_weight_mg, alike[0].unit_thickness_um) if alike else Item(code, more, 9, 9)
    assert len(split([*items, added], FIRST)) >= before


@given(some_items, some_packagings)
def test_what_fits_one_letter_is_one_letter_and_what_fits_one_box_is_one_parcel(
    items: list[Item], packagings: tuple[Packaging, ...]
) -> None:
    items = [item for item in items if item.copies]
    parcels = split(items, packagings)
    if any(packaging.can_be_letter and fits(items, packaging) for packaging in packagings) and items:
        assert [parcel.kind for parcel in parcels] == [PostKind.LETTER]
    elif any(fits(items, packaging) for packaging in packagings) and items:
        assert [parcel.kind for parcel in parcels] == [PostKind.PARCEL]


@given(st.integers(0, 3_000), st.integers(100, 3_000_000), st.integers(50, 60_000))
def test_of_one_publication_there_are_as_few_parcels_as_there_can_be(copies: int, weight: int, thickness: int) -> None:
    by_weight = (30_000_000 - BOX.empty_weight_mg - SLIP_WEIGHT_MG) // weight
    by_height = (300_000 - SLIP_THICKNESS_UM) // thickness * BOX.piles
    parcels = split([Item("X", copies, weight, thickness)], FIRST)
    assert len(parcels) == -(-copies // min(by_weight, by_height))
    assert all(parcel.kind is PostKind.PARCEL for parcel in parcels[:-1])


@given(some_items)
def test_the_order_of_lines_and_of_packagings_changes_nothing(items: list[Item]) -> None:
    assert said(split(items, FIRST)) == said(split(items[::-1], FIRST[::-1]))


def best_by_trying(thicknesses: list[int]) -> int:
    """The height of the higher of two piles, by trying all ways to make them."""
    return min(
        max(sum(t for t, left in zip(thicknesses, way, strict=True) if left is side) for side in (True, False))
        for way in product((True, False), repeat=len(thicknesses))
    )


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 400)), max_size=3))
def test_two_piles_are_as_even_as_they_can_be(kinds: list[tuple[int, int]]) -> None:
    items = [Item(str(n), copies, 1, thickness) for n, (copies, thickness) in enumerate(kinds)]
    alone = [thickness for copies, thickness in kinds for _ in range(copies)]
    assert highest_pile_um(items, 2) == best_by_trying(alone)


@pytest.mark.parametrize("piles", [1, 2, 3, 4])
def test_a_pile_grows_with_every_copy(piles: int) -> None:
    heights = [highest_pile_um([manuals(copies), booklets(7)], piles) for copies in range(60)]
    assert all(lower <= higher for lower, higher in pairwise(heights))
    assert highest_pile_um([manuals(9)], piles) == -(-9 // piles) * 2_300

"""What is sent and what it costs: letters are free, a parcel costs its step, an unknown price stays unknown."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from orders.catalogue import edition_lookup
from orders.packing.models import PostKind
from orders.packing.postage import ParcelSummary, last_letter, letter_steps, quote, quote_by, step_of
from orders.packing.splitting import Item, split
from orders.packing.tariff import Tariff
from tests.factories import make_edition
from tests.packing.packagings import BOX, FIRST, booklets, manuals, rates, tariff

PRICES = (590, 790, 1_090, 1_490, 1_990)
LETTERS = rates(PostKind.LETTER, {100: 200, 350: 300, 1_000: 500, 2_000: 700})


def test_a_letter_is_free_even_when_no_price_is_known() -> None:
    quoted = quote_by(tariff(), [manuals(24)])
    assert (quoted.letters, quoted.boxes, quoted.price_cents, quoted.is_free) == (1, 0, 0, True)
    assert quoted.parcels == (ParcelSummary("C4", PostKind.LETTER, {"MAN26": 24}, 1_442, 0),)


def test_a_parcel_without_a_known_price_has_none_and_is_not_free() -> None:
    quoted = quote_by(tariff(), [manuals(25)])
    assert (quoted.letters, quoted.boxes, quoted.price_cents, quoted.is_free) == (0, 1, None, False)
    assert quoted.parcels[0].price_cents is None


def test_a_parcel_costs_the_step_of_its_weight_with_box_and_slip() -> None:
    quoted = quote_by(tariff(*PRICES), [manuals(25)])
    assert (quoted.weight_g, quoted.price_cents) == (2_080, 790)


def test_only_the_boxes_of_an_order_are_paid() -> None:
    quoted = quote_by(tariff(*PRICES), [manuals(498 * 2 + 3)])
    assert (quoted.letters, quoted.boxes, quoted.price_cents) == (1, 2, 2 * 1_990)


def test_one_unknown_price_makes_the_sum_unknown() -> None:
    quoted = quote_by(tariff(590, None, 1_090, 1_490, 1_990), [manuals(498 + 25)])
    assert ([parcel.price_cents for parcel in quoted.parcels], quoted.price_cents) == ([1_990, None], None)


def test_an_empty_basket_is_free() -> None:
    quoted = quote_by(tariff(), [])
    assert (quoted.parcels, quoted.weight_g, quoted.price_cents, quoted.is_free) == ((), 0, 0, True)


def test_a_step_includes_its_own_weight_and_not_a_milligram_more() -> None:
    found = [step_of(PostKind.LETTER, weight, LETTERS) for weight in (1, 100_000, 100_001, 2_000_000, 2_000_001)]
    assert [rate and rate.up_to_g for rate in found] == [100, 100, 350, 2_000, None]


def test_letters_are_counted_by_step_the_lightest_first() -> None:
    weights = [1_442_000, 72_000, 99_000, 130_000, 2_500_000]
    assert list(letter_steps(weights, LETTERS).items()) == [(100, 2), (350, 1), (2_000, 1), (None, 1)]
    assert letter_steps([], LETTERS) == {}


@pytest.mark.parametrize(("item", "last"), [(manuals(1), 24), (booklets(1), 116), (Item("X", 1, 2_000_000, 50), 0)])
def test_the_last_letter_of_a_publication(item: Item, last: int) -> None:
    assert last_letter(item, FIRST) == last


def test_the_last_letter_counts_what_lies_beside() -> None:
    assert last_letter(manuals(99), FIRST, beside=[manuals(30), booklets(40)]) == 19
    assert last_letter(manuals(1), FIRST, beside=[booklets(117)]) == 0


def test_without_an_envelope_there_is_no_last_letter() -> None:
    assert last_letter(manuals(1), [BOX]) == 0


@given(st.integers(0, 80), st.integers(1_000, 300_000), st.integers(50, 40_000))
def test_up_to_the_last_letter_it_is_a_letter_and_one_more_is_a_parcel(others: int, weight: int, thick: int) -> None:
    item = Item("X", 1, weight, thick)
    last = last_letter(item, FIRST, beside=[booklets(others)])
    for copies, kind in ((last, PostKind.LETTER), (last + 1, PostKind.PARCEL)):
        if copies:
            parcels = split([Item("X", copies, weight, thick), booklets(others)], FIRST)
            assert [parcel.kind for parcel in parcels] == [kind]


@given(st.integers(0, 1_500), st.integers(0, 1_500))
def test_more_copies_never_cost_less(fewer: int, more: int) -> None:
    def price(copies: int) -> int:
        known = quote_by(tariff(*PRICES), [manuals(copies)]).price_cents
        assert known is not None
        return known

    fewer, more = sorted((fewer, more))
    assert price(fewer) <= price(more)


def test_a_step_that_is_missing_has_no_price() -> None:
    short = Tariff(FIRST, rates(PostKind.PARCEL, {2_000: 590}))
    assert quote_by(short, [manuals(25)]).price_cents is None


def test_a_quote_by_what_is_kept_today(app_context: Flask) -> None:
    make_edition()
    manual, booklet = (edition_lookup.get_publication(code) for code in ("MAN26", "LIV26"))
    quoted = quote([Item.of(manual, 4), Item.of(booklet, 6)])
    assert quoted.parcels == (ParcelSummary("C5", PostKind.LETTER, {"MAN26": 4, "LIV26": 6}, 351, 0),)
    assert quote([Item.of(manual, 25)]).price_cents is None

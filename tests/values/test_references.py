"""The order reference catches what hands and scanners get wrong, and reads what they get right."""

import random
from contextlib import suppress
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.references import (
    ALPHABET,
    MistypedReference,
    Mistyping,
    make_code,
    make_reference,
    read_code,
    read_reference,
    show_reference,
)

references = st.integers().map(lambda seed: make_reference(random.Random(seed).choice))


def is_caught(text: str) -> bool:
    try:
        read_reference(text)
    except MistypedReference as mistyped:
        return mistyped.mistyping is Mistyping.CHECK
    return False


def swapped(reference: str, position: int) -> str:
    return reference[:position] + reference[position + 1] + reference[position] + reference[position + 2 :]


def reference_of(seven_letters: str) -> str:
    letters = iter(seven_letters)
    return make_reference(lambda _: next(letters))


def test_a_reference_made_by_hand_from_the_rule_is_read() -> None:
    # K=8 L=9 N=10 B=0 R=12 T=14 V=15: 8 + 18 + 30 + 0 + 60 + 84 + 105 = 305 = 17 × 17 + 16, and X is 16.
    assert read_reference("KLNBRTVX") == "KLNBRTVX"


def test_references_have_eight_letters_that_every_keyboard_has_on_the_same_key() -> None:
    made = [make_reference() for _ in range(500)]
    assert all(len(reference) == 8 and set(reference) <= set(ALPHABET) for reference in made)
    assert len(set(made)) == 500
    assert not set("AQWZMYOIU0123456789") & set(ALPHABET)


def test_the_source_of_chance_can_be_given() -> None:
    assert make_reference(random.Random(7).choice) == make_reference(random.Random(7).choice)
    assert make_reference(lambda letters: letters[0]) == "BBBBBBBB"


@given(references)
def test_every_reference_is_read_back_as_made_and_as_shown(reference: str) -> None:
    assert read_reference(reference) == reference
    assert read_reference(show_reference(reference)) == reference


@given(references, st.binary(min_size=8, max_size=32))
def test_a_slips_code_is_read_as_its_reference_and_its_mark(reference: str, shown: bytes) -> None:
    code = make_code(reference, shown)
    assert (len(code), set(code) <= set(ALPHABET)) == (13, True)
    assert read_reference(code.lower()) == reference
    assert read_code(show_reference(code)) == (reference, code[8:12])
    assert read_code(reference) == (reference, "")


@given(references, st.binary(min_size=8, max_size=8))
def test_every_wrong_letter_and_every_swap_in_a_slips_code_is_caught(reference: str, shown: bytes) -> None:
    code = make_code(reference, shown)
    for place, letter in enumerate(code):
        assert all(is_caught(code[:place] + other + code[place + 1 :]) for other in ALPHABET if other != letter)
    for place in range(12):
        assert code[place] == code[place + 1] or is_caught(swapped(code, place))


@pytest.mark.parametrize("length", [9, 10, 11, 12, 14, 16])
def test_neither_a_reference_nor_a_code_has_another_length(length: int) -> None:
    with pytest.raises(MistypedReference) as refusal:
        read_code("B" * length)
    assert refusal.value.mistyping is Mistyping.LENGTH


def test_a_reference_is_shown_in_two_groups_of_four() -> None:
    assert show_reference("KLNBRTVX") == "KLNB-RTVX"


@pytest.mark.parametrize(
    "typed",
    [
        "klnbrtvx",
        "Klnb-Rtvx",
        " KLNB RTVX\r\n",
        "KLNB\u00a0RTVX",
        "KLNB\u202fRTVX",
        "K L N B - R T V X",
        "KLNB)RTVX",
        "klnb°rtvx",
        "KLNBßRTVX",
        "KLNB'RTVX",
        "KLNB?RTVX",
        "KLNB_RTVX",
        "KLNB\u2011RTVX",
        "KLNB–RTVX",
        "KLNB—RTVX",
        "KLNB−RTVX",
        "KLNB\u00adRTVX",
        "\ufeffKLNB\u200bRTVX",
        "\tKLNBRTVX\n",
    ],
)
def test_case_spaces_and_whatever_became_of_the_hyphen_do_not_matter(typed: str) -> None:
    assert read_reference(typed) == "KLNBRTVX"


@pytest.mark.parametrize(
    ("typed", "mistyping"),
    [
        ("", Mistyping.LENGTH),
        ("   ", Mistyping.LENGTH),
        ("KLNBRTV", Mistyping.LENGTH),
        ("KLNBRTVXX", Mistyping.LENGTH),
        ("KLNB-RTVX KLNB-RTVX", Mistyping.LENGTH),
        ("KLNB-RTVA", Mistyping.LETTER),
        ("KLN8-RTVX", Mistyping.LETTER),
        ("KLNB.RTVX", Mistyping.LETTER),
        ("КLNBRTVX", Mistyping.LETTER),  # a Cyrillic К looks the same and is not
        ("KLNB\x00RTVX", Mistyping.LETTER),
        ("KLNBRTVB", Mistyping.CHECK),
        ("X" * 100_000, Mistyping.LENGTH),
    ],
)
def test_a_typing_error_is_named(typed: str, mistyping: Mistyping) -> None:
    with pytest.raises(MistypedReference) as caught:
        read_reference(typed)
    assert caught.value.mistyping is mistyping
    assert caught.value.typed == typed


@given(references)
def test_every_single_wrong_letter_is_caught(reference: str) -> None:
    wrong = [
        reference[:position] + letter + reference[position + 1 :]
        for position, letter in product(range(8), ALPHABET)
        if letter != reference[position]
    ]
    assert len(wrong) == 8 * 16
    assert all(is_caught(text) for text in wrong)


@given(references)
def test_every_swap_of_neighbours_is_caught(reference: str) -> None:
    swaps = {swapped(reference, position) for position in range(7)} - {reference}
    assert all(is_caught(text) for text in swaps)


@pytest.mark.parametrize("position", range(6))
def test_no_pair_of_random_letters_is_swapped_unseen(position: int) -> None:
    """All 17 × 17 pairs at every place; what the other letters add is the same before and after."""
    for pair in product(ALPHABET, repeat=2):
        reference = reference_of("B" * position + "".join(pair) + "B" * (5 - position))
        changed = swapped(reference, position)
        assert changed == reference or is_caught(changed)


def test_the_check_letter_is_never_swapped_unseen() -> None:
    """The first letter, at position 1, gives the sum of the first six every value it can have."""
    for first, last in product(ALPHABET, repeat=2):
        reference = reference_of(first + "BBBBB" + last)
        changed = swapped(reference, 6)
        assert changed == reference or is_caught(changed)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_and_never_anything_else(text: str) -> None:
    with suppress(MistypedReference):
        assert len(read_reference(text)) == 8

"""An address is written as bpost reads it, and what cannot be posted is named."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.addresses import (
    LONGEST,
    ControlCharacters,
    MalformedPostcode,
    Missing,
    PostalAddress,
    Problem,
    TooLong,
    UnknownCountry,
    Unprintable,
    clean,
    problems,
    unprintable,
)
from orders.addresses.printable_letters import PRINTABLE

MARIE = PostalAddress("Mme Marie Dupont", "Rue de la Senne", "32", "5590", "Ciney", box="20")


def test_the_lines_stand_in_the_order_of_bpost() -> None:
    school = PostalAddress(
        name="Mme Marie Dupont",
        department="Direction",
        organisation="Athénée royal",
        building="Bâtiment C, 2e étage",
        street="Rue de la Senne",
        number="32",
        box="20",
        postcode="5590",
        town="Ciney",
    )
    assert school.lines() == (
        "Mme Marie Dupont",
        "Direction",
        "Athénée royal",
        "Bâtiment C, 2e étage",
        "Rue de la Senne 32 bte 20",
        "5590 CINEY",
    )


def test_lines_without_content_are_left_out() -> None:
    assert replace(MARIE, box="").lines() == ("Mme Marie Dupont", "Rue de la Senne 32", "5590 CINEY")


@pytest.mark.parametrize(
    ("town", "printed"),
    [
        ("Grâce-Hollogne", "GRÂCE-HOLLOGNE"),
        ("Braine-l’Alleud", "BRAINE-L’ALLEUD"),
        ("Büllingen", "BÜLLINGEN"),
        ("Œudeghien", "ŒUDEGHIEN"),
        ("Straßheim", "STRASSHEIM"),
        ("ȿ", "ȿ"),  # the font has no capital of this one
    ],
)
def test_the_place_is_in_capitals_and_keeps_its_accents(town: str, printed: str) -> None:
    assert replace(MARIE, town=town).lines()[-1] == f"5590 {printed}"


@pytest.mark.parametrize(("country", "printed"), [("FR", "FRANCE"), ("LU", "LUXEMBOURG")])
def test_the_country_is_the_last_line_and_only_abroad(country: str, printed: str) -> None:
    assert replace(MARIE, country=country).lines()[-2:] == ("5590 CINEY", printed)


@given(st.sampled_from(sorted(PRINTABLE)))
def test_a_letter_that_may_be_typed_can_be_printed_on_every_line(letter: str) -> None:
    lines = PostalAddress(letter, letter, letter, letter, letter, letter, letter, letter, letter).lines()
    assert unprintable("".join(lines)) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Rue   Haute ", "Rue Haute"),
        ("Rue\tHaute\r\n", "Rue Haute"),
        ("Rue\u00a0Haute\u2028", "Rue Haute"),
        ("\u200eRue\u200b Haute\u202c\ufeff", "Rue Haute"),
        ("Cle\u0301ment", "Clément"),
        ("Cle\u200d\u0301ment", "Clément"),
        ("Ren\u00adée", "Renée"),
        ("a\x00b\x1fc", "a\x00b\x1fc"),
        (" \x1c ", "\x1c"),
        ("   ", ""),
    ],
)
def test_cleaning_tidies_white_space_and_what_nobody_sees_and_hides_no_control_character(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_a_long_tower_of_accents_costs_no_time() -> None:
    assert len(clean("a" + "\u0301\u0323" * 200_000)) == 400_001


def test_an_address_that_can_be_posted_has_no_problem() -> None:
    assert problems(MARIE) == ()
    assert problems(replace(MARIE, name="  Mme  Marie\u00a0Dupont\n", postcode=" 5590 ")) == ()


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"name": ""}, Missing("name")),
        ({"street": " \u200b "}, Missing("street")),
        ({"town": ""}, Missing("town")),
        ({"postcode": ""}, Missing("postcode")),
        ({"street": "R" * 81}, TooLong("street", 80, by=1)),
        ({"number": "1234567890123"}, TooLong("number", 12, by=1)),
        ({"organisation": "é" * 135}, TooLong("organisation", 125, by=10)),
        ({"postcode": "105"}, MalformedPostcode("postcode")),
        ({"postcode": "B-5590"}, MalformedPostcode("postcode")),
        ({"postcode": "٥٥٩٠"}, MalformedPostcode("postcode")),
        ({"name": "محمد"}, Unprintable("name", ("م", "ح", "د"))),
        ({"box": "2\x000"}, ControlCharacters("box", ("\x00",))),
        ({"country": "DE"}, UnknownCountry("country")),
        ({"country": "FR"}, MalformedPostcode("postcode")),
    ],
)
def test_what_is_wrong_is_named_with_its_field(changes: dict[str, str], found: Problem) -> None:
    assert found in problems(replace(MARIE, **changes))


@pytest.mark.parametrize("field", ["name", "department", "organisation", "building", "street", "town"])
def test_a_field_may_be_as_long_as_real_names_are_and_no_longer(field: str) -> None:
    longest = LONGEST[field]
    assert problems(replace(MARIE, **{field: "É" * longest})) == ()
    assert problems(replace(MARIE, **{field: "É" * (longest + 1)})) == (TooLong(field, longest, by=1),)


def test_the_length_is_that_of_what_is_printed() -> None:
    assert problems(replace(MARIE, name="e\u0301" * 80)) == ()


def test_all_problems_are_named_at_once() -> None:
    found = problems(PostalAddress("", "R" * 85, "", "12", "😀\x00", box="1234567890123"))
    assert found == (
        Missing("name"),
        TooLong("street", 80, by=5),
        ControlCharacters("town", ("\x00",)),
        Unprintable("town", ("😀",)),
        TooLong("box", 12, by=1),
        MalformedPostcode("postcode"),
    )


@given(st.builds(PostalAddress, *[st.text(max_size=60)] * 9))
def test_an_address_without_problems_is_printed_whole(address: PostalAddress) -> None:
    if not problems(address):
        assert unprintable("".join(address.lines())) == []
        assert len(address.lines()) >= 3

"""One telephone number, however it is typed, is kept in international form; anything else is told as what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from orders.phone_numbers import Phone, PhoneFault, read_phone, show_phone


@pytest.mark.parametrize(
    "typed",
    [
        "0475123456", "0475/12.34.56", "04 75 12 34 56", "+32475123456", "+32 (0)475 12 34 56", "0032 475 12 34 56",
        "475123456", "475 12 34 56", "32475123456", "Tél. : 0475-12-34-56", "GSM 0475/123456", "0475.12.34.56.",
        "(0475) 12 34 56",
    ],
)  # fmt: skip
def test_a_number_is_kept_in_international_form(typed: str) -> None:
    assert read_phone(typed) == Phone("+32475123456")
    assert show_phone(read_phone(typed).number) == "0475 12 34 56"


@pytest.mark.parametrize(
    ("typed", "number", "shown"),
    [
        ("25388177", "+3225388177", "02 538 81 77"),
        ("81/22.33.44", "+3281223344", "081 22 33 44"),
        ("+33 6 12 34 56 78", "+33612345678", "+33 6 12 34 56 78"),
        ("33612345678", "+33612345678", "+33 6 12 34 56 78"),
        ("475123456.0", "+32475123456", "0475 12 34 56"),
        ("00352 621 123 456", "+352621123456", "+352 621 123 456"),
    ],
)
def test_numbers_without_their_0_and_from_elsewhere_are_known(typed: str, number: str, shown: str) -> None:
    assert read_phone(typed).number == number
    assert show_phone(number) == shown


@pytest.mark.parametrize("typed", ["", " ", "-", "?", "/", "--", "néant", "Aucun", "n/a", "geen", "keine"])
def test_a_sign_or_a_word_for_none_is_no_number_and_no_fault(typed: str) -> None:
    assert read_phone(typed) == Phone()


@pytest.mark.parametrize(
    ("typed", "fault", "first"),
    [
        ("0475/12.34.56 (soir)", PhoneFault.REMARK, "0475 12 34 56"),
        ("le soir 0475 12 34 56", PhoneFault.REMARK, "0475 12 34 56"),
        ("02 538 81 77 poste 12", PhoneFault.REMARK, "02 538 81 77"),
        ("02 538 81 77 ext. 12", PhoneFault.REMARK, "02 538 81 77"),
        ("0475 12 34 56/57", PhoneFault.REMARK, "0475 12 34 56"),
        ("0475 12 34 56 / 02 538 81 77", PhoneFault.SEVERAL, "0475 12 34 56"),
        ("0475123456 025388177", PhoneFault.SEVERAL, "0475 12 34 56"),
        ("02.538.81.77 ou 0476 12 34 56", PhoneFault.SEVERAL, "02 538 81 77"),
        ("4,75E+08", PhoneFault.ROUNDED, ""),
        ("douze", PhoneFault.MALFORMED, ""),
        ("112", PhoneFault.MALFORMED, ""),
        ("4751234567", PhoneFault.MALFORMED, ""),  # a digit too many, not a number of Norway
        ("0475 12 34 5", PhoneFault.MALFORMED, ""),
        ("0" * 300, PhoneFault.MALFORMED, ""),
    ],
)
def test_what_is_not_one_number_is_told_as_what_it_is(typed: str, fault: PhoneFault, first: str) -> None:
    assert read_phone(typed) == Phone(fault=fault, first=first)


def test_what_was_kept_before_in_another_form_is_shown_as_it_is() -> None:
    assert show_phone("02/538.81.77 le matin") == "02/538.81.77 le matin"
    assert show_phone("+") == "+"


@given(some.text(alphabet="0123456789+/.() -ext;", max_size=40))
def test_what_is_shown_is_read_as_the_same_number(typed: str) -> None:
    number = read_phone(typed).number
    assert not number or read_phone(show_phone(number)).number == number

"""Rows of a file are read with the form's corrections accepted, and each change is reported."""

import pytest
from flask import Flask

from orders.catalogue.audience_lookup import codes_by_word
from orders.catalogue.audience_models import Audience
from orders.ordering.files import choice_synonyms
from orders.ordering.files.import_rows import LostLetters, MadeIntoDate, SpreadsheetError, spoiled_cells
from orders.ordering.files.row_reading import ReadOtherwise, read_row
from orders.ordering.models import Delivery, WhenShort
from orders.wording.enum_labels import word
from tests.factories import AUDIENCES

WORDS = codes_by_word(AUDIENCES)
ROW = {"name": "Zoé Exemple", "street": "Rue Haute", "number": "12", "postcode": "5590", "town": "Ciney"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"postcode": "B-5590"}, {"postcode": "5590"}),
        ({"postcode": "5 590"}, {"postcode": "5590"}),
        ({"postcode": "5590,0"}, {"postcode": "5590"}),
        ({"postcode": "5590 Ciney", "town": ""}, {"postcode": "5590", "town": "Ciney"}),
        ({"street": "Rue du Potier 170", "number": ""}, {"street": "Rue du Potier", "number": "170"}),
        ({"street": "12, rue Haute", "number": ""}, {"street": "Rue Haute", "number": "12"}),
        ({"number": "12 bte 3"}, {"number": "12", "box": "3"}),
        ({"town": "Ciney (Belgique)"}, {"town": "Ciney"}),
        ({"town": "Ciney (Belgique)", "number": "12/3"}, {"town": "Ciney", "number": "12", "box": "3"}),
        ({"street": "Rue Haute 12 bte 3, 5590 Ciney", "number": "", "postcode": "", "town": ""},
         {"street": "Rue Haute", "number": "12", "box": "3", "postcode": "5590", "town": "Ciney"}),
        ({"email": "Zoé <zoe@example.org>;"}, {"email": "zoe@example.org"}),
        ({"phone": "475123456"}, {"phone": "0475 12 34 56"}),
        ({"phone": "33612345678"}, {"phone": "+33 6 12 34 56 78"}),
        ({"needed_by": "46366,5"}, {"needed_by": "2026-12-10"}),
        ({"needed_by": "46366"}, {"needed_by": "2026-12-10"}),
        ({"phone": "25388177"}, {"phone": "02 538 81 77"}),
    ],
)  # fmt: skip
def test_what_stands_in_a_wrong_cell_is_read_rightly_and_said(written: dict[str, str], read: dict[str, str]) -> None:
    typed = {**ROW, **written}
    values, changes = read_row(typed, WORDS)
    assert {name: values.get(name, "") for name in {**ROW, **read}} == {**typed, **read}
    assert set(changes) == {ReadOtherwise(name, typed.get(name, ""), value) for name, value in read.items()}


@pytest.mark.parametrize("more", [{}, {"phone": "0475 12 34 56"}, {"needed_by": "10.12.2026"}, {"box": "A3"}])
def test_a_row_that_is_right_is_read_as_it_is_written(more: dict[str, str]) -> None:
    values, changes = read_row({**ROW, **more}, WORDS)
    assert (changes, {name: values[name] for name in more}) == ([], more)


def test_one_column_may_hold_the_whole_address() -> None:
    values, changes = read_row({"name": "Zoé", "address": "Place de la Gare 3\n5590 Ciney"}, WORDS)
    assert [values[name] for name in ("street", "number", "postcode", "town")] == [
        "Place de la Gare",
        "3",
        "5590",
        "Ciney",
    ]
    assert {change.field for change in changes} == {"street", "number", "postcode", "town"}


@pytest.mark.parametrize(
    ("column", "cell", "choice"),
    [
        ("audience", "École", "school"), ("audience", "ecole", "school"), ("audience", "Scholen", "school"),
        ("audience", "Eine Schule", "school"), ("audience", "Gezin", "family"), ("audience", "Famille", "family"),
        ("audience", "a family", "family"), ("audience", "Bibliotheek", "library"), ("audience", "ASBL", "association"),
        ("audience", "Amnesty-Gruppe", "group"), ("audience", "autre", "other"), ("audience", "school", "school"),
        ("delivery", "Afhalen", "pickup"), ("delivery", "par la poste", "post"), ("language", "Nederlands", "nl"),
        ("language", "FR", "fr"), ("country", "Belgique", "BE"), ("country", "België", "BE"),
        ("already_sent", "oui", "1"),
        ("audience", "Marsiens", "Marsiens"), ("audience", "", ""),
    ],
)  # fmt: skip
def test_choices_are_understood_in_four_languages(column: str, cell: str, choice: str) -> None:
    values, changes = read_row({**ROW, column: cell}, WORDS)
    assert (values[column], changes) == (choice, [])


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_every_choice_is_understood_as_the_form_names_it(app: Flask, language: str) -> None:
    with app.test_request_context(f"/?lang={language}"):
        for column, kind in (("delivery", Delivery), ("when_short", WhenShort)):
            for member in kind:
                assert choice_synonyms.choice_called(column, str(word(member))) == member.value
                assert choice_synonyms.choice_called(column, member.value) == member.value


@pytest.mark.parametrize("audience", AUDIENCES, ids=lambda each: each.code)
def test_an_audience_is_understood_by_its_code_its_names_and_its_other_words(audience: Audience) -> None:
    for called in (audience.code, *audience.names.values(), *audience.other_words):
        for cell in (called, called.upper(), f"  {called} "):
            values, changes = read_row({**ROW, "audience": cell}, WORDS)
            assert (values["audience"], changes) == (audience.code, [])


def test_what_other_programs_spoiled_is_told_cell_by_cell() -> None:
    found = spoiled_cells(
        {**ROW, "number": "05-juil", "box": "46208", "town": "Li?ge", "phone": "#N/A", "organisation": "Ça?"}
    )
    assert found == [
        MadeIntoDate("number", "05-juil", ("5-7", "5/7", "7-5")),
        LostLetters("town", "Li?ge"),
        MadeIntoDate("box", "46208", ("5-7", "5/7", "7-5")),
        SpreadsheetError("phone", "#N/A"),
    ]


@pytest.mark.parametrize(
    ("written", "copies"),
    [("25,0", "25"), ("25.00", "25"), ("25 ex.", "25"), ("25x", "25"), ("1 000 exemplaires", "1 000")],
)
def test_copies_with_a_unit_or_decimals_are_read_as_their_number(written: str, copies: str) -> None:
    values, changes = read_row({**ROW, "MAN26": written}, WORDS, ["MAN26"])
    assert (values["MAN26"], changes) == (copies, [ReadOtherwise("MAN26", written, copies)])


@pytest.mark.parametrize("written", ["2,5", "2.000", "1 paquet", "-3"])
def test_copies_that_may_be_two_numbers_are_not_guessed(written: str) -> None:
    values, changes = read_row({**ROW, "MAN26": written}, WORDS, ["MAN26"])
    assert (values["MAN26"], changes) == (written, [])


def test_a_dash_where_nothing_needs_to_stand_is_nothing() -> None:
    values, changes = read_row({**ROW, "box": "-", "email": "–", "needed_by": "/", "MAN26": " - "}, WORDS, ["MAN26"])
    assert [values[name] for name in ("box", "email", "needed_by", "MAN26")] == [""] * 4
    assert changes == []

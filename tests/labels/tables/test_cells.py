"""What spreadsheet programs make of cells: formulas, dates, errors."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from labels.tables import harmless, is_spreadsheet_error, lost_letters, plain, read_as_date
from labels.tables.headings import folded


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹦", "﹫"])
@pytest.mark.parametrize(
    "before", ["", ";", ",", "a;", 'a"', "a\n", "a; ", "a\t", "a\r", "\u00a0", "a;\u200b", "\ufeff", "\u2060\u3000 "]
)
def test_no_cell_begins_a_formula_not_even_where_another_program_cuts_it(before: str, sign: str) -> None:
    assert harmless(f"{before}{sign}1+1") == f"{before}'{sign}1+1".replace("\t'", "'\t" if before == "" else "\t'")


@pytest.mark.parametrize("cell", ["Saint-Josse", "marie@example.org", "12-14", "a + b", "2 = 1 + 1", "Rue Haute 5"])
def test_signs_inside_a_word_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


@given(some.text(alphabet="=+-@'; ,\tab\"\n\u00a0\ufeff", max_size=12))
def test_what_was_made_harmless_is_read_back_as_it_was(cell: str) -> None:
    assert plain(harmless(cell)) == cell


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("05-juil", "5-7"), ("juil-05", "7-5"), ("5-Jul", "5-7"), ("7-Mai", "7-5"), ("01-mars", "1-3"),
        ("mars-01", "3-1"), ("05-jul", "5-7"), ("46208", "5-7"), ("2026-07-05", "5-7"), ("févr-12", "2-12"),
        ("05-juil.", "5-7"), ("août-09", "8-9"), ("9-mrt", "9-3"), ("12. Okt", "12-10"), ("05/07/2026", "5-7"),
        ("2026-07-05T00:00:00", "5-7"), ("05-juil-26", "5-7"), ("Dez 03", "12-3"), ("mei/07", "5-7"),
        ("05-07-26", "5-7"), ("déc-02", "12-2"), ("2026-07-05 00:00:00", "5-7"),
    ],
)  # fmt: skip
def test_house_numbers_that_became_dates_are_seen_with_what_was_meant(cell: str, meant: str) -> None:
    assert meant in read_as_date(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "5",
        "5-7",
        "7C",
        "43/45",
        "12 bis",
        "1234",
        "A3",
        "12-14",
        "3 et 5",
        "bte 3",
        "99999999",
        "RDC",
        "5/7",
        "2-4-6",
    ],
)
def test_house_numbers_are_no_dates(cell: str) -> None:
    assert read_as_date(cell) == ()


@pytest.mark.parametrize("cell", ["#N/A", "#REF!", "#VALEUR!", " #nom? ", "########", "#WAARDE!"])
def test_failed_formulas_are_seen(cell: str) -> None:
    assert is_spreadsheet_error(cell)


@pytest.mark.parametrize("cell", ["", "#", "n° 5", "#5", "##"])
def test_other_cells_are_no_failed_formulas(cell: str) -> None:
    assert not is_spreadsheet_error(cell)


def test_headings_are_compared_without_case_accents_and_signs() -> None:
    assert folded("Needed_By") == folded("needed by") == "neededby"
    assert folded(" Boîte n° ") == "boiten"


@pytest.mark.parametrize(
    ("column", "cell", "word"),
    [
        ("name", "H?lène Gérard", "H?lène"),
        ("name", "Zo?", "Zo?"),
        ("organisation", "?cole Saint-Roch", "?cole"),
        ("street", "Rue de l’?glise", "l’?glise"),
        ("organisation", "Et si on parlait ? asbl", ""),
        ("organisation", "Quoi d’neuf? asbl", ""),
        ("number", "?", ""),
    ],
)
def test_question_marks_in_the_place_of_letters_are_seen(column: str, cell: str, word: str) -> None:
    assert lost_letters(column, cell) == word

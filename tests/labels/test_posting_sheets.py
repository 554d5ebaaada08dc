"""The posting sheet that is carried to the post office."""

import io
from datetime import date

import pytest

from labels.posting_sheets import PostingParcel, PostingSheet, PostingStep, print_posting_sheet
from tests.labels.pdf_reading import text_of

STEPS = (PostingStep(True, 350, 12, 3_000_000, 260), PostingStep(False, 10_000, 3, 9_000_000, None))


def pages(parcels: int) -> list[str]:
    out = io.BytesIO()
    listed = tuple(
        PostingParcel(number, 1_400_000, f"École {number}", "5590 Ciney") for number in range(1, parcels + 1)
    )
    print_posting_sheet(PostingSheet(17, STEPS, listed), out=out)
    return text_of(out.getvalue()).rstrip("\f").split("\f")


@pytest.mark.parametrize("parcels", [0, 1, 21, 22, 60])
def test_totals_and_the_box_to_fill_in_stand_on_the_first_page_however_many_parcels(parcels: int) -> None:
    first, *others = pages(parcels)
    for words in ("Lettres : 12 · colis : 3", "31,20 € + à demander", "Compté au guichet"):
        assert words in first.replace("\u00a0", " ")
    assert "Compté" not in "".join(others)


def test_the_counter_reads_who_sends_and_when() -> None:
    out = io.BytesIO()
    sheet = PostingSheet(17, STEPS, (), sender="Les lettres du soir · 4000 Liège", day=date(2026, 11, 29))
    print_posting_sheet(sheet, out=out)
    assert "Les lettres du soir · 4000 Liège 29 novembre 2026" in " ".join(text_of(out.getvalue()).split())


def test_a_long_name_is_small_before_it_is_cut() -> None:
    out = io.BytesIO()
    names = ("Athénée royal " * 6, "Athénée royal " * 20)
    parcels = tuple(PostingParcel(number, 1_400_000, name, "5590 Ciney") for number, name in enumerate(names, 1))
    print_posting_sheet(PostingSheet(17, STEPS, parcels), out=out)
    first, second = [" ".join(line.split()) for line in text_of(out.getvalue()).split("\n") if "Athénée" in line]
    assert first.endswith("royal, 5590 Ciney")
    assert second.endswith("…")


def test_every_parcel_is_listed_once() -> None:
    text = "\n".join(pages(60))
    assert [text.count(f"École {number},") for number in range(1, 61)] == [1] * 60

from datetime import date
from io import BytesIO

import pytest

from labels import LabelsRefused, PullEntry, PullLine, PullList, Unprintable, print_pull_list
from tests.labels.pdf_reading import about, lines_of, text_of, words_of

LINES = (
    PullLine("MAN26", "Manuel du Marathon des lettres", 1284, 51, 9, 25),
    PullLine("LIV26", "Livret d’activités pour les 6-10 ans", 300, 3, 0, 100),
)


def entries(count: int) -> tuple[PullEntry, ...]:
    return tuple(
        PullEntry(n, f"École{n} communale", "5590 Ciney", (("MAN26", n), ("LIV26", 2 * n)), "1/2" if n % 9 == 0 else "")
        for n in range(1, count + 1)
    )


def printed(pull_list: PullList, *, skip_unprintable: bool = False, language: str = "fr") -> bytes:
    out = BytesIO()
    print_pull_list(pull_list, out=out, skip_unprintable=skip_unprintable, language=language)
    return out.getvalue()


def test_it_says_how_many_copies_and_bundles_to_fetch() -> None:
    rows = [" ".join(line.split()) for line in lines_of(printed(PullList("Envoi 7", LINES, entries(3))))]
    assert rows[0] == "Envoi 7 1"
    assert "1 284 Manuel du Marathon des lettres 51 paquets de 25 + 9 MAN26" in rows
    assert "300 Livret d’activités pour les 6-10 ans 3 paquets de 100 LIV26" in rows


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "1 paquet de 25"), ("nl", "1 pak van 25"), ("de", "1 Bündel zu 25"), ("en", "1 bundle of 25")],
)
def test_one_bundle_is_no_plural_and_none_is_not_said(language: str, said: str) -> None:
    lines = (PullLine("MAN26", "Manuel", 25, 1, 0, 25), PullLine("LIV26", "Livret", 12, 0, 12, 25))
    rows = [" ".join(line.split()) for line in lines_of(printed(PullList("Envoi 7", lines, ()), language=language))]
    assert f"25 Manuel {said} MAN26" in rows
    assert "12 Livret LIV26" in rows


def test_every_parcel_is_listed_once_with_its_number_and_contents() -> None:
    pdf = printed(PullList("Envoi", LINES, entries(200)))
    found = words_of(pdf)
    names = [word.text for word in found if word.text.startswith("École")]
    assert sorted(names, key=lambda name: int(name[5:])) == [f"École{n}" for n in range(1, 201)]
    for word in found:
        if word.text.startswith("École"):
            beside = [other for other in found if other.page == word.page and abs(other.box.y - word.box.y) < 2]
            assert word.text[5:] in {other.text for other in beside if other.box.right <= word.box.x}
    assert "200 MAN26 400 LIV26" in " ".join(text_of(pdf).split())


def test_copies_are_the_largest_figures_of_a_parcel_and_its_day_and_packaging_are_said() -> None:
    entry = PullEntry(7, "École communale", "5590 Ciney", (("MAN26", 24), ("LIV26", 1200)), packaging="boîte")
    pdf = printed(PullList("Envoi 7", (), (entry,), day=date(2026, 11, 29)))
    heights = {word.text: word.box.height for word in words_of(pdf)}
    assert heights["24"] > max(heights[word] for word in ("7", "École", "Ciney", "MAN26"))
    text = " ".join(text_of(pdf).split())
    assert text.startswith("Envoi 7 29 novembre 2026 1")
    assert "5590 Ciney — boîte 24 MAN26 1 200 LIV26" in text


def test_many_publications_of_a_parcel_take_several_rows_and_none_is_lost() -> None:
    contents = tuple((f"PUBLI{n}", 100 + n) for n in range(20))
    text = " ".join(text_of(printed(PullList("Envoi", (), (PullEntry(1, "École", "5590 Ciney", contents),)))).split())
    assert all(f"{copies} {code}" in text for code, copies in contents)


def test_the_sequence_runs_down_the_left_column_and_then_the_right() -> None:
    found = [word for word in words_of(printed(PullList("E", LINES, entries(60)))) if word.text.startswith("École")]
    order = sorted(found, key=lambda word: (word.page, word.box.x > 105, word.box.y))
    assert [word.text for word in order] == [f"École{n}" for n in range(1, 61)]


def test_nothing_overlaps_or_leaves_the_page() -> None:
    long = tuple(
        PullEntry(n, "Association des parents " * 3, "1120 Neder-Over-Heembeek", (("MAN26", 99),) * 6)
        for n in range(40)
    )
    found = words_of(
        printed(PullList("Envoi", (PullLine("A", "Un titre de deux lignes " * 3, 99_999, 999, 99, 100), *LINES), long))
    )
    for word in found:
        assert 15 <= word.box.x < word.box.right <= 195
        assert 10 <= word.box.y < word.box.bottom <= 287
        for other in found:
            if other is not word and other.page == word.page:
                across = min(word.box.right, other.box.right) - max(word.box.x, other.box.x)
                down = min(word.box.bottom, other.box.bottom) - max(word.box.y, other.box.y)
                assert across < 0.1 or down < 0.35, (word, other)


def test_what_cannot_be_printed_is_refused_or_skipped() -> None:
    odd = (*entries(2), PullEntry(3, "محمد", "1000 Bruxelles", (("MAN26", 1),)), PullEntry(4, "x" * 99, "1000 B", ()))
    with pytest.raises(Unprintable) as refused:
        printed(PullList("Envoi", LINES, odd))
    assert [refusal.label for refusal in refused.value.refusals] == [3, 4]
    assert "École2" in text_of(printed(PullList("Envoi", LINES, odd), skip_unprintable=True))
    with pytest.raises(Unprintable):
        printed(PullList("Envoi", (PullLine("A", "漢", 1, 0, 1, 25),), entries(1)))
    with pytest.raises(LabelsRefused):
        printed(PullList("漢", LINES, entries(1)))


def test_the_title_of_the_list_stays_out_of_the_metadata() -> None:
    assert about(printed(PullList("Envoi de Marie Dupont", LINES, entries(1))))["Title"] == "Liste de préparation"

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels import AddressLabel, Report, TooLong, Unprintable, get_sheet, print_addresses
from labels.pdf.content_stream import BOLD_ENDS
from labels.pdf.fonts import BOLD, REGULAR, widest_at_most
from labels.pdf.printable_text import is_plain
from labels.pdf.text_fitting import LEADING, SMALLEST, Room, wrap
from labels.refusals import ItemRefused
from tests.labels.pdf_reading import lines_of, text_of, words_of

L7163, SMALL = get_sheet("L7163"), get_sheet("L7160")


def printed(*addresses: tuple[str, ...], sheet: str = "L7163", skip_unprintable: bool = False) -> tuple[Report, bytes]:
    out = BytesIO()
    labels = [AddressLabel(lines) for lines in addresses]
    report = print_addresses(labels, get_sheet(sheet), out=out, skip_unprintable=skip_unprintable)
    return report, out.getvalue()


def test_an_address_with_room_is_neither_wrapped_nor_shrunk() -> None:
    report, _ = printed(("Mme Marie Dupont", "Rue de la Senne 32 bte 20", "5590 CINEY"))
    assert (report.labels, report.wrapped, report.shrunk, report.refused) == (1, [], [], [])


def test_a_long_line_is_wrapped_at_a_space_and_the_report_says_so() -> None:
    report, pdf = printed(
        ("Zoé", "1000 BRUXELLES"),
        ("Association des parents de l’athénée royal Jean Absil", "1040 ETTERBEEK"),
        sheet="L7160",
    )
    assert lines_of(pdf)[1:] != []
    assert report.wrapped == [2]
    assert report.shrunk == []


def test_a_line_is_wrapped_after_a_hyphen_that_stays_at_its_end() -> None:
    width = REGULAR.width("Neder-Over-") + 0.1
    assert wrap("Neder-Over-Heembeek", width, REGULAR) == ["Neder-Over-", "Heembeek"]


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("Avenue des Droits de l’Homme 334", ["Avenue des Droits de", "l’Homme 334"]),
        ("Rue du Père Jean Deschamps 12 bte 20", ["Rue du Père Jean", "Deschamps 12 bte 20"]),
        ("1120 Neder Over Heembeek", ["1120 Neder Over", "Heembeek"]),
    ],
)
def test_a_number_stays_with_its_street_and_a_postcode_with_its_place(line: str, rows: list[str]) -> None:
    assert wrap(line, max(map(REGULAR.width, rows)) + 0.2, REGULAR) == rows


def test_a_number_is_torn_from_its_street_when_there_is_no_other_way() -> None:
    assert wrap("Sint-Pieter 123456", REGULAR.width("Sint-Pieter") + 0.1, REGULAR) is not None
    assert wrap("Deschamps 123456", REGULAR.width("Deschamps") + 0.1, REGULAR) == ["Deschamps", "123456"]


def test_too_many_rows_are_shrunk_and_the_report_says_so() -> None:
    lines = tuple(f"Ligne numéro {n}" for n in range(9))
    report, pdf = printed(lines)
    assert report.shrunk == [1]
    assert lines_of(pdf) == list(lines)


def test_what_does_not_fit_at_7_pt_is_refused_by_its_line_and_nothing_is_written() -> None:
    out = BytesIO()
    labels = [AddressLabel(("Zoé", "1000 BRUXELLES")), AddressLabel(("x" * 300, "1000 BRUXELLES"))]
    with pytest.raises(Unprintable) as refused:
        print_addresses(labels, L7163, out=out)
    (refusal,) = refused.value.refusals
    assert isinstance(refusal, TooLong)
    assert (refusal.label, refusal.line) == (2, "x" * 300)
    assert "un mot est trop long" in refusal.why
    assert out.getvalue() == b""


def test_300_characters_of_words_in_a_name_are_too_many_rows() -> None:
    with pytest.raises(Unprintable, match="plus de lignes"):
        printed(("Jean-Baptiste " * 60, "Rue 1", "1000 BRUXELLES"))


def test_all_refusals_are_reported_at_once() -> None:
    pile = [("Zoé",), ("y" * 200,), ("محمد",), (), ("  ",), ("Ok",)]
    with pytest.raises(Unprintable) as refused:
        printed(*pile)
    assert [refusal.label for refusal in refused.value.refusals] == [2, 3, 4, 5]


def test_the_others_are_printed_when_the_unprintable_ones_are_skipped() -> None:
    report, pdf = printed(("Zoé",), ("y" * 200,), ("Maëlle",), skip_unprintable=True)
    assert text_of(pdf).split() == ["Zoé", "Maëlle"]
    assert [refusal.label for refusal in report.refused] == [2]
    assert report.labels == 2


def test_a_skipped_label_stays_blank_so_that_the_others_lie_where_they_would() -> None:
    _, pdf = printed(*[("y" * 200,)] * 3, ("Maëlle",), skip_unprintable=True)
    _, whole = printed(*[("Zoé",)] * 3, ("Maëlle",))
    assert words_of(pdf)[-1] == words_of(whole)[-1]


def test_a_pile_of_which_nothing_can_be_printed_is_refused_even_when_skipping() -> None:
    with pytest.raises(Unprintable):
        printed(("y" * 300,), skip_unprintable=True)


words = st.text("abcdefghijmwMWÉŵ", min_size=1, max_size=18)
addresses = st.lists(st.lists(words, min_size=1, max_size=7).map(" ".join), min_size=1, max_size=8)


@given(addresses, st.booleans())
def test_whatever_fits_keeps_every_letter_inside_the_room(address: list[str], is_known_plain: bool) -> None:
    room = Room(160, 85, 11, 14)
    try:
        fitted = room.fit(address, "\n".join(address) if is_known_plain else "")
    except ItemRefused:
        return
    bold, _, regular = fitted.text.partition(BOLD_ENDS)
    rows = [*((BOLD, row) for row in bold.split("\n")), *((REGULAR, row) for row in regular.split("\n") if regular)]
    assert "".join(fitted.text.split()) == "".join("".join(address).split())
    assert SMALLEST <= fitted.size <= 14
    assert fitted.rows == len(rows)
    for face, row in rows:
        assert face.width(row) * fitted.size <= 160 + 1e-6
    assert ((len(rows) - 1) * LEADING + 1.2) * fitted.size <= 85 + 1e-3


@given(addresses)
def test_type_is_shrunk_only_when_a_larger_one_did_not_fit(address: list[str]) -> None:
    room = Room(160, 85, 11)
    try:
        fitted = room.fit(address)
    except ItemRefused:
        return
    if fitted.is_shrunk:
        larger = Room(160, 85, fitted.size + 0.5)
        assert larger.fit(address).is_shrunk


@given(st.lists(st.sampled_from(["W", "Œ", "m", "i", "—", "Ǿ", "№", "@", "…"]), min_size=1, max_size=60).map("".join))
def test_a_line_that_is_taken_unmeasured_is_never_wider_than_the_room(line: str) -> None:

    room = Room(200, 60, 11)
    if is_plain(line, 1) and widest_at_most(line) <= 200 / 11:
        assert BOLD.width(line) * 11 <= 200
        assert room.fit([line], line) == (line, 1, 11, False, False)


@given(addresses)
def test_an_address_is_as_large_as_fits_without_a_break(address: list[str]) -> None:
    room = Room(160, 85, 7, 14)
    try:
        fitted = room.fit(address, "\n".join(address))
    except ItemRefused:
        return
    if not fitted.is_wrapped and fitted.size < 14:
        larger = fitted.size + 0.5
        widths = ((BOLD if number == 0 else REGULAR).width(line) for number, line in enumerate(address))
        assert max(widths) * larger > room.width or ((len(address) - 1) * LEADING + 1.2) * larger > room.height

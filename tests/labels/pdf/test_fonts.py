from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from labels import AddressLabel, NoGlyph, Unprintable, clean, get_sheet, missing_glyphs, print_addresses
from labels.pdf.content_stream import shown
from labels.pdf.fonts import BOLD, REGULAR
from labels.pdf.printable_text import is_plain
from tests.labels.pdf_reading import fonts_of, lines_of, picture_of

SHEET = get_sheet("L7167")

NAMES = [
    "Şebnem Korur Fincancı",
    "Nation Wetʼsuwetʼen",
    "Łukasz Wójcik-Żółć",
    "Nguyễn Thị Hằng",
    "Мария Колесникова",
    "Ελένη Αγγέλου",
    "Œuvre de l’Ïle d’Ÿ",
    "čřžů (ðþ) \\ 100 %",
    "Ða Ǿ ǖ ḍ",
]


def printed(*lines: str) -> bytes:
    out = BytesIO()
    print_addresses([AddressLabel(lines)], SHEET, out=out)
    return out.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_text_copied_out_of_the_pdf_is_the_text_put_in(name: str) -> None:
    assert lines_of(printed(name, name)) == [name, name]


def test_both_weights_are_embedded_as_subsets_and_no_other_font_is_named() -> None:
    fonts = fonts_of(printed(*NAMES[:5]))
    assert len(fonts) == 2
    for line in fonts:
        assert "FiraSans" in line
        assert " yes yes yes" in line  # embedded, subset, with a table for copying


def test_a_letter_prints_ink_of_its_own() -> None:
    with_letters = picture_of(printed("Мария", "Ễ"))
    without = picture_of(printed("Мария", "E"))
    assert with_letters.tobytes() != without.tobytes()


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("E\u0301cole de l\u2019e\u0302tre", "École de l’être"),
        ("Rue\u202f12", "Rue\u00a012"),
        ("Rue de\r\nla Loi", "Rue de la Loi"),
        ("Bât.\tB", "Bât. B"),
        ("  trop   d'espaces  ", "trop d'espaces"),
        ("\u202aMarie\u202c \u200fDupont\u200e", "Marie Dupont"),
        ("sou\u00adligné\u200b", "souligné"),
        ("a\u0000b\u0007c", "abc"),
        ("Saint\u2011Gilles", "Saint-Gilles"),
        ("\ufeffZoé\u2028Dupont", "Zoé Dupont"),
        ("", ""),
    ],
)
def test_what_was_pasted_is_cleaned_to_what_was_meant(pasted: str, meant: str) -> None:
    assert clean(pasted) == meant


def test_a_cleaned_line_is_what_is_printed() -> None:
    assert lines_of(printed("Marie\u200f\tDupont\r\n", "Rue\u202fde la Loi")) == ["Marie Dupont", "Rue de la Loi"]


def test_letters_without_a_glyph_are_named() -> None:
    assert missing_glyphs("Zoé م 中 م") == [("م", "ARABIC LETTER MEEM"), ("中", "CJK UNIFIED IDEOGRAPH-4E2D")]
    assert missing_glyphs("😀") == [("😀", "GRINNING FACE")]
    assert missing_glyphs("\ud800\ue000") == [("\ud800", "signe sans nom"), ("\ue000", "signe sans nom")]


@pytest.mark.parametrize("name", NAMES)
def test_latin_vietnamese_greek_and_cyrillic_miss_nothing(name: str) -> None:
    assert missing_glyphs(name) == []


def test_an_address_in_another_script_is_refused_by_the_names_of_its_letters() -> None:
    with pytest.raises(Unprintable) as refused:
        printed("محمد", "Rue 1")
    (refusal,) = refused.value.refusals
    assert isinstance(refusal, NoGlyph)
    assert "U+0645 ARABIC LETTER MEEM" in str(refusal)
    assert "محمد" in str(refusal)


def test_a_combining_mark_that_belongs_to_no_letter_of_the_typeface_is_never_a_box() -> None:
    assert missing_glyphs("x\u20d7") == [("\u20d7", "COMBINING RIGHT ARROW ABOVE")]


@given(st.text())
@example("A\x1b`A")
@example("e\u200d\u0301")
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_whatever_is_printable_has_a_glyph_for_every_letter(text: str) -> None:
    if not missing_glyphs(text):
        assert all(REGULAR.has(char) and BOLD.has(char) for char in clean(text))


@given(st.lists(st.text(), max_size=4))
def test_plain_lines_are_those_that_cleaning_would_not_change(lines: list[str]) -> None:
    if is_plain("\n".join(lines), len(lines)):
        assert [clean(line) for line in lines] == lines
        assert not any(map(missing_glyphs, lines))


def test_an_ordinary_address_takes_the_short_way() -> None:
    assert is_plain("Mme Marie Dupont-Lefèvre\nRue de l’Église 7C bte 2\n1050 IXELLES", 3)


def test_a_line_break_inside_a_line_is_a_space_and_never_a_line_too_many() -> None:
    assert lines_of(printed("Marie\nDupont", "1050\r\nIXELLES")) == ["Marie Dupont", "1050 IXELLES"]


@settings(max_examples=25, deadline=None)
@given(
    st.text(
        st.characters(min_codepoint=0x20, max_codepoint=0x2FF, exclude_categories=("Cc", "Cf")), min_size=1, max_size=40
    )
)
def test_any_printable_line_comes_back_out_of_the_pdf(line: str) -> None:
    if clean(line) and not missing_glyphs(line):
        assert "".join("".join(lines_of(printed(line))).split()) == "".join(clean(line).split())


def test_no_byte_of_a_letter_can_be_taken_for_the_end_of_a_line_or_of_the_string() -> None:
    # U+010D has the byte of a carriage return, U+0128 and U+0129 those of parentheses, U+015C a backslash.
    assert shown("čĨĩŜ") == b"\x01\\r\x01\\(\x01\\)\x01\\\\"

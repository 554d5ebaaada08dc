"""The table of printable letters is the label font's own."""

import pytest

from orders.addresses import unprintable
from orders.addresses.generators.make_printable_letters import LETTERS, as_table, font_letters
from orders.addresses.printable_letters import PRINTABLE


def test_the_table_is_exactly_what_the_label_font_has() -> None:
    assert frozenset(map(ord, PRINTABLE)) == font_letters()
    assert as_table(font_letters()) in LETTERS.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "Şebnem",
        "Wetʼsuwetʼen",
        "Wet’suwet’en",
        "Łukasz",
        "Nguyễn",
        "Nguye\u0302\u0303n",  # decomposed, as macOS types it
        "Мария",
        "Ελένη",
        "İbrahim Łapiński",
        "Œuvre du Cœur & Fils « n° 3 »",
        "Straße, Ñandú, Ýmir, Çağrı, Þór",
        "Rue\u00a0de\u202fla Senne",
        "Anne\u200b-Marie\u200f",
        "32\tbte\n20",
        "",
    ],
)
def test_names_in_latin_greek_and_cyrillic_letters_are_printed(text: str) -> None:
    assert unprintable(text) == []


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("محمد", ["م", "ح", "د"]),
        ("Jean שלום", ["ש", "ל", "ו", "ם"]),
        ("東京", ["東", "京"]),
        ("김", ["김"]),
        ("Zoé 😀😀", ["😀"]),
        ("Zoé ❤\ufe0f", ["❤", "\ufe0f"]),
        ("a\x00b", ["\x00"]),
        ("a\x1cb", ["\x1c"]),
        ("\x1b[31m", ["\x1b"]),
        (chr(0xD800), [chr(0xD800)]),
        ("\ufffd", ["\ufffd"]),
        ("\uffff", ["\uffff"]),
    ],
)
def test_what_the_font_lacks_is_named_once_and_in_order(text: str, refused: list[str]) -> None:
    assert unprintable(text) == refused

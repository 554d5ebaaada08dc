"""Maintainer's script: rewrite the table in `printable_letters.py` from the label font.

usage: python -m orders.addresses.generators.make_printable_letters

Needs reportlab and fontpkg-fira-sans; a test runs it too. Nothing imports this at run time: `orders` knows which
letters a label can show without opening a font.
"""

import re
import textwrap
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from fontpkg_fira_sans import __file__ as font_package
from reportlab.pdfbase.ttfonts import TTFontFile

LETTERS = Path(__file__).parents[1] / "printable_letters.py"
_FONT = Path(font_package).parent / "files" / "FiraSans-Regular.ttf"
_NOT_LETTERS = {"Cc", "Cf", "Cn", "Cs"}
_PRINTED_AS_ITS_WIDER_SISTER = 0x202F


def font_letters() -> frozenset[int]:
    """Return the code points that a label can show: those with a glyph, without marks that have no shape.

    The font has no U+202F (narrow no-break space); labels print it as U+00A0, so it counts.
    """
    shapes = TTFontFile(str(_FONT)).charToGlyph
    letters = {code for code, glyph in shapes.items() if glyph and unicodedata.category(chr(code)) not in _NOT_LETTERS}
    return frozenset(letters | {_PRINTED_AS_ITS_WIDER_SISTER})


def as_table(codes: Iterable[int]) -> str:
    """Return code points as hexadecimal ranges, `20-7E A1-AC`, in lines of 100 characters."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    words = (f"{first:X}" if first == last else f"{first:X}-{last:X}" for first, last in ranges)
    return "\n".join(textwrap.wrap(" ".join(words), width=100, break_on_hyphens=False))


def main() -> None:
    table = f'_TABLE = """\n{as_table(font_letters())}\n"""'
    LETTERS.write_text(re.sub(r'_TABLE = """.*?"""', lambda _: table, LETTERS.read_text(), flags=re.DOTALL))


if __name__ == "__main__":
    main()

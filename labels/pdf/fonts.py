"""Fira Sans, measured and embedded: Latin, Vietnamese, Greek and Cyrillic letters (SIL Open Font License).

A character's code in the page is its UTF-16 value, whatever the document holds, so a text is set with one
`str.encode` and copied out again as it was put in. ReportLab reads the font file and makes the subset.
"""

import struct
from functools import cache, cached_property
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING

import fontpkg_fira_sans

from labels.pdf.writer import PdfFile

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFontFile

_STEPS = 200  # of an em, so that the width of a letter is a byte
_ALWAYS = frozenset(range(0x20, 0x7F))  # so that only texts with other letters need to be remembered


class Face:
    """One weight of Fira Sans. Lengths are in em: multiply by the type size in pt."""

    ascent = 0.935
    descent = 0.265

    def __init__(self, weight: str) -> None:
        self.weight = weight

    @cached_property
    def _file(self) -> "TTFontFile":
        from reportlab.pdfbase.ttfonts import TTFontFile  # late: 4 MB that only PDFs need

        path = fontpkg_fira_sans.ROOT / "files" / f"FiraSans-{self.weight}.ttf"
        return TTFontFile(str(path))

    @cached_property
    def glyphs(self) -> dict[int, int]:
        """Glyph number by code point, of what can be printed in 16 bits."""
        return {code: glyph for code, glyph in self._file.charToGlyph.items() if 0x20 <= code < 0xFFFF}

    @cached_property
    def widths(self) -> dict[str, float]:
        """Width in em by character."""
        return {chr(code): self._file.charWidths[code] / 1000 for code in self.glyphs}

    def has(self, char: str) -> bool:
        return ord(char) in self.glyphs

    def width(self, text: str) -> float:
        """The width of `text` in em. Raises `KeyError` for a letter without a glyph."""
        return sum(map(self.widths.__getitem__, text)) if text else 0.0  # and the file is not read

    def embed(self, pdf: PdfFile, used: set[str]) -> int:
        """Write the letters in `used` (and ASCII) as a composite font; the number of its object."""
        codes = sorted(self.glyphs.keys() & (_ALWAYS | set(map(ord, used))))
        label = b"/PLIFIR+FiraSans-" + self.weight.encode()
        widths = b" ".join(
            b"%d [%s]" % (run[0], b" ".join(b"%d" % self._file.charWidths[code] for code in run))
            for run in _runs(codes)
        )
        descendant = pdf.add(
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            b"/Supplement 0>>/FontDescriptor %d 0 R/DW 0/W[%s]/CIDToGIDMap %d 0 R>>"
            % (label, self._describe(pdf, label, codes), widths, pdf.stream(b"", self._glyph_map(codes)))
        )
        return pdf.add(
            b"<</Type/Font/Subtype/Type0/BaseFont%s/Encoding/Identity-H/DescendantFonts[%d 0 R]"
            b"/ToUnicode %d 0 R>>" % (label, descendant, pdf.stream(b"", _to_unicode(codes)))
        )

    def _describe(self, pdf: PdfFile, label: bytes, codes: list[int]) -> int:
        file = self._file
        subset = file.makeSubset(codes)
        program = pdf.stream(b"/Length1 %d" % len(subset), subset)
        return pdf.add(
            b"<</Type/FontDescriptor/FontName%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d"
            b"/Descent %d/CapHeight %d/StemV %d/FontFile2 %d 0 R>>"
            % (label, *file.bbox, file.ascent, file.descent, file.capHeight, file.stemV, program)
        )

    def _glyph_map(self, codes: list[int]) -> bytes:
        """The 16-bit glyph number of every code: `makeSubset` numbers glyphs as it first meets them."""
        numbers = {0: 0}
        glyphs = [0] * (codes[-1] + 1)
        for code in codes:
            glyphs[code] = numbers.setdefault(self.glyphs[code], len(numbers))
        return struct.pack(f">{len(glyphs)}H", *glyphs)


REGULAR = Face("Regular")
BOLD = Face("Bold")


def widest_at_most(rows: str) -> float:
    """No less than the width in em of the widest of these rows, joined by line feeds, in either weight.

    No letter may be wider than an em. Some 5 % too much, and many times as fast as measuring.
    """
    return max(map(sum, rows.encode("latin-1", "replace").translate(_latin_widths()).split(b"\0"))) / _STEPS


@cache
def _latin_widths() -> bytes:
    """Widths by Latin-1 code, rounded up; all other letters stand as `?`, so that has an em; a line feed has none."""
    widths = [max(REGULAR.widths.get(chr(code), 1), BOLD.widths.get(chr(code), 1)) for code in range(256)]
    widths[ord("?")] = 1
    widths[ord("\n")] = 0
    return bytes(min(ceil(width * _STEPS), _STEPS) for width in widths)


def _runs(codes: list[int]) -> list[list[int]]:
    """Split sorted codes where a number is left out."""
    by_offset = groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0])
    return [[code for _, code in run] for _, run in by_offset]


def _to_unicode(codes: list[int]) -> bytes:
    """The CMap by which a reader copies text out: every code is the character itself.

    A range has one high byte and begins with a code that is used: PDF/UA-1 forbids U+0000.
    """
    pages = [list(page) for _, page in groupby(codes, key=lambda code: code >> 8)]
    ranges = b"\n".join(b"<%04X> <%04X> <%04X>" % (page[0], page[-1], page[0]) for page in pages)
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        b"/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"%d beginbfrange\n%b\nendbfrange\n"
        b"endcmap CMapName currentdict /CMap defineresource pop end end" % (len(pages), ranges)
    )

"""The content stream of a page, written fast. All optimisations of text, numbers and bytes are in this module.

Measured on 10,000 labels, plain ReportLab spends its time on formatting numbers, measuring each string a
second time, splitting it into subsets, escaping it sign by sign and wrapping the page in ASCII85. Here:

- a character's code is its UTF-16 value, so a whole page becomes bytes in one call of `str.encode`;
- all texts of a page travel through encoding and escaping together, with control characters where type or place change,
  and are cut apart afterwards;
- one text object a page; type is 1 pt, which the matrix of a text makes as large as it is, so bold ends with the same
  operators everywhere; the next line is the operator `'`, which needs no coordinates;
- Intel's ISA-L compresses at its level 1, in a third of zlib's time to the same size (docs/decisions/0101); the small
  objects that are many, at its level 3.
"""

import re
from collections.abc import Sequence
from itertools import chain, repeat

from isal import isal_zlib

# Clean text holds none of these, and no letter of the typeface has them as its high byte, so that in UTF-16 they cannot
# appear across two letters.
BOLD_ENDS, _TEXT_ENDS = "\v", "\f"
_LINE_FEED, _BOLD_ENDS_CODE, _TEXT_ENDS_CODE = b"\0\n", b"\0\v", b"\0\f"
_BEYOND_ASCII = re.compile(r"[^\0-\x7f]")


def squeeze(content: bytes, level: int = 1) -> bytes:
    """`content` in zlib's format."""
    return isal_zlib.compress(content, level)


def shown(text: str) -> bytes:
    """The inside of a PDF string that shows `text`, escaped; control characters are kept for `show_texts`.

    A carriage return byte (in U+010D, for one) would be read as a line feed, so it is escaped too.
    """
    return (
        text.encode("utf-16-be")
        .replace(b"\\", b"\\\\")
        .replace(b"(", b"\\(")
        .replace(b")", b"\\)")
        .replace(b"\r", b"\\r")
    )


def beginning(x: float, y: float, size: float, leading: float, *, bold: bool = False) -> bytes:
    """Operators that begin a text of `show_texts`, its first baseline at `x`, `y`; `leading` as for the whole page."""
    before, after = around_x(y, size, leading, bold=bold)
    return b"%b%.2f%b" % (before, x, after)


def around_x(y: float, size: float, leading: float, *, bold: bool = False) -> tuple[bytes, bytes]:
    """What stands before and after the x of such a beginning."""
    return b"/%b 1 Tf %g 0 0 %g " % (b"B" if bold else b"R", size, size), b" %.2f Tm(" % (y + leading * size)


def show_texts(texts: Sequence[str], beginnings: Sequence[bytes], leading: float, end: bytes = b"") -> bytes:
    """Operators that show texts, each after its beginning: rows joined by line feeds, `leading` type sizes apart.

    `BOLD_ENDS` instead of a line feed: the rows that follow are regular. `end`: operators behind the last text.
    """
    codes = shown(_TEXT_ENDS.join(texts)).replace(_BOLD_ENDS_CODE, b")'/R 1 Tf(").replace(_LINE_FEED, b")'(")
    parts = zip(beginnings, codes.split(_TEXT_ENDS_CODE), repeat(b")'\n"))
    return b"BT %g TL\n%b%bET\n" % (leading, b"".join(chain.from_iterable(parts)), end)


def beyond_ascii(texts: Sequence[str]) -> list[str]:
    """The letters of these texts that are not ASCII, as often as they occur."""
    return _BEYOND_ASCII.findall("".join(texts))


def show(text: str) -> bytes:
    """The operator that shows one line."""
    return b"(%b)Tj" % shown(text)


def bitmap(rows: bytes, count: int, x: float, y: float, side: float) -> bytes:
    """A square picture of `count` rows, each padded to whole bytes, as an inline image mask; 1 is black.

    A mask is drawn with hard edges at any size. In hexadecimal no byte of it can be taken for its end, and
    compression takes back what that costs.
    """
    return b"q %.2f 0 0 %.2f %.2f %.2f cm BI /W %d /H %d /IM true /D[1 0] /F/AHx ID %b> EI Q\n" % (
        side,
        side,
        x,
        y,
        count,
        count,
        rows.hex().encode(),
    )

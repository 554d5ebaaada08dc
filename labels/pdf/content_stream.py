"""The content stream of a page, written fast. All optimisations of text, numbers and bytes are in this module.

Measured on 10,000 labels, plain ReportLab spends its time on formatting numbers, measuring each string a
second time, splitting it into subsets, escaping it sign by sign and wrapping the page in ASCII85. Here:

- a character's code is its UTF-16 value, so a whole label becomes bytes in one call of `str.encode`;
- the lines of a label travel through encoding and escaping together, and are cut apart afterwards;
- one text object a page; the next line is the operator `'`, which needs no coordinates;
- zlib at level 3 with a window of 8 kB: a page's content is about 3 kB, and a large window only costs time to
  clear. It is twice as fast as zlib's defaults and the file grows by 4 %.
"""

import zlib

_LINE_FEED = b"\0\n"  # in UTF-16; no letter of U+0Axx is in the typeface, so it cannot appear across two letters


def squeeze(content: bytes) -> bytes:
    """`content` in zlib's format."""
    packer = zlib.compressobj(3, zlib.DEFLATED, 13, 5)
    return packer.compress(content) + packer.flush()


def shown(text: str) -> bytes:
    """The inside of a PDF string that shows `text`, escaped; line feeds are kept for `show_rows`.

    A carriage return byte (in U+010D, for one) would be read as a line feed, so it is escaped too.
    """
    return (
        text.encode("utf-16-be")
        .replace(b"\\", b"\\\\")
        .replace(b"(", b"\\(")
        .replace(b")", b"\\)")
        .replace(b"\r", b"\\r")
    )


def show_rows(rows: str, bold_rows: int, before: bytes, between: bytes) -> bytes:
    """Operators that show rows joined by line feeds, each a line lower than the one before.

    `before` sets the bold type and a position one line above, `between` sets the regular type.
    """
    codes = shown(rows)
    if bold_rows == 1:
        first, _, rest = codes.partition(_LINE_FEED)
    else:
        parts = codes.split(_LINE_FEED)
        first, rest = b")'(".join(parts[:bold_rows]), _LINE_FEED.join(parts[bold_rows:])
    if not rest:
        return b"%b(%b)'\n" % (before, first)
    return b"%b(%b)'%b(%b)'\n" % (before, first, between, rest.replace(_LINE_FEED, b")'("))


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

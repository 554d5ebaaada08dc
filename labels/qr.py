"""QR codes, drawn as a picture of one bit a module."""

import segno

from labels.text_streams import bitmap

LONGEST = 250  # bytes of a link: beyond it the modules of a 22 mm code are too small for a telephone


def picture(link: str, x: float, y: float, side: float) -> bytes:
    """Operators that draw the QR code of `link`. In pt: its lower left corner and its side, without white."""
    rows = segno.make(link, error="m", micro=False).matrix
    return bitmap([bytes(row) for row in rows], x, y, side)

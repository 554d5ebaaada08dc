"""Drawing on a page in millimetres from its top left corner: text, lines, frames, drawings placed again.

For what is drawn at most once a page; rows of addresses go through `content_stream`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from labels.pdf.content_stream import show
from labels.pdf.fonts import BOLD, REGULAR, Face
from labels.pdf.structure import Element, Structure
from labels.sheets import PT, Box

THIN = 0.35  # pt
_NAMES = {REGULAR: b"R", BOLD: b"B"}


class Ink:
    """Collects the operators of one page (or form) of this height in mm, and the letters they use."""

    def __init__(self, height: float, letters: set[str]) -> None:
        self._height = height
        self._letters = letters
        self._parts: list[bytes] = []

    def content(self) -> bytes:
        """What was drawn so far."""
        return b"\n".join(self._parts)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """mm from the top left as pt from the bottom left."""
        return x * PT, (self._height - y) * PT

    def text(self, x: float, y: float, text: str, size: float, face: Face = REGULAR) -> None:
        """Set one clean line with its baseline at `y`."""
        self.used(text)
        across, up = self.point(x, y)
        self.raw(b"BT /%b %g Tf %.2f %.2f Td %b ET" % (_NAMES[face], size, across, up, show(text)))

    def used(self, text: str) -> None:
        """Remember the letters of a text that is drawn with `raw`."""
        if not text.isascii():
            self._letters.update(text)

    def right(self, x: float, y: float, text: str, size: float, face: Face = REGULAR) -> None:
        """Set one line that ends at `x`."""
        self.text(x - face.width(text) * size / PT, y, text, size, face)

    def centre(self, x: float, y: float, text: str, size: float, face: Face = REGULAR) -> None:
        """Set one line around `x`."""
        self.text(x - face.width(text) * size / PT / 2, y, text, size, face)

    def line(self, points: Sequence[tuple[float, float]], width: float = THIN, dashes: str = "") -> None:
        """Draw a line through these points, `width` in pt, `dashes` as a PDF dash array."""
        path = b" ".join(
            b"%.2f %.2f %b" % (*self.point(*point), b"l" if place else b"m") for place, point in enumerate(points)
        )
        self.raw(b"q %g w [%b] 0 d %b S Q" % (width, dashes.encode(), path))

    def blank(self, box: Box) -> None:
        """Cover what was drawn in this rectangle with white."""
        corner = self.point(box.x, box.bottom)
        self.raw(b"q 1 g %.2f %.2f %.2f %.2f re f Q" % (*corner, box.width * PT, box.height * PT))

    def ring(self, x: float, y: float, radius: float, width: float = THIN) -> None:
        """Draw a circle as four curves; 0.5523 is where their handles lie."""
        r, k = radius * PT, radius * PT * 0.5523
        across, up = self.point(x, y)
        curves = b"".join(
            b"%.2f %.2f %.2f %.2f %.2f %.2f c "
            % tuple((across, up)[place % 2] + offset for place, offset in enumerate(curve))
            for curve in (
                (r, k, k, r, 0.0, r),
                (-k, r, -r, k, -r, 0.0),
                (-r, -k, -k, -r, 0.0, -r),
                (k, -r, r, -k, r, 0.0),
            )
        )
        self.raw(b"q %g w %.2f %.2f m %bS Q" % (width, across + r, up, curves))

    def frame(self, box: Box, width: float = THIN, dashes: str = "") -> None:
        """Draw the outline of a rectangle."""
        corners = [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)]
        self.line([*corners, corners[0]], width, dashes)

    def place(self, form: str, x: float, y: float) -> None:
        """Show a form with its lower left corner at this point."""
        self.raw(b"q 1 0 0 1 %.2f %.2f cm /%b Do Q" % (*self.point(x, y), form.encode()))

    def raw(self, operators: bytes) -> None:
        """Add operators made elsewhere, in pt from the bottom left."""
        self._parts.append(operators)


class TaggedInk(Ink):
    """The ink of a page with a structure: what is not drawn within an element is an artifact."""

    def __init__(self, height: float, letters: set[str], structure: Structure) -> None:
        super().__init__(height, letters)
        self._structure = structure
        self._is_within = False

    @contextmanager
    def within(self, element: Element | None) -> Iterator[None]:
        """Everything drawn meanwhile is content of `element`, if there is one."""
        if element is None:
            yield
            return
        self._parts.append(b"/%b<</MCID %d>>BDC" % (element.kind.encode(), self._structure.mark(element)))
        self._is_within = True
        yield
        self._is_within = False
        self._parts.append(b"EMC")

    def text(self, x: float, y: float, text: str, size: float, face: Face = REGULAR) -> None:
        """Set one clean line. A space at its end parts it from the next line of an element, for those who listen."""
        super().text(x, y, f"{text} " if self._is_within and text else text, size, face)

    def raw(self, operators: bytes) -> None:
        """Add operators made elsewhere, in pt from the bottom left."""
        super().raw(operators if self._is_within else b"/Artifact BMC\n%b\nEMC" % operators)

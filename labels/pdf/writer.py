"""A PDF file, written while it is drawn: header, objects, pages, cross-references (ISO 32000-1, 7.5).

ReportLab keeps a whole document in memory until it is saved and spends its time per page on bookkeeping;
here each page is written at once, so a pile of any size needs the memory of one page. Nothing in the
file depends on the clock or on the machine: equal input gives equal bytes.
"""

import sys
from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import BinaryIO

from labels.pdf.content_stream import squeeze

_KIDS = 200  # pages under one node of the page tree: readers open a flat list of a million slowly
_PACK = 400  # objects in a stream, about

# Where an object is, as one number of 64 bits. Its bytes are a row of a cross-reference stream with the widths 1, 5, 2.
_PLAIN = 1 << 56  # and the place in the file << 16
_PACKED = 2 << 56  # and the number of the stream << 16, and which of its objects


class PdfFile:
    """Objects are numbered from 1 as they come. `width`, `height`: the size of every page in pt.

    `is_reversed`: the last page written is the first one shown.
    """

    def __init__(
        self,
        out: BinaryIO,
        width: float,
        height: float,
        *,
        title: str,
        language: str,
        is_reversed: bool = False,
    ) -> None:
        self._out = out
        self.is_reversed = is_reversed
        self._way = -1 if is_reversed else 1
        self._size = (width, height)
        self.title = title
        self._language = language
        self._written = 0
        self._places = array("Q", [0xFFFF])  # object 0 begins the list of free numbers
        self._small_numbers: list[int] = []
        self._small_bodies: list[bytes] = []
        self._has_packed = False
        self._kids: list[int] = []
        self._nodes: list[int] = []
        self.pages = 0
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        self._tree = self.reserve()
        self._node = self.reserve()
        self.resources = self.reserve()
        """The object of the one resource dictionary that all pages and forms share."""

    def reserve(self) -> int:
        """A number for an object that is written later, with `fill`."""
        self._places.append(0)
        return len(self._places) - 1

    def reserve_many(self, count: int) -> int:
        """The first of so many numbers in a row."""
        self._places.extend([0] * count)
        return len(self._places) - count

    def fill(self, number: int, body: bytes) -> None:
        self._places[number] = _PLAIN | self._written << 16
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def add(self, body: bytes) -> int:
        """Write an object; its number."""
        number = self.reserve()
        self.fill(number, body)
        return number

    def fill_small(self, numbers: Sequence[int], bodies: Sequence[bytes]) -> None:
        """Write objects that are no streams and many of a kind: they are compressed together (7.5.7)."""
        self._small_numbers += numbers
        self._small_bodies += bodies
        if len(self._small_numbers) >= _PACK:
            self._pack()

    def _pack(self) -> None:
        """Write the small objects that wait as one stream."""
        numbers, bodies = self._small_numbers, self._small_bodies
        begins = accumulate([len(body) + 1 for body in bodies[:-1]], initial=0)
        head = b" ".join(map(b"%d %d".__mod__, zip(numbers, begins, strict=True))) + b"\n"
        entries = b"/Type/ObjStm/N %d/First %d" % (len(numbers), len(head))
        stream = _PACKED | self.stream(entries, head + b"\n".join(bodies), 3) << 16
        for place, number in enumerate(numbers):
            self._places[number] = stream | place
        numbers.clear()
        bodies.clear()
        self._has_packed = True

    def stream(self, entries: bytes, content: bytes, level: int = 1) -> int:
        """Write a compressed stream, with more `entries` for its dictionary; its number."""
        packed = squeeze(content, level)
        return self.add(b"<<%b/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (entries, len(packed), packed))

    def form(self, width: float, height: float, content: bytes) -> int:
        """Write a drawing that pages place with `Do`: what repeats is in the file once."""
        box = b"/Type/XObject/Subtype/Form/BBox[0 0 %.2f %.2f]/Resources %d 0 R"
        return self.stream(box % (width, height, self.resources), content)

    def page(self, content: bytes, entries: bytes = b"", shared: int = 0) -> int:
        """Write a page that shows `content`, with more `entries` for its dictionary; its number.

        `shared` is a stream with what the page shows first, as others do.
        """
        contents = b"%d 0 R" % self.stream(b"", content)
        if shared:
            contents = b"[%d 0 R %b]" % (shared, contents)
        number = self.add(b"<</Type/Page/Parent %d 0 R/Contents %b%b>>" % (self._node, contents, entries))
        self._kids.append(number)
        self.pages += 1
        if len(self._kids) == _KIDS:
            self._close_node()
            self._node = self.reserve()
        return number

    def close(self, entries: bytes = b"") -> None:
        """Write what holds the pages together, with more `entries` for the catalog.

        `resources` must have been filled.
        """
        self._close_node()
        width, height = self._size
        nodes = b" ".join(b"%d 0 R" % number for number in self._nodes[:: self._way])
        self.fill(
            self._tree,
            b"<</Type/Pages/Kids[%b]/Count %d/MediaBox[0 0 %.2f %.2f]/Resources %d 0 R>>"
            % (nodes, self.pages, width, height, self.resources),
        )
        # Print at actual size, from the tray of that paper size: "fit to page" is the commonest way to spoil a sheet.
        catalog = self.add(
            b"<</Type/Catalog/Pages %d 0 R/Lang%b/ViewerPreferences"
            b"<</PrintScaling/None/PickTrayByPDFSize true/DisplayDocTitle true>>%b>>"
            % (self._tree, text_string(self._language), entries)
        )
        info = self.add(b"<</Title%b/Producer(Pli labels)>>" % text_string(self.title))
        if self._small_numbers:
            self._pack()
        ends = b"/Root %d 0 R/Info %d 0 R" % (catalog, info)
        start = self._cross_reference_stream(ends) if self._has_packed else self._cross_reference_table(ends)
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _close_node(self) -> None:
        kids = b" ".join(b"%d 0 R" % kid for kid in self._kids[:: self._way])
        self.fill(
            self._node,
            b"<</Type/Pages/Parent %d 0 R/Kids[%b]/Count %d>>" % (self._tree, kids, len(self._kids)),
        )
        self._nodes.append(self._node)
        self._kids.clear()

    def _cross_reference_table(self, entries: bytes) -> int:
        """Where each object begins; the place of this table."""
        start, count = self._written, len(self._places)
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        for first in range(1, count, 1000):
            places = self._places[first : first + 1000]
            self._write(b"".join(b"%010d 00000 n \n" % (place - _PLAIN >> 16) for place in places))
        self._write(b"trailer\n<</Size %d%b>>\n" % (count, entries))
        return start

    def _cross_reference_stream(self, entries: bytes) -> int:
        """The same with objects that are packed, which a table cannot say (7.5.8)."""
        start = self._written
        rows = array("Q", self._places)
        rows.append(_PLAIN | start << 16)  # of this stream itself
        if sys.byteorder == "little":
            rows.byteswap()
        self.stream(b"/Type/XRef/Size %d/W[1 5 2]%b" % (len(rows), entries), rows.tobytes(), 3)
        return start

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._written += len(data)


def text_string(text: str) -> bytes:
    """A text for the reader of the file, not for the page."""
    return b"<" + ("\ufeff" + text).encode("utf-16-be").hex().encode() + b">"

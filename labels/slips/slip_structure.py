"""The structure of a pile of slips for screen readers, written slip by slip and fast.

A pile has few kinds of slips: those of one kind consist of the same elements and differ only in the numbers of objects.
So the elements of a kind are put together once, as one template of bytes with a place for each number. A slip then
costs a dozen numbers as decimals, one formatting, and one cut into objects; element by element it took as long as the
whole rest of the slip. Nothing is kept of a slip but the number of its first object. `labels.pdf.structure` is the same
thing for documents, which have no kinds.
"""

from dataclasses import dataclass, field

from labels.pdf.structure import catalog_entries
from labels.pdf.writer import PdfFile, text_string

CONTINUED = "+"  # the content belongs to the same element as the one before it
_NODE = 60  # pages in a leaf of the parent tree
_NUMBER = b"@"  # in a template that is being made

Roles = tuple[tuple[str, ...], ...]
"""Of each page of a slip: what its contents are, in reading order. The number of a content is its mark."""


@dataclass(slots=True)
class _Element:
    """An element; others are named by their place among those of the slip. Marks are (page of the slip, number)."""

    kind: str
    parent: int | None
    kids: list[int] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Template:
    """Objects of a kind, one a line. `order` says which number each `%b` is: first come elements, then pages.

    `owners`: by page, the elements that its contents belong to.
    """

    count: int
    objects: bytes
    order: tuple[int, ...]
    owners: tuple[tuple[int, ...], ...]


class SlipStructure:
    """Writes the elements of the slips of a file."""

    def __init__(self, pdf: PdfFile) -> None:
        self._pdf = pdf
        self._document = pdf.reserve()
        self._row_heading = pdf.add(b"<</O/Table/Scope/Row>>")
        self._templates: dict[tuple[str, Roles], _Template] = {}
        self._slips: list[int] = []
        self._pages: list[bytes] = []  # of the slip that is being drawn
        self._parents: list[bytes] = []
        self._nodes: list[bytes] = []

    def write_page(self, pdf: PdfFile, content: bytes, shared: int) -> None:
        """Write the next page of a slip."""
        self._pages.append(b"%d" % pdf.page(content, b"/StructParents %d/Tabs/S" % pdf.pages, shared))

    def end_slip(self, language: str, roles: Roles) -> None:
        """Write the elements of the slip of which all pages were written."""
        key = (language, roles)
        template = self._templates.get(key)
        if template is None:
            template = self._templates[key] = self._template(language, roles)
        pdf, count = self._pdf, template.count
        first = pdf.reserve_many(count)
        numbers = [b"%d" % number for number in range(first, first + count)]
        numbers += self._pages
        objects = template.objects % tuple(map(numbers.__getitem__, template.order))
        pdf.fill_small(range(first, first + count), objects.split(b"\n"))
        for page, owners in enumerate(template.owners, pdf.pages - len(self._pages)):
            self._parents.append(b"%d[%b 0 R]" % (page, b" 0 R ".join(map(numbers.__getitem__, owners))))
        self._slips.append(first)
        self._pages.clear()
        if len(self._parents) >= _NODE:
            self._close_node()

    def write(self, pdf: PdfFile, title: str) -> bytes:
        """Write what holds the slips together; the entries of the catalog that lead to it."""
        if self._parents:
            self._close_node()
        root = pdf.reserve()
        slips = b" ".join(b"%d 0 R" % slip for slip in self._slips[:: -1 if pdf.is_reversed else 1])
        pdf.fill_small([self._document], [b"<</S/Document/P %d 0 R/K[%b]>>" % (root, slips)])
        parents = b"<</Kids[%b]>>" % b" ".join(self._nodes)
        return catalog_entries(pdf, title, root, self._document, parents)

    def _close_node(self) -> None:
        node = self._pdf.reserve()
        last = self._pdf.pages - 1
        limits = (last - len(self._parents) + 1, last)
        self._pdf.fill_small([node], [b"<</Limits[%d %d]/Nums[%b]>>" % (*limits, b" ".join(self._parents))])
        self._nodes.append(b"%d 0 R" % node)
        self._parents.clear()

    def _template(self, language: str, roles: Roles) -> _Template:
        elements, owners = _elements(roles)
        objects, order = [], []
        for element in elements:
            entries, places = self._entries(element, language, len(elements))
            objects.append(b"<<%b>>" % entries)
            order += places
        return _Template(len(elements), b"\n".join(objects).replace(_NUMBER, b"%b"), tuple(order), owners)

    def _entries(self, element: _Element, language: str, pages: int) -> tuple[bytes, list[int]]:
        """What an element's dictionary holds, and the places of its numbers; those of pages begin at `pages`."""
        entries = b"/S/" + element.kind.encode()
        if element.parent is None:
            return entries + b"/P %d 0 R/Lang%b" % (self._document, text_string(language)) + _kids(
                element
            ), element.kids
        entries += b"/P @ 0 R"
        if element.kids:
            return entries + _kids(element), [element.parent, *element.kids]
        if element.kind == "TH":
            entries += b"/A %d 0 R" % self._row_heading
        home = element.marks[0][0]
        marks = b" ".join(
            b"%d" % number if page == home else b"<</Type/MCR/Pg @ 0 R/MCID %d>>" % number
            for page, number in element.marks
        )
        abroad = [pages + page for page, _ in element.marks if page != home]
        return entries + b"/Pg @ 0 R/K[%b]" % marks, [element.parent, pages + home, *abroad]


def _kids(element: _Element) -> bytes:
    return b"/K[%b]" % b" ".join([b"@ 0 R"] * len(element.kids))


def _elements(roles: Roles) -> tuple[list[_Element], tuple[tuple[int, ...], ...]]:
    """The elements of a slip, the section first, and by page those that its contents belong to."""
    elements = [_Element("Sect", None)]
    owners: list[list[int]] = [[] for _ in roles]
    table = row = leaf = 0

    def add(kind: str, parent: int) -> int:
        elements.append(_Element(kind, parent))
        elements[parent].kids.append(len(elements) - 1)
        return len(elements) - 1

    for page, number, role in ((page, *each) for page, found in enumerate(roles) for each in enumerate(found)):
        if role == "TD":
            table = table or add("Table", 0)
            row = add("TR", table)
        elif role not in ("TH", CONTINUED):
            table = 0
        if role != CONTINUED:
            leaf = add(role, row if table else 0)
        elements[leaf].marks.append((page, number))
        owners[page].append(leaf)
    return elements, tuple(map(tuple, owners))

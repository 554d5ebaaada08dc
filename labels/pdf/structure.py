"""The structure of a document for screen readers: its elements in reading order (ISO 32000-1, 14.7; ISO 14289-1).

Each text on a page is the content of one element or, as a rule or a page number, an artifact that is not read.
"""

from typing import NamedTuple
from xml.sax.saxutils import escape

from labels.pdf.writer import PdfFile

_TITLE_AND_STANDARD = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def catalog_entries(pdf: PdfFile, title: str, root: int, document: int, parents: bytes) -> bytes:
    """Write the root of a structure and what the file says of itself; the entries of the catalog that lead to them.

    `parents` is the tree from the contents of a page, by its number, to their elements.
    """
    pdf.fill(
        root,
        b"<</Type/StructTreeRoot/K %d 0 R/ParentTree%b/ParentTreeNextKey %d>>" % (document, parents, pdf.pages),
    )
    about = _TITLE_AND_STANDARD.format(title=escape(title)).encode()
    metadata = pdf.add(b"<</Type/Metadata/Subtype/XML/Length %d>>stream\n%b\nendstream" % (len(about), about))
    return b"/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R/Metadata %d 0 R" % (root, metadata)


class Mark(NamedTuple):
    """Content of an element: the page, counted from 0, and its number on that page."""

    page: int
    number: int


class Element:
    """A heading, a paragraph, a table: what it consists of, in reading order."""

    def __init__(self, kind: str, attributes: bytes = b"") -> None:
        self.kind = kind
        self.attributes = attributes
        self.kids: list[Element | Mark] = []
        self.object = 0

    def add(self, kind: str) -> "Element":
        """A new element at the end of this one."""
        return self._append(Element(kind))

    def heading_cell(self, scope: str) -> "Element":
        """A table cell that names its `Row` or its `Column`."""
        return self._append(Element("TH", b"/A<</O/Table/Scope/%b>>" % scope.encode()))

    def numbered_list(self) -> "Element":
        return self._append(Element("L", b"/A<</O/List/ListNumbering/Decimal>>"))

    def _append(self, element: "Element") -> "Element":
        self.kids.append(element)
        return element


class Structure:
    """The elements of a document that is being drawn, and where their contents are."""

    def __init__(self) -> None:
        self.document = Element("Document")
        self._marked: list[list[Element]] = [[]]  # the elements of a page by the number of their mark
        self._pages: list[int] = []

    def mark(self, element: Element) -> int:
        """Content of `element` follows on the page that is being drawn; the number of its mark."""
        marked = self._marked[-1]
        element.kids.append(Mark(len(self._pages), len(marked)))
        marked.append(element)
        return len(marked) - 1

    def write_page(self, pdf: PdfFile, content: bytes, shared: int) -> None:
        """Write the page that was drawn; the next mark is on the next one."""
        self._pages.append(pdf.page(content, b"/StructParents %d/Tabs/S" % len(self._pages), shared))
        self._marked.append([])

    def write(self, pdf: PdfFile, title: str) -> bytes:
        """Write the tree; the entries of the catalog that lead to it. A table without a row is left out."""
        self.document.kids = [kid for kid in self.document.kids if isinstance(kid, Mark) or kid.kids]
        root = pdf.reserve()
        self._write_element(pdf, self.document, root)
        parents = b"".join(
            b"%d[%b]" % (page, b" ".join(b"%d 0 R" % element.object for element in self._marked[page]))
            for page in range(len(self._pages))
        )
        return catalog_entries(pdf, title, root, self.document.object, b"<</Nums[%b]>>" % parents)

    def _write_element(self, pdf: PdfFile, element: Element, parent: int) -> None:
        element.object = pdf.reserve()
        kids = []
        for kid in element.kids:
            if isinstance(kid, Mark):
                kids.append(b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (self._pages[kid.page], kid.number))
            else:
                self._write_element(pdf, kid, element.object)
                kids.append(b"%d 0 R" % kid.object)
        body = b"<</Type/StructElem/S/%b/P %d 0 R%b/K[%b]>>"
        written = body % (element.kind.encode(), parent, element.attributes, b" ".join(kids))
        pdf.fill_small([element.object], [written])

"""A document to read on A4: a title, a few sentences, and sections of names with what they say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from labels.pdf.drawing import TaggedInk
from labels.pdf.fonts import BOLD, REGULAR, Face
from labels.pdf.printable_text import clean, missing_glyphs
from labels.pdf.structure import Element, Structure
from labels.pdf.text_fitting import wrap
from labels.print_job import Job, job
from labels.printer_profiles import EXACT
from labels.sheets import A4, PT

_LEFT, _VALUES, _RIGHT = 20.0, 75.0, 190.0  # mm
_TOP, _BOTTOM = 26.0, 275.0
_SIZE, _LEADING = 10.5, 5.2  # pt, mm


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of a name and what it says, which may have several lines."""

    heading: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """`lead` and `end` are paragraphs before and after the sections."""

    title: str
    lead: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    end: tuple[str, ...] = ()


def print_document(document: Document, *, out: BinaryIO, language: str = "fr") -> None:
    """Print it as a PDF into `out`. Letters that cannot be printed stand as a question mark."""
    structure = Structure()
    with job(out, A4, EXACT, title=document.title, language=language, structure=structure) as begun:
        _Writer(begun, document, structure).write()


class _Writer:
    """Fills pages from the top."""

    def __init__(self, begun: Job, document: Document, structure: Structure) -> None:
        self._job = begun
        self._document = document
        self._structure = structure
        self._ink = TaggedInk(A4[1], begun.used, structure)
        self._y = _TOP

    def write(self) -> None:
        self._lines(self._add("H1"), self._document.title, _LEFT, 17, BOLD, 8)
        self._y += 2
        for paragraph in self._document.lead:
            self._paragraph(paragraph)
        for section in self._document.sections:
            self._section(section)
        self._y += 3
        for paragraph in self._document.end:
            self._paragraph(paragraph)
        self._end_page()

    def _add(self, kind: str) -> Element:
        return self._structure.document.add(kind)

    def _paragraph(self, text: str) -> None:
        self._lines(self._add("P"), text, _LEFT, _SIZE, REGULAR, _LEADING)
        self._y += 2

    def _section(self, section: Section) -> None:
        self._y += 4
        self._need(3 * _LEADING)
        self._lines(self._add("H2"), section.heading, _LEFT, 12.5, BOLD, 6)
        self._ink.line([(_LEFT, self._y - 3.4), (_RIGHT, self._y - 3.4)])
        self._y += 1.5
        if section.rows:
            table = self._add("Table")
            for name, value in section.rows:
                self._row(table.add("TR"), name, value)

    def _row(self, row: Element, name: str, value: str) -> None:
        """A name on the left; what it says beside it, on as many lines as it takes."""
        self._need(_LEADING)
        begun, page = self._y, self._job.report.pages
        self._lines(row.heading_cell("Row"), name, _LEFT, _SIZE, BOLD, _LEADING, right=_VALUES - 3)
        below = self._y if self._job.report.pages == page else _TOP
        if self._job.report.pages == page:
            self._y = begun
        cell = row.add("TD")
        for line in value.splitlines() or [""]:
            self._lines(cell, line, _VALUES, _SIZE, REGULAR, _LEADING)
        self._y = max(self._y, below) + 1

    def _lines(
        self, element: Element, text: str, left: float, size: float, face: Face, leading: float, right: float = _RIGHT
    ) -> None:
        for line in _wrapped(_printable(text), (right - left) * PT / size, face):
            self._need(leading)
            with self._ink.within(element):
                self._ink.text(left, self._y, line, size, face)
            self._y += leading

    def _need(self, height: float) -> None:
        if self._y + height > _BOTTOM:
            self._end_page()
            self._ink, self._y = TaggedInk(A4[1], self._job.used, self._structure), _TOP

    def _end_page(self) -> None:
        self._ink.right(_RIGHT, 287, str(self._job.report.pages + 1), 9)
        self._job.add_page(self._ink.content())


def _wrapped(text: str, width: float, face: Face) -> Iterator[str]:
    """Rows of at most `width` em; a word that is wider is cut."""
    if (rows := wrap(text, width, face)) is not None:
        yield from rows
        return
    while face.width(text) > width:
        end = next(end for end in range(len(text), 0, -1) if end == 1 or face.width(text[:end]) <= width)
        yield text[:end]
        text = text[end:]
    yield text


def _printable(text: str) -> str:
    text = clean(text)
    missing = {letter for letter, _ in missing_glyphs(text)}
    return "".join("?" if letter in missing else letter for letter in text)

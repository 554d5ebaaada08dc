"""Pull lists: what to fetch from the shelf, then what goes into each parcel."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, NamedTuple

from labels.pdf.drawing import TaggedInk
from labels.pdf.fonts import BOLD, REGULAR
from labels.pdf.printable_text import clean, missing_glyphs
from labels.pdf.structure import Structure
from labels.pdf.text_fitting import wrap
from labels.print_job import Job, check_letters, job
from labels.printer_profiles import EXACT, PrinterProfile
from labels.refusals import ItemRefused, LabelsRefused, Report, TooLong
from labels.sheets import A4, PT, Box
from labels.wording import spelled_date, words

_LEFT, _RIGHT, _TOP, _BOTTOM = 20.0, 190.0, 34.0, 282.0  # mm
_GUTTER = 8.0
_COLUMN = (_RIGHT - _LEFT - _GUTTER) / 2
_FETCH_ROW = 11.0
_TITLE = 68.0  # width of a title to fetch
_ENTRY_LINE, _COPIES_LINE = 4.4, 5.8
_COPIES_SIZE = 14.0  # pt: the largest figures of a parcel, to count by


class _Copies(NamedTuple):
    """Copies and their code, and where both begin in a row, in mm."""

    figure: str
    code: str
    x: float
    code_x: float


@dataclass(frozen=True, slots=True)
class PullLine:
    """Copies of a publication to fetch: `bundles` whole ones of `bundle_size`, and `singles` beside them."""

    code: str
    title: str
    copies: int
    bundles: int
    singles: int
    bundle_size: int


@dataclass(frozen=True, slots=True)
class PullEntry:
    """One parcel: its number, who gets it, `place` (`5590 Ciney`), (code, copies) of what goes into which packaging."""

    sequence: int
    name: str
    place: str
    contents: tuple[tuple[str, int], ...]
    part: str = ""
    packaging: str = ""


@dataclass(frozen=True, slots=True)
class PullList:
    """A dispatch as it is fetched and packed. `title` is printed on top, with the day."""

    title: str
    lines: tuple[PullLine, ...]
    entries: tuple[PullEntry, ...]
    day: date | None = None


def print_pull_list(
    pull_list: PullList,
    *,
    out: BinaryIO,
    profile: PrinterProfile = EXACT,
    skip_unprintable: bool = False,
    title: str = "Liste de préparation",
    language: str = "fr",
) -> Report:
    """Print what to fetch and what to pack, as a PDF into `out`. The list's own title stays out of its
    metadata.

    Refusals count the lines, or the entries, from 1. Raises as `print_addresses` does.
    """
    structure = Structure()
    with job(
        out, A4, profile, title=title, language=language, skip_unprintable=skip_unprintable, structure=structure
    ) as begun:
        heading = clean(pull_list.title)
        if missing_glyphs(heading):
            raise LabelsRefused(f"le titre de la liste ne s’imprime pas : « {heading} »")
        day = spelled_date(pull_list.day, language) if pull_list.day else ""
        writer = _Writer(begun, structure, heading, day, words(language).gettext)
        begun.print_each(pull_list.lines, writer.fetch, 1, None)
        writer.begin_entries(words(language).gettext("À mettre dans chaque pli"))
        begun.print_each(pull_list.entries, writer.entry, 1, None)
        writer.finish()
    return begun.report


class _Writer:
    """Fills pages from the top; the sequence runs in two columns."""

    def __init__(self, begun: Job, structure: Structure, title: str, day: str, say: Callable[[str], str]) -> None:
        self._job = begun
        self._structure = structure
        self._heading = structure.document.add("H1")
        self._elements = structure.document.add("Table")
        self._title = title
        self._day = day
        self._say = say
        self._ink = TaggedInk(A4[1], begun.used, structure)
        self._y = self._begin()
        self._column = 0
        self._column_top = _TOP

    def _begin(self) -> float:
        """A fresh page; where its content begins."""
        self._ink = TaggedInk(A4[1], self._job.used, self._structure)
        with self._ink.within(None if self._job.report.pages else self._heading):
            self._ink.text(_LEFT, 22, self._title, 15, BOLD)
            if self._day:
                self._ink.right(_RIGHT - 10, 22, self._day, 11)
        self._ink.right(_RIGHT, 22, str(self._job.report.pages + 1), 9)
        self._ink.line([(_LEFT, 26), (_RIGHT, 26)], 1)
        return _TOP

    def _end(self) -> None:
        self._job.add_page(self._ink.content())

    def fetch(self, number: int, line: PullLine) -> None:
        """A publication: a box to tick, copies, bundles and singles. Raises `ItemRefused`."""
        del number
        code, title = clean(line.code), clean(line.title)
        check_letters((code, title))
        titles = wrap(title, _TITLE * PT / 10, REGULAR)
        if titles is None or len(titles) > 2:
            raise ItemRefused(TooLong, title, f"un titre a deux lignes de {_TITLE:g} mm")
        if self._y + _FETCH_ROW > _BOTTOM:
            self._end()
            self._y = self._begin()
        ink, baseline = self._ink, self._y + 6.5
        ink.frame(Box(_LEFT, self._y + 2, 6, 6), 0.8)
        cells = self._elements.add("TR")
        with ink.within(cells.add("TD")):
            ink.right(_LEFT + 30, baseline, _figure(line.copies), 18, BOLD)
        with ink.within(cells.heading_cell("Row")):
            for row, words_of_title in enumerate(titles):
                ink.text(_LEFT + 36, baseline + 4 * row - 2 * (len(titles) - 1), words_of_title, 10)
        with ink.within(cells.add("TD")):
            ink.right(_RIGHT - 24, baseline, self._bundles(line), 10)
        with ink.within(cells.add("TD")):
            ink.right(_RIGHT, baseline, code, 9)
        ink.line([(_LEFT, self._y + _FETCH_ROW - 1), (_RIGHT, self._y + _FETCH_ROW - 1)])
        self._y += _FETCH_ROW

    def _bundles(self, line: PullLine) -> str:
        """`1 paquet de 25`, `3 paquets de 25 + 9`; nothing for fewer copies than a bundle has."""
        if not line.bundles:
            return ""
        one, more = self._say("{bundles} paquet de {size}"), self._say("{bundles} paquets de {size}")
        said = (one if line.bundles == 1 else more).format(bundles=_figure(line.bundles), size=line.bundle_size)
        return f"{said} + {_figure(line.singles)}" if line.singles else said

    def begin_entries(self, heading: str) -> None:
        """What stands above the sequence."""
        with self._ink.within(self._structure.document.add("H2")):
            self._ink.text(_LEFT, self._y + 11, heading, 12, BOLD)
        self._elements = self._structure.document.numbered_list()
        self._y += 16
        self._column_top = self._y

    def entry(self, number: int, entry: PullEntry) -> None:
        """One parcel, kept together. Raises `ItemRefused`."""
        del number  # the list prints the number in the dispatch
        name, place, packaging = clean(entry.name), clean(entry.place), clean(entry.packaging)
        contents = [(_figure(copies), clean(code)) for code, copies in entry.contents]
        check_letters((name, place, packaging, *(code for _, code in contents)))
        room = (_COLUMN - 18) * PT
        head = wrap(name, room / 9.5, BOLD)
        rest = wrap(" — ".join(filter(None, (place, packaging))), room / 9, REGULAR)
        if head is None or rest is None:
            raise ItemRefused(TooLong, name, "un mot est trop long pour la colonne")
        rows = _rows_of(contents, room)
        height = _ENTRY_LINE * (len(head) + len(rest)) + _COPIES_LINE * len(rows) + 3
        if self._y + height > _BOTTOM:
            self._next_column()
        self._draw_entry(entry, head, rest, rows)
        self._y += height
        self._job.report.labels += 1

    def _draw_entry(self, entry: PullEntry, head: list[str], rest: list[str], rows: list[list[_Copies]]) -> None:
        x = _LEFT + self._column * (_COLUMN + _GUTTER)
        y = self._y + 4
        item = self._elements.add("LI")
        with self._ink.within(item.add("Lbl")):
            self._ink.right(x + 10, y, str(entry.sequence), 12, BOLD)
            if entry.part:
                self._ink.right(x + 10, y + _ENTRY_LINE, entry.part, 8)
        with self._ink.within(item.add("LBody")):
            for row, line in enumerate([*head, *rest]):
                face, size = (BOLD, 9.5) if row < len(head) else (REGULAR, 9.0)
                self._ink.text(x + 13, y + row * _ENTRY_LINE, line, size, face)
            y += (len(head) + len(rest) - 1) * _ENTRY_LINE
            for row, copies in enumerate(rows, 1):
                for each in copies:
                    self._ink.text(x + 13 + each.x, y + row * _COPIES_LINE, each.figure, _COPIES_SIZE, BOLD)
                    self._ink.text(x + 13 + each.code_x, y + row * _COPIES_LINE, each.code, 9)
        self._ink.frame(Box(x + _COLUMN - 4, self._y + 1, 3.5, 3.5), 0.6)

    def _next_column(self) -> None:
        self._column += 1
        if self._column == 2:
            self._end()
            self._column_top = self._begin()
            self._column = 0
        self._y = self._column_top

    def finish(self) -> None:
        """End the last page."""
        self._end()


def _rows_of(contents: list[tuple[str, str]], room: float) -> list[list[_Copies]]:
    """Copies and codes side by side, in rows of at most `room` pt. Raises `ItemRefused` for a code that is wider."""
    rows: list[list[_Copies]] = []
    x = room
    for figure, code in contents:
        code_x = BOLD.width(figure) * _COPIES_SIZE + 3
        width = code_x + REGULAR.width(code) * 9
        if width > room:
            raise ItemRefused(TooLong, code, "un code est trop long pour la colonne")
        if x + width > room:
            rows.append([])
            x = 0.0
        rows[-1].append(_Copies(figure, code, x / PT, (x + code_x) / PT))
        x += width + 12
    return rows


def _figure(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")

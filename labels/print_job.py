"""A print job: each item of a pile is drawn or refused, and the file is written whole or not at all."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO, Protocol, TypeVar, cast

from labels.pdf.fonts import BOLD, REGULAR
from labels.pdf.printable_text import missing_glyphs
from labels.pdf.writer import PdfFile
from labels.printer_profiles import PrinterProfile
from labels.refusals import EmptyPile, ItemRefused, NoGlyph, NothingToPrint, Report, Unprintable
from labels.sheets import PT

Item = TypeVar("Item")


class PageStructure(Protocol):
    """What screen readers read, of a document (`labels.pdf.structure`) or of a pile of slips."""

    def write_page(self, pdf: PdfFile, content: bytes, shared: int) -> None: ...

    def write(self, pdf: PdfFile, title: str) -> bytes: ...


@dataclass(slots=True)
class Job:
    """A print under way: the file that grows, what was used in it, and the report.

    `page` is the size in mm. `used` collects letters beyond ASCII for the fonts, `forms` named drawings.
    `structure` is what screen readers read; without one the file is for paper only.
    """

    pdf: PdfFile
    profile: PrinterProfile
    page: tuple[float, float]
    report: Report = field(default_factory=Report)
    used: set[str] = field(default_factory=set)
    forms: dict[str, int] = field(default_factory=dict)
    structure: PageStructure | None = None

    def print_each(self, pile: Iterable[Item], add: Callable[[int, Item], None], first: int, last: int | None) -> None:
        """`add` the items `first` to `last` of the pile, numbered from 1; note which are refused.

        The pile is read once and never copied.
        """
        for number, item in islice(enumerate(pile, 1), max(first, 1) - 1, last):
            try:
                add(number, item)
            except ItemRefused as refused:
                self.report.refused.append(refused.refusal(number))

    def add_page(self, content: bytes, shared: int = 0) -> None:
        """Write a page; its content is in pt from the bottom left, as if the printer were exact.

        `shared`: content that was written before, with `share`, and begins the page.
        """
        if not shared:
            content = self._transform() + content
        if self.structure is None:
            self.pdf.page(content, shared=shared)
        else:
            self.structure.write_page(self.pdf, content, shared)
        self.report.pages += 1

    def share(self, content: bytes) -> int:
        """Write content that many pages begin with; its number, for `add_page`."""
        return self.pdf.stream(b"", self._transform() + content)

    def _transform(self) -> bytes:
        """The profile as a matrix; it scales from the top left corner, and y runs downwards."""
        profile = self.profile
        if (profile.x, profile.y, profile.scale_x, profile.scale_y) == (0, 0, 1, 1):
            return b""
        down = self.page[1] * (1 - profile.scale_y) - profile.y
        return b"%.5f 0 0 %.5f %.3f %.3f cm\n" % (
            profile.scale_x,
            profile.scale_y,
            profile.x * PT,
            down * PT,
        )

    def finish(self) -> None:
        """Write the fonts and the table of contents of the file."""
        fonts = b"/R %d 0 R/B %d 0 R" % (REGULAR.embed(self.pdf, self.used), BOLD.embed(self.pdf, self.used))
        forms = b"".join(b"/%b %d 0 R" % (name.encode(), number) for name, number in self.forms.items())
        self.pdf.fill(self.pdf.resources, b"<</Font<<%b>>/XObject<<%b>>>>" % (fonts, forms))
        self.pdf.close(b"" if self.structure is None else self.structure.write(self.pdf, self.pdf.title))


@contextmanager
def job(
    out: BinaryIO,
    page: tuple[float, float],
    profile: PrinterProfile,
    *,
    title: str,
    language: str,
    skip_unprintable: bool = False,
    is_reversed: bool = False,
    structure: PageStructure | None = None,
) -> Iterator[Job]:
    """Print into a temporary file; it reaches `out` when the block has ended well.

    With a `structure`, which the block fills, screen readers can read the file.

    Raises `Unprintable` with all refusals unless they are to be skipped, and `EmptyPile` for a print without
    a page. Then nothing was written to `out`.
    """
    with tempfile.SpooledTemporaryFile(1 << 22) as pages:
        pdf = PdfFile(
            cast(BinaryIO, pages),
            page[0] * PT,
            page[1] * PT,
            title=title,
            language=language,
            is_reversed=is_reversed,
        )
        begun = Job(pdf, profile, page, structure=structure)
        yield begun
        refused = begun.report.refused
        if refused and (not skip_unprintable or not begun.report.pages):
            raise Unprintable(refused)
        if not begun.report.pages:
            raise EmptyPile
        begun.finish()
        pages.seek(0)
        shutil.copyfileobj(pages, out, 1 << 20)


def check_letters(lines: Sequence[str]) -> None:
    """Raise `ItemRefused` unless these are clean lines of which every letter can be printed."""
    if not lines:
        raise ItemRefused(NothingToPrint)
    for line in lines:
        if missing := missing_glyphs(line):
            raise ItemRefused(NoGlyph, line, tuple(missing))

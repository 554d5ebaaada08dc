"""The posting sheet, carried to the post office: letters and parcels by weight step, stamps, postage, and room to note.

The first page has all of that; of many parcels the list goes on behind it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from labels.pdf.drawing import TaggedInk
from labels.pdf.fonts import BOLD, REGULAR
from labels.pdf.printable_text import clean, missing_glyphs
from labels.pdf.structure import Element, Structure
from labels.pdf.text_fitting import SMALLEST
from labels.print_job import Job, job
from labels.printer_profiles import EXACT, PrinterProfile
from labels.sheets import A4, PT, Box
from labels.wording import spelled_date, words

_LEFT, _RIGHT, _BOTTOM = 20.0, 190.0, 278.0  # mm
_COLUMNS = (104.0, 132.0, 160.0, _RIGHT)  # mm: where pieces, weight, stamps and totals end
_ROW = 8.0
_FOOT = 44.0  # mm that the box to fill in takes


@dataclass(frozen=True, slots=True)
class PostingStep:
    """So many letters or parcels of at most `up_to_g` grams (None: above every step), with their price in cents.

    A price of None is not known: it is asked at the counter.
    """

    is_letter: bool
    up_to_g: int | None
    pieces: int
    weight_mg: int
    price_cents: int | None


@dataclass(frozen=True, slots=True)
class PostingParcel:
    """A parcel by its number in the dispatch: what it weighs, to whom, and `place` (`5590 Ciney`)."""

    sequence: int
    weight_mg: int
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class PostingSheet:
    """What is posted of the dispatch with this number, who sends it and when: for the counter to stamp and keep."""

    dispatch: int
    steps: tuple[PostingStep, ...]
    parcels: tuple[PostingParcel, ...]
    sender: str = ""
    day: date | None = None


def print_posting_sheet(
    sheet: PostingSheet,
    *,
    out: BinaryIO,
    profile: PrinterProfile = EXACT,
    title: str = "Au guichet",
    language: str = "fr",
) -> None:
    """Print the sheet as a PDF into `out`. Letters of a name that cannot be printed are left out."""
    structure = Structure()
    with job(out, A4, profile, title=title, language=language, structure=structure) as begun:
        day = spelled_date(sheet.day, language) if sheet.day else ""
        _Writer(begun, structure, sheet, day, words(language).gettext).write()


class _Writer:
    """Fills pages from the top."""

    def __init__(
        self, begun: Job, structure: Structure, sheet: PostingSheet, day: str, say: Callable[[str], str]
    ) -> None:
        self._job = begun
        self._structure = structure
        self._heading = structure.document.add("H1")
        self._sender = structure.document.add("P")
        self._steps = structure.document.add("Table")
        self._note = structure.document.add("P")
        self._foot = structure.document.add("Sect")
        self._sheet = sheet
        self._day = day
        self._say = say
        self._ink = TaggedInk(A4[1], begun.used, structure)
        self._y = self._begin()

    def write(self) -> None:
        self._write_steps()
        if self._sheet.parcels:
            self._write_parcels()
        self._job.add_page(self._ink.content())

    def _begin(self) -> float:
        """A fresh page; where its content begins."""
        self._ink = TaggedInk(A4[1], self._job.used, self._structure)
        heading = self._say("Au guichet : envoi {dispatch}").format(dispatch=self._sheet.dispatch)
        with self._ink.within(None if self._job.report.pages else self._heading):
            self._ink.text(_LEFT, 22, heading, 15, BOLD)
        self._ink.right(_RIGHT, 22, str(self._job.report.pages + 1), 9)
        self._ink.line([(_LEFT, 26), (_RIGHT, 26)], 1)
        self._bottom = _BOTTOM
        if self._job.report.pages:
            return 32.0
        self._write_foot()
        self._bottom -= _FOOT
        return self._write_sender()

    def _write_sender(self) -> float:
        """Who sends, and when; where the table begins below it."""
        if not self._sheet.sender and not self._day:
            return 32.0
        with self._ink.within(self._sender):
            self._ink.text(_LEFT, 32, *_fitted(_printable(self._sheet.sender), _RIGHT - _LEFT - 40))
            self._ink.right(_RIGHT, 32, self._day, 10)
        return 38.0

    def _need(self, height: float) -> None:
        if self._y + height > self._bottom:
            self._job.add_page(self._ink.content())
            self._y = self._begin()

    def _write_steps(self) -> None:
        """The table by weight step: pieces, weight, stamps, postage; then the totals."""
        say = self._say
        steps = self._sheet.steps
        self._cells(("", say("Pièces"), say("Poids"), say("Timbres"), say("Port")), 9, scope="Column")
        for step in steps:
            self._need(_ROW)
            stamp = _euros(step.price_cents) if step.price_cents is not None else "……… €"
            total = _euros(step.pieces * step.price_cents) if step.price_cents is not None else say("à demander")
            self._cells((self._name(step), _figure(step.pieces), _kilos(step.weight_mg), f"× {stamp}", total), 11)
        self._need(2 * _ROW)
        letters = sum(step.pieces for step in steps if step.is_letter)
        known = sum(step.pieces * step.price_cents for step in steps if step.price_cents is not None)
        is_known = all(step.price_cents is not None for step in steps)
        more = say("{known} + à demander").format(known=_euros(known)) if known else say("à demander")
        total = _euros(known) if is_known else more
        counted = say("Lettres : {letters} · colis : {parcels}").format(
            letters=_figure(letters), parcels=_figure(sum(step.pieces for step in steps) - letters)
        )
        weight = _kilos(sum(step.weight_mg for step in steps))
        self._cells((counted, _figure(sum(step.pieces for step in steps)), weight, "", total), 12, bold=True)
        if not is_known:
            with self._ink.within(self._note):
                note = say("« à demander » : ce prix n’est pas connu, le guichet le dit.")
                self._ink.text(_LEFT, self._y + 5, note, 9)
            self._y += _ROW
        self._y += 4

    def _name(self, step: PostingStep) -> str:
        if step.up_to_g is None:
            return self._say("Lettres, hors tarif") if step.is_letter else self._say("Colis, hors tarif")
        sentence = self._say("Lettres jusqu’à {weight}") if step.is_letter else self._say("Colis jusqu’à {weight}")
        return sentence.format(weight=_kilos(step.up_to_g * 1_000))

    def _cells(self, cells: tuple[str, ...], size: float, *, bold: bool = False, scope: str = "Row") -> None:
        """A row of the table: a name and four values, or the names of the columns."""
        ink, face, baseline = self._ink, BOLD if bold else REGULAR, self._y + 5.5
        row = self._steps.add("TR")
        with ink.within(row.heading_cell(scope)):
            ink.text(_LEFT, baseline, cells[0], size, face)
        for right, cell in zip(_COLUMNS, cells[1:], strict=True):
            with ink.within(row.heading_cell(scope) if scope == "Column" else row.add("TD")):
                ink.right(right, baseline, cell, size, face)
        ink.line([(_LEFT, self._y + _ROW - 0.5), (_RIGHT, self._y + _ROW - 0.5)], 1 if bold else 0.35)
        self._y += _ROW

    def _write_parcels(self) -> None:
        """Each parcel with its number and weight."""
        self._need(3 * _ROW)
        with self._ink.within(self._structure.document.add("H2")):
            self._ink.text(_LEFT, self._y + 6, self._say("Les colis"), 12, BOLD)
        self._y += 10
        table = self._structure.document.add("Table")
        for parcel in self._sheet.parcels:
            self._need(6.5)
            self._write_parcel(table.add("TR"), parcel)
            self._y += 6.5

    def _write_parcel(self, row: Element, parcel: PostingParcel) -> None:
        ink, baseline = self._ink, self._y + 4.5
        with ink.within(row.heading_cell("Row")):
            ink.right(_LEFT + 12, baseline, str(parcel.sequence), 12, BOLD)
        with ink.within(row.add("TD")):
            ink.right(_LEFT + 40, baseline, _kilos(parcel.weight_mg), 10)
        with ink.within(row.add("TD")):
            who = f"{_printable(parcel.name)}, {_printable(parcel.place)}"
            ink.text(_LEFT + 46, baseline, *_fitted(who, _RIGHT - _LEFT - 46))

    def _write_foot(self) -> None:
        """What was counted and paid, to be filled in there and typed in when the dispatch is closed."""
        top = _BOTTOM - _FOOT + 6
        box = Box(_LEFT, top, _RIGHT - _LEFT, _FOOT - 8)
        self._ink.frame(box, 1)
        with self._ink.within(self._foot.add("H2")):
            self._ink.text(_LEFT + 5, top + 9, self._say("Compté au guichet, à noter en clôturant l’envoi"), 11, BOLD)
        for place, name in enumerate((self._say("Lettres"), self._say("Colis"), self._say("Payé, en €"))):
            x = _LEFT + 5 + place * 55
            with self._ink.within(self._foot.add("P")):
                self._ink.text(x, top + 22, name, 10)
            self._ink.line([(x, top + 31), (x + 45, top + 31)], 0.8)


def _printable(text: str) -> str:
    text = clean(text)
    missing = {letter for letter, _ in missing_glyphs(text)}
    return "".join(letter for letter in text if letter not in missing)


def _fitted(text: str, width: float) -> tuple[str, float]:
    """A name and its type size on a line of `width` mm: smaller where it is long; too long for 7 pt, it ends in `…`."""
    for size in (10.0, 9.0, 8.0, SMALLEST):
        if REGULAR.width(text) * size <= width * PT:
            return text, size
    while REGULAR.width(f"{text}…") * SMALLEST > width * PT:
        text = text[:-1]
    return f"{text}…", SMALLEST


def _figure(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")


def _kilos(weight_mg: int) -> str:
    """`350 g`, `1,442 kg`: whole grams, rounded up."""
    grams = -(-weight_mg // 1_000)
    if grams < 1_000:
        return f"{grams}\u00a0g"
    whole, rest = divmod(grams, 1_000)
    decimals = f",{rest:03}".rstrip("0") if rest else ""
    return f"{_figure(whole)}{decimals}\u00a0kg"


def _euros(cents: int) -> str:
    return f"{_figure(cents // 100)},{cents % 100:02}\u00a0€"

"""Parts that many slips share: written once to the file (as PDF forms) and placed on each page."""

from collections.abc import Callable, Hashable
from datetime import date
from typing import NamedTuple

from labels.barcodes.qr import picture
from labels.pdf.drawing import Ink
from labels.pdf.fonts import BOLD
from labels.print_job import Job
from labels.sheets import A4, PT, Box
from labels.slips.folding_steps import HEIGHT as FOLDING
from labels.slips.folding_steps import draw_folding
from labels.slips.layout import BOTTOM, Kind, Row
from labels.slips.letterhead import Letterhead
from labels.slips.slip import Slip
from labels.slips.table_rows import (
    CODE_SIZE,
    DROP_OFF_LINE,
    DROP_OFF_SIZE,
    LEFT,
    RIGHT,
    TITLE_LINE,
    TITLE_SIZE,
    TITLES,
)
from labels.wording import spelled_date, words

QR = 22.0  # mm
_BOX = 36.0  # mm: height of the frame with the address that letters go back to
_GAP = 5.0
_DROP_OFF_HEADING = 8.5


class Foot(NamedTuple):
    """What the end of a slip depends on."""

    language: str
    letters_back_by: date | None
    read_online_url: str
    has_folding_booklet: bool
    drop_off_rows: int = 0

    @property
    def height(self) -> float:
        """mm that it takes at the bottom of the last page."""
        return _BOX + _GAP + self.drop_off_height + (FOLDING + _GAP if self.has_folding_booklet else 0) + 8

    @property
    def drop_off_height(self) -> float:
        """mm between the frame and what follows, for where letters can be left."""
        return _DROP_OFF_HEADING + DROP_OFF_LINE * self.drop_off_rows if self.drop_off_rows else 0

    @property
    def drop_off_top(self) -> float:
        """Where these rows begin on the page."""
        return BOTTOM - self.height + 2 * _GAP + _BOX


class SlipForms:
    """Draws each form when it is first needed; a page calls it by the name that is returned."""

    def __init__(self, begun: Job, letterhead: Letterhead, beside: Box) -> None:
        self._job = begun
        self._letterhead = letterhead
        self._beside = beside
        self._names: dict[Hashable, str] = {}

    def head(self) -> str:
        """The sender on top, of every page."""

        def draw(ink: Ink) -> None:
            ink.text(LEFT, 17, self._letterhead.sender, 8)
            ink.line([(LEFT, 20), (RIGHT, 20)])

        return self._form("head", A4[1], draw)

    def captions(self, slip: Slip) -> str:
        """The words beside the window, on the first page."""
        has_link, box, say = slip.order_url != "", self._beside, words(slip.language).gettext

        def draw(ink: Ink) -> None:
            ink.text(box.x, box.y + 3.5, say("Commande"), 9)
            if has_link:
                ink.text(box.x + QR + 4, box.y + 28 + QR / 2 + 1, say("Suivre la commande"), 9)

        return self._form((slip.language, has_link), A4[1], draw)

    def row(self, row: Row) -> str:
        """A row of the table but for the number of copies, to be placed with its bottom edge."""

        def draw(ink: Ink) -> None:
            if row.kind is Kind.HEADING:
                ink.text(LEFT, row.height - 3.5, row.titles[0], 13, BOLD)
                return
            for line, title in enumerate(row.titles):
                ink.text(TITLES, 6.3 + line * TITLE_LINE, title, TITLE_SIZE)
            ink.right(RIGHT, 6.3, row.code, CODE_SIZE)
            ink.line([(LEFT, row.height - 0.2), (RIGHT, row.height - 0.2)])

        return self._form((row.kind, row.titles, row.code), row.height, draw)

    def foot(self, foot: Foot) -> str:
        """Where the letters go back to, the folding steps, and thanks."""

        def draw(ink: Ink) -> None:
            top, say = BOTTOM - foot.height + _GAP, words(foot.language).gettext
            if self._letterhead.letters_to or foot.letters_back_by or foot.read_online_url:
                self._letters_back(ink, Box(LEFT, top, RIGHT - LEFT, _BOX), foot)
            if foot.has_folding_booklet:
                draw_folding(ink, LEFT, top + _BOX + _GAP + foot.drop_off_height, say)
            thanks = self._letterhead.closing.get(foot.language) or say(
                "Merci d’écrire avec nous : chaque lettre compte."
            )
            ink.text(LEFT, BOTTOM, thanks, 11, BOLD)

        return self._form(foot, A4[1], draw)

    def drop_off(self, rows: tuple[Row, ...], language: str) -> str:
        """Where letters can be left near the orderer: the same for many neighbours."""
        height = _DROP_OFF_HEADING + DROP_OFF_LINE * len(rows)

        def draw(ink: Ink) -> None:
            heading = words(language).gettext("Ou déposez-les près de chez vous, sans timbre :")
            ink.text(LEFT + 5, 4, heading, 10.5, BOLD)
            for at, row in enumerate(rows):
                ink.text(LEFT + 5, _DROP_OFF_HEADING + 0.5 + DROP_OFF_LINE * at, row.titles[0], DROP_OFF_SIZE)

        return self._form((language, rows), height, draw)

    def _letters_back(self, ink: Ink, box: Box, foot: Foot) -> None:
        say = words(foot.language).gettext
        ink.frame(box, 1)
        heading = say("Renvoyez vos lettres à cette adresse") if self._letterhead.letters_to else ""
        if foot.letters_back_by:
            heading = say("Renvoyez vos lettres avant le {date}").format(
                date=spelled_date(foot.letters_back_by, foot.language)
            )
        ink.text(box.x + 5, box.y + 8.5, heading, 12.5, BOLD)
        for row, line in enumerate(self._letterhead.letters_to):
            ink.text(box.x + 5, box.y + 16 + 5.2 * row, line, 11)
        if foot.read_online_url:
            x = box.right - QR - 5
            across, up = ink.point(x, box.y + 4 + QR)
            ink.raw(picture(foot.read_online_url, across, up, QR * PT))
            ink.centre(x + QR / 2, box.y + 4 + QR + 4.5, say("Lire en ligne"), 8)

    def _form(self, key: Hashable, height: float, draw: Callable[[Ink], None]) -> str:
        name = self._names.get(key)
        if name is None:
            ink = Ink(height, self._job.used)
            draw(ink)
            name = self._names[key] = f"S{len(self._names)}"
            self._job.forms[name] = self._job.pdf.form(A4[0] * PT, height * PT, ink.content())
        return name

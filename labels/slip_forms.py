"""What many slips have in common, drawn once in the file and placed on each of their pages."""

from dataclasses import dataclass
from datetime import date

from labels.folding import HEIGHT as FOLDING
from labels.folding import draw_folding
from labels.fonts import BOLD
from labels.ink import Ink
from labels.letterhead import Letterhead
from labels.printing import Job
from labels.qr import picture
from labels.sheets import A4, PT, Box
from labels.slip_layout import BOTTOM
from labels.wording import spelled_date, words

LEFT, RIGHT = 20.0, 190.0  # mm: the text of a slip lies between them
QR = 22.0  # mm
_BOX = 36.0  # mm: height of the frame with the address that letters go back to
_GAP = 5.0


@dataclass(frozen=True, slots=True)
class Foot:
    """What the end of a slip depends on, beside its language."""

    language: str
    letters_back_by: date | None
    read_online_url: str
    has_folding_booklet: bool

    @property
    def height(self) -> float:
        """mm that it takes at the bottom of the last page."""
        return _BOX + _GAP + (FOLDING + _GAP if self.has_folding_booklet else 0) + 6


class SlipForms:
    """Draws each form when it is first needed; `name` is what a page calls it by."""

    def __init__(self, begun: Job, letterhead: Letterhead) -> None:
        self._job = begun
        self._letterhead = letterhead
        self._names: dict[object, str] = {}

    def head(self) -> str:
        """The sender on top."""
        if (name := self._names.get("head")) is None:
            ink = Ink(A4[1], self._job.used)
            ink.text(LEFT, 17, self._letterhead.sender, 8)
            ink.line([(LEFT, 20), (RIGHT, 20)])
            name = self._keep("head", ink)
        return name

    def foot(self, foot: Foot) -> str:
        """Where the letters go back to, the folding steps, and thanks."""
        if (name := self._names.get(foot)) is None:
            ink = Ink(A4[1], self._job.used)
            top = BOTTOM - foot.height + _GAP
            self._letters_back(ink, Box(LEFT, top, RIGHT - LEFT, _BOX), foot)
            say = words(foot.language).gettext
            if foot.has_folding_booklet:
                draw_folding(ink, LEFT, top + _BOX + _GAP, say)
            ink.text(LEFT, BOTTOM, say("Merci d’écrire avec nous : chaque lettre compte."), 11, BOLD)
            name = self._keep(foot, ink)
        return name

    def _letters_back(self, ink: Ink, box: Box, foot: Foot) -> None:
        say = words(foot.language).gettext
        ink.frame(box, 1)
        heading = say("Renvoyez vos lettres à cette adresse")
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

    def _keep(self, key: object, ink: Ink) -> str:
        name = self._names[key] = f"S{len(self._names)}"
        self._job.forms[name] = self._job.pdf.form(A4[0] * PT, A4[1] * PT, ink.content())
        return name

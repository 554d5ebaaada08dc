"""Parts that many slips share: written once to the file (as PDF forms) and placed on each page."""

from collections.abc import Callable, Hashable
from datetime import date
from typing import NamedTuple

from labels.barcodes.qr import picture
from labels.pdf.drawing import Ink
from labels.pdf.fonts import BOLD, REGULAR
from labels.pdf.text_fitting import wrap
from labels.print_job import Job
from labels.sheets import A4, PT, Box
from labels.slips.folding_steps import HEIGHT as FOLDING
from labels.slips.folding_steps import draw_folding
from labels.slips.layout import BOTTOM, Kind, Row
from labels.slips.letterhead import Letterhead
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
_GAP = 6.0
_STEPS = 28.0  # mm that what to do now takes
_DROP_OFF_HEADING = 8.5  # mm above the places where letters can be left
_THANKS = 14.0
_BODY, _BODY_LINE = 11.5, 5.8  # pt, mm

Part = tuple[str, str]
"""What a form is to a screen reader (`H2`, `P`), and its name."""


class Foot(NamedTuple):
    """What the end of a slip depends on."""

    language: str
    letters_back_by: date | None
    read_online_url: str
    has_folding_booklet: bool
    drop_off_rows: int = 0
    has_steps: bool = False

    @property
    def height(self) -> float:
        """mm that it takes at the bottom of the last page."""
        folding = FOLDING + _GAP if self.has_folding_booklet else 0
        return (_STEPS + _GAP if self.has_steps else 0) + _BOX + _GAP + self.drop_off_height + folding + _THANKS

    @property
    def drop_off_height(self) -> float:
        """mm between the frame and what follows, for where letters can be left."""
        return _DROP_OFF_HEADING + DROP_OFF_LINE * self.drop_off_rows if self.drop_off_rows else 0


class SlipForms:
    """Draws each form when it is first needed; a page calls it by its name."""

    def __init__(self, begun: Job, letterhead: Letterhead, beside: Box) -> None:
        self._job = begun
        self._letterhead = letterhead
        self._beside = beside
        self._names: dict[Hashable, str] = {}

    def head(self, day: date | None, language: str) -> str:
        """The sender on top, and the day of the letter."""

        def draw(ink: Ink) -> None:
            ink.text(LEFT, 17, f"{self._letterhead.sender} ", 8)
            ink.line([(LEFT, 20), (RIGHT, 20)])
            if day:
                ink.text(LEFT, 31, f"{spelled_date(day, language)} ", 10)

        return self._form(("head", day, language), A4[1], draw)

    def captions(self, language: str, *, is_pickup: bool, has_link: bool) -> tuple[str, str]:
        """The words over the reference; those beside the code of its page, empty where there is none."""
        box, say = self._beside, words(language).gettext
        over = say("Commande, à retirer au bureau") if is_pickup else say("Commande")

        def draw(ink: Ink) -> None:
            ink.text(box.x, box.y + 3.5, f"{over} ", *((10.5, BOLD) if is_pickup else (9, REGULAR)))

        def draw_link(ink: Ink) -> None:
            ink.text(box.x + QR + 4, box.y + 28 + QR / 2 + 1, say("Suivre la commande"), 9)

        link = self._form(("link", language), A4[1], draw_link) if has_link else ""
        return self._form(("caption", language, over), A4[1], draw), link

    def introduction(self, language: str, y: float) -> tuple[str, float]:
        """The first sentences of the letter from `y` down, without its greeting; and their height."""
        say, campaign = words(language).gettext, self._letterhead.campaign.get(language)
        thanks = say("Merci de prendre part à notre campagne « {campaign} ».").format(campaign=campaign)
        sentences = (
            f"{thanks if campaign else say('Merci d’écrire avec nous.')} {say('Voici ce que vous avez commandé.')}"
        )
        lines = wrap(sentences, (RIGHT - LEFT) * PT / _BODY, REGULAR) or [sentences]

        def draw(ink: Ink) -> None:
            for row, line in enumerate(lines):
                ink.text(LEFT, y + 4 + row * _BODY_LINE, f"{line} ", _BODY)

        return self._form(("introduction", language, y), A4[1], draw), len(lines) * _BODY_LINE + 2

    def row(self, row: Row) -> str:
        """A row of the table but for the number of copies, to be placed with its bottom edge."""

        def draw(ink: Ink) -> None:
            if row.kind is Kind.HEADING:
                ink.text(LEFT, row.height - 3.5, row.titles[0], 13, BOLD)
                return
            for line, title in enumerate(row.titles):
                ink.text(TITLES, 6.3 + line * TITLE_LINE, f"{title} ", TITLE_SIZE)
            ink.right(RIGHT, 6.3, row.code, CODE_SIZE)
            ink.line([(LEFT, row.height - 0.2), (RIGHT, row.height - 0.2)])

        return self._form((row.kind, row.titles, row.code), row.height, draw)

    def foot(self, foot: Foot, drop_off: tuple[Row, ...]) -> list[Part]:
        """What to do now, where the letters go back to or can be left, the folding steps, and thanks."""
        top, say = BOTTOM - foot.height + _GAP, words(foot.language).gettext
        parts: list[tuple[str, Callable[[Ink], None]]] = []
        if foot.has_steps:
            now, top = top, top + _STEPS + _GAP
            parts += [("H2", lambda ink: ink.text(LEFT, now + 4, say("Et maintenant ?"), 12.5, BOLD))]
            parts += [("P", lambda ink: _steps(ink, now + 11, say))]
        box, below = Box(LEFT, top, RIGHT - LEFT, _BOX), top + _BOX + _GAP
        if self._letterhead.letters_to or foot.letters_back_by:
            parts += [("H2", lambda ink: self._letters_back(ink, box, foot))]
        if self._letterhead.letters_to or foot.read_online_url:
            parts += [("P", lambda ink: self._address(ink, box, foot))]
        if foot.has_folding_booklet:
            fold = below + foot.drop_off_height
            parts += [("H2", lambda ink: ink.text(LEFT, fold + 4, say("Plier le livret"), 10, BOLD))]
            parts += [("P", lambda ink: draw_folding(ink, LEFT, fold, say))]
        parts += [("P", lambda ink: self._thanks(ink, foot.language))]
        named = [(role, self._form((foot, place), A4[1], draw)) for place, (role, draw) in enumerate(parts)]
        if drop_off:
            near = self._form((foot.language, drop_off, below), A4[1], lambda ink: _near(ink, below, drop_off, say))
            named.insert(-3 if foot.has_folding_booklet else -1, ("P", near))
        return named

    def _letters_back(self, ink: Ink, box: Box, foot: Foot) -> None:
        say = words(foot.language).gettext
        heading = say("Renvoyez vos lettres à cette adresse")
        if foot.letters_back_by:
            day = spelled_date(foot.letters_back_by, foot.language)
            heading = say("Renvoyez vos lettres avant le {date}").format(date=day)
        ink.text(box.x + 5, box.y + 8.5, heading, 12.5, BOLD)

    def _address(self, ink: Ink, box: Box, foot: Foot) -> None:
        ink.frame(box, 1)
        for row, line in enumerate(self._letterhead.letters_to):
            ink.text(box.x + 5, box.y + 16 + 5.2 * row, f"{line} ", 11)
        if foot.read_online_url:
            x = box.right - QR - 5
            across, up = ink.point(x, box.y + 4 + QR)
            ink.raw(picture(foot.read_online_url, across, up, QR * PT))
            ink.centre(x + QR / 2, box.y + 4 + QR + 4.5, words(foot.language).gettext("Lire en ligne"), 8)

    def _thanks(self, ink: Ink, language: str) -> None:
        say = words(language).gettext
        thanks = self._letterhead.closing.get(language) or say("Merci d’écrire avec nous : chaque lettre compte.")
        ink.text(LEFT, BOTTOM - 6, f"{thanks} ", 11, BOLD)
        if self._letterhead.contact:
            asked = say("Une question ? {contact}").format(contact=self._letterhead.contact)
            for row, line in enumerate(wrap(asked, (RIGHT - LEFT) * PT / 9, REGULAR) or [asked]):
                ink.text(LEFT, BOTTOM + row * 4, f"{line} ", 9)

    def _form(self, key: Hashable, height: float, draw: Callable[[Ink], None]) -> str:
        name = self._names.get(key)
        if name is None:
            ink = Ink(height, self._job.used)
            draw(ink)
            name = self._names[key] = f"S{len(self._names)}"
            self._job.forms[name] = self._job.pdf.form(A4[0] * PT, height * PT, ink.content())
        return name


def _near(ink: Ink, y: float, rows: tuple[Row, ...], say: Callable[[str], str]) -> None:
    """Where letters can be left near the orderer."""
    ink.text(LEFT + 5, y + 4, f"{say('Ou déposez-les près de chez vous, sans timbre :')} ", 10.5, BOLD)
    for at, row in enumerate(rows):
        ink.text(LEFT + 5, y + _DROP_OFF_HEADING + 0.5 + DROP_OFF_LINE * at, f"{row.titles[0]} ", DROP_OFF_SIZE)


def _steps(ink: Ink, y: float, say: Callable[[str], str]) -> None:
    """What to do with the copies, in three sentences."""
    sentences = (
        say("Lisez l’histoire des personnes que nous défendons ensemble."),
        say("Écrivez vos lettres à votre façon, à plusieurs si vous pouvez."),
        say("Mettez-les toutes dans une enveloppe et renvoyez-les-nous."),
    )
    for row, sentence in enumerate(sentences):
        ink.text(LEFT + 2, y + row * 6.2, f"{row + 1} ", _BODY, BOLD)
        ink.text(LEFT + 8, y + row * 6.2, f"{sentence} ", _BODY)

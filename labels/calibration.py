"""The pages by which a printer's shift and scale are measured.

Print one on plain paper without any profile. Put a ruler against the edge of the paper: the printed rulers tell how far
off each cross is. Type the numbers in (`profile_from_ruler`), print the page again with the profile, and hold it with a
sheet of the stock against the light.
"""

from collections.abc import Callable
from typing import BinaryIO

from labels.calibration_readings import REACH, cross_inset, crosses, possible_error
from labels.pdf.drawing import Ink
from labels.pdf.fonts import BOLD, REGULAR
from labels.pdf.text_fitting import wrap
from labels.print_job import job
from labels.printer_profiles import EXACT, PrinterProfile
from labels.sheets import A4, PT, Box, LabelSheet
from labels.slips.letterhead import WINDOW, check_window
from labels.wording import words

_PANEL, _PANEL_TOP = (47.0, 116.0), 110.0  # mm: left edge and width, and upper edge
_PANEL_SIZE = 9.5  # pt
_LONG, _SHORT = 5, 1  # mm between the long ticks of a ruler, and between all of them
_DIGITS = 5.5  # pt
_LINE = 1.24 / PT  # mm from line to line, times the type size in pt

Say = Callable[[str], str]


def print_ruler(sheet: LabelSheet, *, profile: PrinterProfile = EXACT, out: BinaryIO, language: str = "fr") -> None:
    """A page with the outline of every label, two crosses with rulers, and what to do with them."""
    sheet = sheet.reached_by(profile.edge)
    say = words(language).gettext
    title = say("Réglage de {sheet}").format(sheet=sheet.name)
    with job(out, sheet.page, profile, title=title, language=language) as begun:
        ink = Ink(sheet.page[1], begun.used)
        for n in range(1, sheet.count + 1):
            ink.frame(sheet.position(n), 0.5)
            ink.frame(sheet.safe_box(n), 0.3, "1 2")
        reach = min(REACH, cross_inset(sheet) / 2)
        for number, (x, y) in enumerate(crosses(sheet), 1):
            _cross(ink, x, y, str(number), reach)
        if sheet.is_single:
            _single(ink, sheet, title, say)
        else:
            _panel(ink, title, _instructions(sheet, say))
        begun.add_page(ink.content())


def _instructions(sheet: LabelSheet, say: Say) -> list[str]:
    inset = f"{cross_inset(sheet):g}"
    error = f"{possible_error(sheet):.1f}".replace(".", ",")
    return [
        say("Imprimez cette page sur papier ordinaire, à 100 %, jamais « ajustée à la page »."),
        say(
            "Croix 1 : mettez le zéro d’une règle au bord gauche du papier, et lisez où son trait des {inset} mm "
            "touche la règle imprimée. De même depuis le bord du haut."
        ).format(inset=inset),
        "x = ………… mm      y = ………… mm",
        say("Croix 2 : de même, depuis le bord droit et depuis le bord du bas."),
        "x = ………… mm      y = ………… mm",
        say("Lu au quart de millimètre, tout est ensuite juste à {error} mm près.").format(error=error),
        say("Puis tenez la page corrigée contre la lumière, sur une planche : les cadres sont ses étiquettes."),
    ]


def _panel(ink: Ink, title: str, lines: list[str]) -> None:
    """A white box in the middle of the page with what to do."""
    left, width = _PANEL
    paragraphs = [wrap(line, (width - 12) * PT / _PANEL_SIZE, REGULAR) or [line] for line in lines]
    box = Box(left, _PANEL_TOP, width, 20 + sum(4.4 * len(rows) + 2.2 for rows in paragraphs))
    ink.blank(box)
    ink.frame(box, 1)
    ink.text(box.x + 6, box.y + 10, title, 14, BOLD)
    y = box.y + 17.5
    for rows in paragraphs:
        for row in rows:
            ink.text(box.x + 6, y, row, _PANEL_SIZE)
            y += 4.4
        y += 2.2


def _single(ink: Ink, sheet: LabelSheet, title: str, say: Say) -> None:
    """The same for one label, in few words between the crosses."""
    inset = cross_inset(sheet)
    box = Box(inset * 1.8, inset * 1.8, sheet.page[0] - inset * 3.6, sheet.page[1] - inset * 3.6)
    if box.height < box.width / 2:  # beside the crosses, not between them
        box = Box(box.x, inset * 0.6, box.width, sheet.page[1] - inset * 1.2)
    sentence = say(
        "Règle, zéro au bord gauche, puis en haut (croix 1) ; à droite, puis en bas (croix 2) : "
        "où son trait des {inset} mm touche-t-il la règle imprimée ?"
    ).format(inset=f"{inset:g}")
    size = 9.0
    while (rows := wrap(sentence, box.width * PT / size, REGULAR)) is None or _height(len(rows), size) > box.height:
        size -= 0.5
    ink.text(box.x, box.y + size / PT, title, size, BOLD)
    for row, line in enumerate(rows, 1):
        ink.text(box.x, box.y + size / PT + row * size * _LINE, line, size)


def _height(rows: int, size: float) -> float:
    """mm that a title and so many rows take."""
    return size / PT + rows * size * _LINE + 0.3 * size / PT


def _cross(ink: Ink, x: float, y: float, number: str, reach: float) -> None:
    """Two rulers that cross at their zero.

    Each of the four arms has its digits in a quarter of its own, turning round, so that none overprints another.
    """
    ink.blank(Box(x - reach - 3, y - reach - 1.5, 2 * reach + 7, 2 * reach + 3))
    ink.line([(x - reach, y), (x + reach, y)], 0.4)
    ink.line([(x, y - reach), (x, y + reach)], 0.4)
    ink.ring(x, y, 2.2, 0.4)
    for mm in range(-int(reach), int(reach) + 1, _SHORT):
        length = 2.0 if mm % _LONG == 0 else 1.1
        side = 1 if mm < 0 else -1
        ink.line([(x + mm, y), (x + mm, y + side * length)], 0.3)
        ink.line([(x, y + mm), (x - side * length, y + mm)], 0.3)
    for mm in range(_LONG, int(reach) + 1, _LONG):
        digits = 0.35 * _DIGITS / PT
        ink.centre(x + mm, y - 2.6, f"+{mm}", _DIGITS)
        ink.centre(x - mm, y + 2.6 + 2 * digits, f"−{mm}", _DIGITS)
        ink.text(x + 2.6, y + mm + digits, f"+{mm}", _DIGITS)
        ink.right(x - 2.6, y - mm + digits, f"−{mm}", _DIGITS)
    ink.text(x - reach, y - 1.2, number, 12 if reach >= REACH else 8, BOLD)


def print_window_ruler(
    window: Box = WINDOW, *, profile: PrinterProfile = EXACT, out: BinaryIO, language: str = "fr"
) -> None:
    """An A4 page that shows where the slip expects the window of the envelope. Raises `BadWindow`."""
    check_window(window)
    say = words(language).gettext
    title = say("Réglage de la fenêtre")
    with job(out, A4, profile, title=title, language=language) as begun:
        ink = Ink(A4[1], begun.used)
        ink.frame(window, 1)
        ink.frame(Box(window.x + 5, window.y + 4, window.width - 10, window.height - 8), 0.4, "1 2")
        for x, y in ((window.x, window.y), (window.right, window.bottom)):
            _cross(ink, x, y, "", REACH)
        numbers = " · ".join(f"{value:g}" for value in window)
        lines = [
            say("Pliez cette page comme un bordereau et glissez-la dans l’enveloppe."),
            say("Tout le cadre en pointillé doit rester visible, même si la page glisse."),
            say("Fenêtre (x, y, largeur, hauteur) : {numbers} mm").format(numbers=numbers),
        ]
        _panel(ink, title, lines)
        begun.add_page(ink.content())

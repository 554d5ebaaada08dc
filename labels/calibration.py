"""Pages that show what a printer does to a sheet.

Print one on plain paper with the profile in use, hold it with a sheet of the stock against the light, read
off where the edges of the labels cross the rulers, and type the numbers in (`profile_from_ruler`).
"""

from collections.abc import Callable
from typing import BinaryIO

from labels.pdf.drawing import Ink
from labels.pdf.fonts import BOLD, REGULAR
from labels.pdf.text_fitting import wrap
from labels.print_job import job
from labels.printer_profiles import EXACT, PrinterProfile
from labels.sheets import A4, PT, Box, LabelSheet
from labels.slips.letterhead import WINDOW, check_window
from labels.wording import words

_REACH = 10  # mm that a ruler reads to either side
_INSIDE = 10.0  # mm from the paper's edges to the cross of a single label
_PANEL = Box(52.0, 112.0, 106.0, 62.0)

Say = Callable[[str], str]


def crosses(sheet: LabelSheet) -> list[tuple[float, float]]:
    """The points whose rulers are read, in mm: a corner inside the first label's neighbourhood, and one far
    off.

    A single label has no neighbour: its cross is measured from the edges of the paper.
    """
    first, last = sheet.position(1), sheet.position(sheet.count)
    if sheet.count == 1:
        return [(first.x + _INSIDE, first.y + _INSIDE)]
    return [(first.right, first.bottom), (last.x, last.y)]


def profile_from_ruler(
    sheet: LabelSheet, near: tuple[float, float], far: tuple[float, float] | None = None
) -> PrinterProfile:
    """The profile that puts right what was read: x and y in mm at cross 1, and at cross 2 if they differ.

    Raises `BadProfile` when no printer is so far off.
    """
    if far is None or sheet.count == 1:
        return PrinterProfile(*near)
    (x1, y1), (x2, y2) = crosses(sheet)
    scale_x = 1 + (far[0] - near[0]) / (x2 - x1) if x2 > x1 else 1.0
    scale_y = 1 + (far[1] - near[1]) / (y2 - y1) if y2 > y1 else 1.0
    return PrinterProfile(
        x=near[0] - (scale_x - 1) * x1, y=near[1] - (scale_y - 1) * y1, scale_x=scale_x, scale_y=scale_y
    )


def print_ruler(sheet: LabelSheet, *, profile: PrinterProfile = EXACT, out: BinaryIO, language: str = "fr") -> None:
    """A page with the outline of every label, crosses with rulers, and what to do with them."""
    sheet = sheet.reached_by(profile.edge)
    say = words(language).gettext
    title = say("Réglage de {sheet}").format(sheet=sheet.name)
    with job(out, sheet.page, profile, title=title, language=language) as begun:
        ink = Ink(sheet.page[1], begun.used)
        for n in range(1, sheet.count + 1):
            ink.frame(sheet.position(n), 0.5)
            ink.frame(sheet.safe_box(n), 0.3, "1 2")
        for number, (x, y) in enumerate(crosses(sheet), 1):
            _cross(ink, x, y, str(number), has_rulers=sheet.count > 1)
        if sheet.count > 1:
            _panel(ink, title, _instructions(say))
        else:
            _single(ink, sheet, title, say)
        begun.add_page(ink.content())


def _instructions(say: Say) -> list[str]:
    return [
        say("Imprimez cette page sur papier ordinaire, à 100 %, et regardez-la contre la lumière, sur une planche."),
        say("Croix 1 : lisez où les bords de l’étiquette coupent les règles (à droite et en bas : positif)."),
        "x = ………… mm      y = ………… mm",
        say("Croix 2 : si elle donne d’autres nombres, notez-les aussi : l’imprimante agrandit ou réduit."),
    ]


def _panel(ink: Ink, title: str, lines: list[str]) -> None:
    """A white box in the middle of the page with what to do."""
    box = _PANEL
    ink.shape([(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)], 1)
    ink.frame(box, 1)
    ink.text(box.x + 6, box.y + 10, title, 14, BOLD)
    y = box.y + 17.5
    for line in lines:
        for row in wrap(line, (box.width - 12) * PT / 9.5, REGULAR) or [line]:
            ink.text(box.x + 6, y, row, 9.5)
            y += 4.4
        y += 2.2


def _single(ink: Ink, sheet: LabelSheet, title: str, say: Say) -> None:
    """The same for one label: the paper's edges are what a volunteer can measure from."""
    x, y = crosses(sheet)[0]
    size = min(9.0, sheet.size * 0.8)
    ink.text(x + 5, y - 2.2, title, size, BOLD)
    room = (sheet.safe_box(1).right - x - 6) * PT / size
    sentence = say("Mesurez de la croix aux bords du papier : x = {x} mm − mesuré, y = {y} mm − mesuré.")
    for row, line in enumerate(wrap(sentence.format(x=f"{x:g}", y=f"{y:g}"), room, REGULAR) or [sentence]):
        ink.text(x + 5, y + 4 + row * size * 0.44, line, size)


def _cross(ink: Ink, x: float, y: float, number: str, *, has_rulers: bool) -> None:
    reach = _REACH if has_rulers else 4
    ink.line([(x - reach, y), (x + reach, y)], 0.4)
    ink.line([(x, y - reach), (x, y + reach)], 0.4)
    ink.ring(x, y, 2.2, 0.4)
    if not has_rulers:
        return
    ink.text(x + 3, y - 3, number, 12, BOLD)
    for mm in range(-_REACH, _REACH + 1):
        length = 2.2 if mm % 5 == 0 else 1.2
        ink.line([(x + mm, y), (x + mm, y + length)], 0.3)
        ink.line([(x, y + mm), (x + length, y + mm)], 0.3)
    for mm in (-10, -5, 5, 10):
        ink.centre(x + mm, y + 4.8, f"{mm:+d}", 6)
        ink.text(x + 2.8, y + mm + 0.7, f"{mm:+d}", 6)


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
            _cross(ink, x, y, "", has_rulers=True)
        numbers = " · ".join(f"{value:g}" for value in window)
        lines = [
            say("Pliez cette page comme un bordereau et glissez-la dans l’enveloppe."),
            say("Tout le cadre en pointillé doit rester visible, même si la page glisse."),
            say("Fenêtre (x, y, largeur, hauteur) : {numbers} mm").format(numbers=numbers),
        ]
        _panel(ink, title, lines)
        begun.add_page(ink.content())

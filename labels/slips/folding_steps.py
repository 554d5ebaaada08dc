"""The four drawings that show how an A3 sheet becomes a booklet of eight small pages."""

from collections.abc import Callable

from labels.pdf.drawing import Ink
from labels.pdf.fonts import BOLD, REGULAR
from labels.pdf.text_fitting import wrap
from labels.sheets import PT

HEIGHT = 44.0  # mm, with the heading above them
_STEP = 42.5  # mm from one step to the next
_FOLD = "2 2"
_LINE, _STRONG = 0.6, 1.2  # pt


def draw_folding(ink: Ink, x: float, y: float, say: Callable[[str], str]) -> None:
    """Draw the four steps below a heading whose top left corner is `x`, `y`."""
    steps = (
        (_unfolded, say("Pliez la feuille en huit, puis dépliez.")),
        (_cut, say("Pliez en deux et coupez le pli du milieu, jusqu’au centre.")),
        (_push, say("Repliez dans la longueur et poussez les deux bouts l’un vers l’autre.")),
        (_booklet, say("Rabattez les pages : le livret est prêt.")),
    )
    for place, (draw, sentence) in enumerate(steps):
        left = x + place * _STEP
        draw(ink, left, y + 8)
        ink.text(left, y + 31.5, f"{place + 1} ", 9, BOLD)
        for row, words in enumerate(wrap(sentence, 34 * PT / 7.5, REGULAR) or [sentence]):
            ink.text(left + 3.5, y + 31.5 + 3.2 * row, f"{words} ", 7.5)


def _unfolded(ink: Ink, x: float, y: float) -> None:
    """A sheet with the creases of eight pages."""
    _sheet(ink, x, y, 28, 19)
    for part in (7, 14, 21):
        ink.line([(x + part, y), (x + part, y + 19)], _LINE, _FOLD)
    ink.line([(x, y + 9.5), (x + 28, y + 9.5)], _LINE, _FOLD)


def _cut(ink: Ink, x: float, y: float) -> None:
    """Folded across, cut from the fold to the middle; the fold is on the left."""
    _sheet(ink, x, y, 14, 19)
    ink.line([(x + 1, y + 0.8), (x + 14.8, y + 0.8)], _LINE)
    ink.line([(x + 14.8, y + 0.8), (x + 14.8, y + 18.2), (x + 14, y + 18.2)], _LINE)
    ink.line([(x + 7, y), (x + 7, y + 19)], _LINE, _FOLD)
    ink.line([(x + 7, y + 9.5), (x + 14, y + 9.5)], _LINE, _FOLD)
    ink.line([(x - 1, y + 9.5), (x + 7, y + 9.5)], _STRONG)
    _scissors(ink, x - 1, y + 9.5)


def _push(ink: Ink, x: float, y: float) -> None:
    """Folded along its length, the two ends pushed together: the middle opens."""
    top, bottom = y + 5, y + 14.5
    middle = x + 14
    ink.line([(x + 4, top), (x + 9, top), (middle, top - 3), (x + 19, top), (x + 24, top)], _LINE)
    ink.line([(x + 9, top), (middle, top + 3), (x + 19, top)], _LINE)
    ink.line([(x + 4, top), (x + 4, bottom), (x + 9, bottom), (middle, bottom + 3)], _LINE)
    ink.line([(middle, bottom + 3), (x + 19, bottom), (x + 24, bottom), (x + 24, top)], _LINE)
    ink.line([(x + 9, top), (x + 9, bottom)], _LINE, _FOLD)
    ink.line([(x + 19, top), (x + 19, bottom)], _LINE, _FOLD)
    ink.line([(middle, top + 3), (middle, bottom + 3)], _LINE)
    _arrow(ink, x - 1, y + 9.5, 1)
    _arrow(ink, x + 29, y + 9.5, -1)


def _booklet(ink: Ink, x: float, y: float) -> None:
    """The finished booklet, its pages slightly open."""
    ink.line([(x + 5, y), (x + 5, y + 19), (x + 17, y + 19), (x + 17, y), (x + 5, y)], _STRONG)
    for page in (1, 2, 3):
        right, rise = x + 17 + page * 1.1, page * 0.9
        ink.line([(x + 17, y), (right, y + rise), (right, y + 19 + rise / 2), (x + 17, y + 19)], _LINE)
    ink.line([(x + 8, y + 5), (x + 14, y + 5)], _LINE)
    ink.line([(x + 8, y + 7.5), (x + 14, y + 7.5)], _LINE)


def _sheet(ink: Ink, x: float, y: float, width: float, height: float) -> None:
    ink.line([(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)], _LINE)


def _scissors(ink: Ink, x: float, y: float) -> None:
    """Open scissors that cut to the right, their blades at this point."""
    for way in (1, -1):
        ink.line([(x + 1.5, y + way * 1.1), (x - 2.2, y - way * 1.2)], 0.8)
        ink.ring(x - 3, y - way * 1.6, 0.9, 0.8)


def _arrow(ink: Ink, x: float, y: float, way: int) -> None:
    """An arrow of 4 mm that points right (1) or left (-1) from this point."""
    ink.line([(x, y), (x + 4 * way, y)], _STRONG)
    ink.line([(x + 2.4 * way, y - 1.3), (x + 4 * way, y), (x + 2.4 * way, y + 1.3)], _STRONG)

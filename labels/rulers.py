"""Pages that show what a printer does to a sheet: print one, lay it on the stock, read off two numbers."""

from typing import BinaryIO

from labels.fonts import BOLD
from labels.ink import Ink
from labels.letterhead import WINDOW, check_window
from labels.printing import job
from labels.profiles import EXACT, PrinterProfile
from labels.sheets import A4, Box, LabelSheet
from labels.wording import words

_REACH = 10  # mm that a ruler reads to either side


def print_ruler(sheet: LabelSheet, *, profile: PrinterProfile = EXACT, out: BinaryIO, language: str = "fr") -> None:
    """A page with the outline of every label, and two rulers that read x and y of a profile."""
    say = words(language).gettext
    title = say("Réglage de {sheet}").format(sheet=sheet.name)
    with job(out, sheet.page, profile, title=title, language=language) as begun:
        ink = Ink(sheet.page[1], begun.used)
        for n in range(1, sheet.count + 1):
            ink.frame(sheet.position(n), 0.5)
            ink.frame(sheet.safe_box(n), 0.3, "1 2")
        begun.add_page(ink.content())


def print_window_ruler(
    window: Box = WINDOW, *, profile: PrinterProfile = EXACT, out: BinaryIO, language: str = "fr"
) -> None:
    """An A4 page that shows where the slip expects the window of the envelope."""
    check_window(window)
    title = words(language).gettext("Réglage de la fenêtre")
    with job(out, A4, profile, title=title, language=language) as begun:
        ink = Ink(A4[1], begun.used)
        ink.text(20, 20, title, 14, BOLD)
        ink.frame(window, 1)
        begun.add_page(ink.content())

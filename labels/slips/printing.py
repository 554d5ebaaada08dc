"""Prints packing slips: an A4 page in each parcel that says what is inside and where letters go back to."""

from collections.abc import Iterable
from typing import BinaryIO

from labels.print_job import job
from labels.printer_profiles import EXACT, PrinterProfile
from labels.refusals import Report
from labels.sheets import A4, Box
from labels.slips.letterhead import LETTERHEAD, WINDOW, Letterhead, check_window
from labels.slips.slip import Slip
from labels.slips.slip_structure import SlipStructure
from labels.slips.slip_writer import SlipWriter


def print_slips(
    slips: Iterable[Slip],
    *,
    out: BinaryIO,
    first: int = 1,
    last: int | None = None,
    is_reversed: bool = False,
    window: Box = WINDOW,
    letterhead: Letterhead = LETTERHEAD,
    profile: PrinterProfile = EXACT,
    skip_unprintable: bool = False,
    title: str = "Bordereaux",
    language: str = "fr",
) -> Report:
    """Print a pile of slips as a PDF into `out`: the items `first` to `last`, a page each or more.

    `is_reversed` puts the last page first, for printers that pile face up. `language` is that of the file;
    each slip speaks its own. Raises `EmptyPile`, and `Unprintable` with all refusals unless
    `skip_unprintable`; then nothing is written. Raises `BadWindow`.
    """
    check_window(window)
    with job(
        out,
        A4,
        profile,
        title=title,
        language=language,
        skip_unprintable=skip_unprintable,
        is_reversed=is_reversed,
    ) as begun:
        begun.structure = SlipStructure(begun.pdf)
        writer = SlipWriter(begun, begun.structure, window, letterhead)
        begun.print_each(slips, writer.add, first, last)
    return begun.report

"""Draws a slip: sender, address in the window, reference, what is inside, what follows, foot."""

from labels.barcodes.code128 import bars, is_encodable, placed, spelled
from labels.barcodes.qr import LONGEST, picture
from labels.pdf.content_stream import beginning, show_texts
from labels.pdf.drawing import Ink
from labels.pdf.fonts import BOLD, REGULAR
from labels.pdf.printable_text import clean, is_plain
from labels.pdf.text_fitting import LEADING, Fitted, Room
from labels.print_job import Job, check_letters
from labels.refusals import BadReference, ItemRefused, TooLong
from labels.sheets import A4, PT, Box
from labels.slips.form_xobjects import QR, Foot, SlipForms
from labels.slips.layout import BOTTOM, Kind, Placed, flow
from labels.slips.letterhead import Letterhead
from labels.slips.slip import Slip
from labels.slips.table_rows import LEFT, MESSAGE_SIZE, RIGHT, drop_off_rows, table_rows
from labels.wording import words

_ADDRESS_SIZE = 11.0  # pt
_FIGURES = LEFT + 17  # mm: where the numbers of copies end
_BAR_HEIGHT = 10.0  # mm
_BESIDE_WINDOW = 125.0  # mm
_LONGEST_PART = 12  # signs


class SlipWriter:
    """Adds the pages of one slip after the other to a print. `window` is where the address shows, in mm."""

    def __init__(self, begun: Job, window: Box, letterhead: Letterhead) -> None:
        self._job = begun
        self._address = Box(window.x + 5, window.y + 4, window.width - 10, window.height - 8)
        self._room = Room(self._address.width * PT, self._address.height * PT, _ADDRESS_SIZE)
        self._beside = Box(_BESIDE_WINDOW if window.right <= 120 else LEFT, window.y, 60, 50)
        self._top = max(window.bottom, self._beside.bottom) + 10
        lower_left = Ink(A4[1], begun.used).point(self._beside.x, self._beside.y + 13 + _BAR_HEIGHT)
        self._bars = placed(*lower_left, _BAR_HEIGHT * PT)
        self._forms = SlipForms(begun, letterhead, self._beside)

    def add(self, number: int, slip: Slip) -> None:
        """Print a slip. Raises `ItemRefused`."""
        _check(slip)
        fitted = self._fit(slip.lines)
        near = drop_off_rows(slip.drop_off, slip.language)
        foot = Foot(slip.language, slip.letters_back_by, slip.read_online_url, slip.has_folding_booklet, len(near))
        pages = flow(table_rows(slip), self._top, foot.height)
        for page, rows in enumerate(pages, 1):
            ink = self._begin(slip, page, len(pages))
            if page == 1:
                self._draw_address(ink, fitted)
                self._draw_reference(ink, slip)
            for row in rows:
                self._draw_row(ink, row)
            if page == len(pages):
                ink.place(self._forms.foot(foot), 0, A4[1])
                if near:
                    ink.place(self._forms.drop_off(near, slip.language), 0, foot.drop_off_top + foot.drop_off_height)
            self._job.add_page(ink.content())
        self._job.report.count(number, fitted.is_wrapped, fitted.is_shrunk)

    def _fit(self, lines: tuple[str, ...]) -> Fitted:
        plain = "\n".join(lines)
        if is_plain(plain, len(lines)):
            return self._room.fit(lines, plain)
        lines = tuple(filter(None, map(clean, lines)))
        check_letters(lines)
        return self._room.fit(lines)

    def _begin(self, slip: Slip, page: int, pages: int) -> Ink:
        """A page with what stands on every page of a slip."""
        ink = Ink(A4[1], self._job.used)
        ink.place(self._forms.head(), 0, A4[1])
        if slip.sequence is not None:
            ink.right(RIGHT, 31, str(slip.sequence), 22, BOLD)
        say = words(slip.language).gettext
        if slip.part:
            ink.right(RIGHT, 36.5, say("colis {part}").format(part=clean(slip.part)), 10)
        if slip.run > 1:
            ink.right(RIGHT, 41.0 if slip.part else 36.5, say("réimpression {run}").format(run=slip.run), 8)
        if pages > 1:
            ink.right(RIGHT, BOTTOM + 6, f"{spelled(slip.reference)}   {page}/{pages}", 8)
        return ink

    def _draw_address(self, ink: Ink, fitted: Fitted) -> None:
        """The address in the window, centred in its height."""
        box, size = self._address, fitted.size
        block = ((fitted.rows - 1) * LEADING + REGULAR.ascent + REGULAR.descent) * size
        x, top = ink.point(box.x, box.y + (box.height - block / PT) / 2)
        ink.used(fitted.text)
        begun = beginning(x, top - REGULAR.ascent * size, size, LEADING, bold=True)
        ink.raw(show_texts([fitted.text], [begun], LEADING))

    def _draw_reference(self, ink: Ink, slip: Slip) -> None:
        """The reference in letters and bars, and the way to the order's page."""
        box = self._beside
        if slip.reference:
            ink.place(self._forms.captions(slip), 0, A4[1])
            ink.text(box.x, box.y + 9.5, spelled(slip.reference), 15, BOLD)
            ink.raw(bars(slip.code or slip.reference, self._bars))
        if slip.order_url:
            x, y = ink.point(box.x, box.y + 28 + QR)
            ink.raw(picture(slip.order_url, x, y, QR * PT))

    def _draw_row(self, ink: Ink, placed_row: Placed) -> None:
        y, row = placed_row
        if row.kind is Kind.MESSAGE:
            ink.text(LEFT, y + 4, row.titles[0], MESSAGE_SIZE)
            return
        ink.place(self._forms.row(row), 0, y + row.height)
        if row.copies:
            ink.right(_FIGURES, y + 6.3, row.copies, row.figures, BOLD)


def _check(slip: Slip) -> None:
    """Raise `ItemRefused` for what cannot be printed beside the address and the table."""
    for encoded in (slip.reference, slip.code):
        if encoded and not is_encodable(encoded):
            raise ItemRefused(BadReference, encoded)
    if slip.part:
        check_letters((clean(slip.part),))
        if len(slip.part) > _LONGEST_PART:
            raise ItemRefused(TooLong, slip.part, f"« k/n » a {_LONGEST_PART} signes au plus")
    for link in (slip.order_url, slip.read_online_url):
        if len(link.encode()) > LONGEST:
            raise ItemRefused(TooLong, link, f"un code QR de cette taille contient {LONGEST} signes")

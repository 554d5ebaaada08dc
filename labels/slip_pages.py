"""Draws a slip: sender, address in the window, reference, what is inside, what follows, foot."""

from functools import lru_cache

from labels.barcodes import bars, is_encodable, spelled
from labels.fitting import LEADING, Fitted, Room
from labels.fonts import BOLD, REGULAR
from labels.ink import Ink
from labels.letterhead import Letterhead
from labels.letters import clean
from labels.printing import Job, check_letters
from labels.qr import LONGEST, picture
from labels.refusals import BadReference, ItemRefused, TooLong
from labels.sheets import A4, PT, Box
from labels.slip import Slip
from labels.slip_forms import LEFT, QR, RIGHT, Foot, SlipForms
from labels.slip_layout import BOTTOM, TITLE_LINE, Placed, flow
from labels.slip_table import CODE_SIZE, MESSAGE_SIZE, TITLE_SIZE, TITLES, table_rows
from labels.text_streams import show_rows
from labels.wording import words

_ADDRESS_SIZE = 11.0  # pt
_FIGURES = LEFT + 17  # mm: where the numbers of copies end
_BAR_HEIGHT = 10.0  # mm
_BESIDE_WINDOW = 125.0  # mm


class SlipWriter:
    """Adds the pages of one slip after the other to a print. `window` is where the address shows, in mm."""

    def __init__(self, begun: Job, window: Box, letterhead: Letterhead) -> None:
        self._job = begun
        self._address = Box(window.x + 5, window.y + 4, window.width - 10, window.height - 8)
        self._room = Room(self._address.width * PT, self._address.height * PT, _ADDRESS_SIZE)
        self._beside = Box(_BESIDE_WINDOW if window.right <= 120 else LEFT, window.y, 60, 50)
        self._top = max(window.bottom, self._beside.bottom) + 10
        self._forms = SlipForms(begun, letterhead)
        self._drawn = lru_cache(4096)(self._draw_row)  # the same publications stand at the same height again

    def add(self, number: int, slip: Slip) -> None:
        """Print a slip. Raises `ItemRefused`."""
        lines = tuple(filter(None, map(clean, slip.lines)))
        check_letters(lines)
        if slip.reference and not is_encodable(slip.reference):
            raise ItemRefused(BadReference, slip.reference)
        for link in (slip.order_url, slip.read_online_url):
            if len(link.encode()) > LONGEST:
                raise ItemRefused(TooLong, link, f"a QR code of this size holds {LONGEST} characters")
        fitted = self._room.fit(lines)
        foot = Foot(slip.language, slip.letters_back_by, slip.read_online_url, slip.has_folding_booklet)
        pages = flow(table_rows(slip), self._top, foot.height)
        for place, placed in enumerate(pages, 1):
            ink = self._begin(slip, place, len(pages))
            if place == 1:
                self._draw_address(ink, fitted)
                self._draw_reference(ink, slip)
            for row in placed:
                ink.raw(self._drawn(row))
            if place == len(pages):
                ink.place(self._forms.foot(foot), 0, A4[1])
            self._job.add_page(ink.content())
        self._job.report.count(number, is_wrapped=fitted.is_wrapped, is_shrunk=fitted.is_shrunk)

    def _begin(self, slip: Slip, page: int, pages: int) -> Ink:
        """A page with what stands on every page of a slip."""
        ink = Ink(A4[1], self._job.used)
        ink.place(self._forms.head(), 0, A4[1])
        if slip.sequence is not None:
            ink.right(RIGHT, 31, str(slip.sequence), 22, BOLD)
        if slip.part:
            say = words(slip.language).gettext
            ink.right(RIGHT, 36.5, say("colis {part}").format(part=slip.part), 10)
        if pages > 1:
            ink.right(RIGHT, BOTTOM + 6, f"{spelled(slip.reference)}   {page}/{pages}", 8)
        return ink

    def _draw_address(self, ink: Ink, fitted: Fitted) -> None:
        """The address in the window, centred in its height."""
        box, size = self._address, fitted.size
        block = ((fitted.rows - 1) * LEADING + REGULAR.ascent + REGULAR.descent) * size
        x, top = ink.point(box.x, box.y + (box.height - block / PT) / 2)
        first = top - REGULAR.ascent * size + LEADING * size
        ink.used(fitted.text)
        before = b"BT /B %g Tf %.2f TL %.2f %.2f Td" % (size, LEADING * size, x, first)
        ink.raw(show_rows(fitted.text, fitted.bold_rows, before, b"/R %g Tf" % size) + b"ET")

    def _draw_reference(self, ink: Ink, slip: Slip) -> None:
        """The reference in letters and bars, and the way to the order's page."""
        say, box = words(slip.language).gettext, self._beside
        if slip.reference:
            ink.text(box.x, box.y + 3.5, say("Commande"), 9)
            ink.text(box.x, box.y + 9.5, spelled(slip.reference), 15, BOLD)
            x, y = ink.point(box.x, box.y + 13 + _BAR_HEIGHT / 2)
            ink.raw(bars(slip.reference, x, y, _BAR_HEIGHT * PT))
        if slip.order_url:
            x, y = ink.point(box.x, box.y + 28 + QR)
            ink.raw(picture(slip.order_url, x, y, QR * PT))
            ink.text(box.x + QR + 4, box.y + 28 + QR / 2 + 1, say("Suivre la commande"), 9)

    def _draw_row(self, placed: Placed) -> bytes:
        """Operators of one row of the table."""
        ink, row = Ink(A4[1], self._job.used), placed.row
        if row.is_heading:
            ink.text(LEFT, placed.y + row.height - 3.5, row.titles[0], 13, BOLD)
            return ink.content()
        baseline = placed.y + 6.3 if row.copies else placed.y + 4
        for line, title in enumerate(row.titles):
            size = TITLE_SIZE if row.copies else MESSAGE_SIZE
            ink.text(TITLES if row.copies else LEFT, baseline + line * TITLE_LINE, title, size)
        if row.copies:
            ink.right(_FIGURES, baseline, row.copies, row.figures, BOLD)
            ink.right(RIGHT, baseline, row.code, CODE_SIZE)
            bottom = placed.y + row.height
            ink.line([(LEFT, bottom), (RIGHT, bottom)])
        return ink.content()

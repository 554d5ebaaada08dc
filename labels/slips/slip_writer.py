"""Draws slips: on the plan of its kind each gets its own address, reference, number, figures, bars and QR code."""

from labels.barcodes.code128 import bars, is_encodable, placed, spelled
from labels.barcodes.qr import LONGEST, picture
from labels.pdf.content_stream import BOLD_ENDS, around_x, beginning, beyond_ascii, show_texts
from labels.pdf.fonts import BOLD, REGULAR
from labels.pdf.printable_text import clean, is_plain, missing_glyphs
from labels.pdf.text_fitting import LEADING, Fitted, Room
from labels.print_job import Job, check_letters
from labels.refusals import BadReference, ItemRefused, TooLong
from labels.sheets import PT, Box
from labels.slips.form_xobjects import QR
from labels.slips.layout import BOTTOM
from labels.slips.letterhead import Letterhead
from labels.slips.page_plans import GREETING_SIZE, Figure, SlipPlans, up
from labels.slips.slip import Slip
from labels.slips.slip_structure import SlipStructure
from labels.slips.table_rows import LEFT, RIGHT
from labels.wording import words

_ADDRESS_SIZE, _LARGEST_ADDRESS = 11.0, 12.0  # pt
_NUMBER_SIZE = 22.0  # pt
_FIGURES = LEFT + 17  # mm: where the numbers of copies end
_BAR_HEIGHT = 10.0  # mm
_LONGEST_PART = 12  # signs


class SlipWriter:
    """Adds the pages of one slip after the other to a print. `window` is where the address shows, in mm."""

    def __init__(self, begun: Job, structure: SlipStructure, window: Box, letterhead: Letterhead) -> None:
        self._job = begun
        self._structure = structure
        self._address = Box(window.x + 5, window.y + 4, window.width - 10, window.height - 8)
        self._room = Room(self._address.width * PT, self._address.height * PT, _ADDRESS_SIZE, _LARGEST_ADDRESS)
        self._plans = SlipPlans(begun, window, letterhead)
        beside = self._plans.beside
        self._bars = placed(beside.x * PT, up(beside.y + 13 + _BAR_HEIGHT), _BAR_HEIGHT * PT)
        self._code = (beside.x * PT, up(beside.y + 28 + QR), QR * PT)
        self._number = around_x(up(31), _NUMBER_SIZE, LEADING, bold=True)
        self._addresses: dict[tuple[int, float], bytes] = {}
        self._figures: dict[tuple[int, float], tuple[str, bytes]] = {}
        self._texts: list[str] = []  # of the page that is being drawn
        self._beginnings: list[bytes] = []

    def add(self, number: int, slip: Slip) -> None:
        """Print a slip. Raises `ItemRefused`."""
        _check(slip)
        fitted = self._fit(slip.lines)
        plan = self._plans.plan(slip)
        copies = [line.copies for line in (*slip.inside, *slip.follows)]
        for page, planned in enumerate(plan.pages, 1):
            self._add_head(slip, planned.head)
            if page == 1:
                self._text(_spaced(fitted.text), planned.address + self._address_begins(fitted))
                if slip.reference:
                    self._text(spelled(slip.reference), planned.reference)
                if planned.greeting:
                    self._text(_greeting(slip), planned.greeting)
            for figure in planned.figures:
                self._add_figure(figure, copies.pop(0))
            if len(plan.pages) > 1:
                foot = f"{spelled(slip.reference)}   {page}/{len(plan.pages)}"
                self._right(foot, BOTTOM + 6, 8, b"EMC\n/Artifact BMC ")
            self._end_page(planned.drawn, self._codes(slip) if page == 1 else b"")
        self._structure.end_slip(slip.language, plan.roles)
        self._job.report.count(number, fitted.is_wrapped, fitted.is_shrunk)

    def _fit(self, lines: tuple[str, ...]) -> Fitted:
        plain = "\n".join(lines)
        if is_plain(plain, len(lines)):
            return self._room.fit(lines, plain)
        lines = tuple(filter(None, map(clean, lines)))
        check_letters(lines)
        return self._room.fit(lines)

    def _address_begins(self, fitted: Fitted) -> bytes:
        """How the address begins in the window, centred in its height."""
        key = (fitted.rows, fitted.size)
        begun = self._addresses.get(key)
        if begun is None:
            box, size = self._address, fitted.size
            block = ((fitted.rows - 1) * LEADING + REGULAR.ascent + REGULAR.descent) * size
            top = up(box.y + (box.height - block / PT) / 2)
            begun = beginning(box.x * PT, top - REGULAR.ascent * size, size, LEADING, bold=True)
            self._addresses[key] = begun
        return begun

    def _add_head(self, slip: Slip, mark: bytes) -> None:
        """The number in the dispatch, which of several parcels, and whether it was printed before."""
        number = "" if slip.sequence is None else str(slip.sequence)
        before, after = self._number
        x = RIGHT * PT - BOLD.width(number) * _NUMBER_SIZE
        self._text(f"{number} ", b"%b%b%.2f%b" % (mark, before, x, after))
        say = words(slip.language).gettext
        if slip.part:
            self._right(say("colis {part}").format(part=clean(slip.part)), 36.5, 10)
        if slip.run > 1:
            self._right(say("réimpression {run}").format(run=slip.run), 41.0 if slip.part else 36.5, 8)

    def _add_figure(self, figure: Figure, copies: int) -> None:
        key = (copies, figure.size)
        known = self._figures.get(key)
        if known is None:
            text = f"{copies:,}".replace(",", "\u00a0")
            known = self._figures[key] = (text, b"%.2f" % (_FIGURES * PT - BOLD.width(text) * figure.size))
        self._text(known[0], figure.before + known[1] + figure.after)

    def _right(self, text: str, y: float, size: float, mark: bytes = b"") -> None:
        """A small text that ends at the right margin."""
        x = RIGHT * PT - REGULAR.width(text) * size
        self._text(f"{text} ", mark + beginning(x, up(y), size, LEADING))

    def _text(self, text: str, begun: bytes) -> None:
        self._texts.append(text)
        self._beginnings.append(begun)

    def _end_page(self, drawn: int, codes: bytes) -> None:
        self._job.used.update(beyond_ascii(self._texts))
        self._job.add_page(show_texts(self._texts, self._beginnings, LEADING, b"EMC\n") + codes, drawn)
        self._texts.clear()
        self._beginnings.clear()

    def _codes(self, slip: Slip) -> bytes:
        """The reference in bars and the way to the order's page: what they say stands beside them in letters."""
        drawn = bars(slip.code or slip.reference, self._bars) if slip.reference else b""
        if slip.order_url:
            drawn += picture(slip.order_url, *self._code)
        return b"/Artifact BMC\n%bEMC\n" % drawn if drawn else b""


def _spaced(rows: str) -> str:
    """Rows with a space at the end of each, which parts it from the next for those who listen."""
    return rows.replace(BOLD_ENDS, f" {BOLD_ENDS}").replace("\n", " \n")


def _greeting(slip: Slip) -> str:
    """`Bonjour Marie Dupont,`; without a name that has no room or letters that cannot be printed."""
    say, name = words(slip.language).gettext, slip.name
    if not is_plain(name, 1):
        name = clean(name)
        name = "" if missing_glyphs(name) else name
    if name:
        greeting = say("Bonjour {name},").format(name=name)
        if REGULAR.width(greeting) * GREETING_SIZE <= (RIGHT - LEFT) * PT:
            return f"{greeting} "
    return say("Bonjour,") + " "


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

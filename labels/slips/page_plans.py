"""How the pages of a kind of slip look: everything but the texts and bars that are each slip's own.

Slips of a pile differ in address, reference and copies, hardly in anything else, so a plan is made once for all that
are alike. What it draws is in the file once and begins all their pages; `SlipWriter` adds what is missing.
"""

from typing import NamedTuple

from labels.pdf.content_stream import around_x, beginning
from labels.pdf.drawing import Ink
from labels.pdf.text_fitting import LEADING
from labels.print_job import Job
from labels.sheets import A4, PT, Box
from labels.slips.form_xobjects import Foot, SlipForms
from labels.slips.layout import Kind, Placed, flow
from labels.slips.letterhead import Letterhead
from labels.slips.slip import Slip
from labels.slips.slip_structure import CONTINUED, Roles
from labels.slips.table_rows import LEFT, MESSAGE_SIZE, drop_off_rows, table_rows

GREETING_SIZE = 12.0  # pt
_GREETING = 8.0  # mm that it takes
_REFERENCE_SIZE = 15.0  # pt
_BESIDE_WINDOW = 125.0  # mm
_MANY = 1000  # plans that are kept


class Figure(NamedTuple):
    """Where the copies of a row stand: operators before and after the x of their beginning, and their type size."""

    before: bytes
    after: bytes
    size: float


class PagePlan(NamedTuple):
    """A page: what all alike slips show, written once, and how their own texts begin on it (empty where none are)."""

    drawn: int
    head: bytes
    address: bytes
    reference: bytes
    greeting: bytes
    figures: tuple[Figure, ...]


class SlipPlan(NamedTuple):
    """The pages of a slip, and what their contents are to a screen reader."""

    pages: tuple[PagePlan, ...]
    roles: Roles


class SlipPlans:
    """Makes a plan when the first slip of its kind comes. `window` is where the address shows, in mm."""

    def __init__(self, begun: Job, window: Box, letterhead: Letterhead) -> None:
        self._job = begun
        self.beside = Box(_BESIDE_WINDOW if window.right <= 120 else LEFT, window.y, 60, 50)
        self._top = max(window.bottom, self.beside.bottom) + 8
        self._forms = SlipForms(begun, letterhead, self.beside)
        reference = (self.beside.x * PT, up(self.beside.y + 9.5))
        self._reference = beginning(*reference, _REFERENCE_SIZE, LEADING, bold=True)
        self._greeting = beginning(LEFT * PT, up(self._top + 4), GREETING_SIZE, LEADING)
        self._plans: dict[object, SlipPlan] = {}

    def plan(self, slip: Slip) -> SlipPlan:
        """The plan of this slip. Raises `ItemRefused` for a title or a message that cannot be set."""
        key = (
            *(slip.language, slip.day, slip.is_pickup, slip.without_email, slip.message, slip.reference == ""),
            (slip.postage_due, slip.postage_cents) if slip.without_email else None,
            *(
                slip.letters_back_by,
                slip.read_online_url,
                slip.has_folding_booklet,
                slip.order_url == "",
                slip.drop_off,
            ),
            tuple([(line.code, line.title) for line in slip.inside]),
            tuple([(line.code, line.title, line.expected) for line in slip.follows]),
        )
        plan = self._plans.get(key)
        if plan is None:
            if len(self._plans) == _MANY:
                self._plans.clear()
            plan = self._plans[key] = self._plan(slip)
        return plan

    def _plan(self, slip: Slip) -> SlipPlan:
        """As full as it can be without a page more than the barest slip: with first sentences, and what to do now."""
        rows = table_rows(slip)
        near = drop_off_rows(slip.drop_off, slip.language)
        bare = Foot(slip.language, slip.letters_back_by, slip.read_online_url, slip.has_folding_booklet, len(near))
        introduction, height = self._forms.introduction(slip.language, self._top + _GREETING)
        below = self._top + _GREETING + height
        fewest = len(flow(rows, self._top, bare.height))
        for top, foot in ((below, bare._replace(has_steps=True)), (below, bare), (self._top, bare)):
            flowed = flow(rows, top, foot.height)
            if len(flowed) == fewest:
                break
        pages = []
        for number, placed in enumerate(flowed):
            page = _Page(self._job.used, self._forms.head(slip.day, slip.language), is_first=number == 0)
            if number == 0:
                self._begin(page, slip, introduction if top == below else "")
            self._add_rows(page, placed, "H2" if slip.reference else "H1")
            pages.append(page)
        for role, form in self._forms.foot(foot, near):
            pages[-1].form(role, form)
        return SlipPlan(tuple(page.plan(self._job) for page in pages), tuple(tuple(page.roles) for page in pages))

    def _begin(self, page: "_Page", slip: Slip, introduction: str) -> None:
        """The address, the reference and the first sentences."""
        page.address = page.text("P")
        has_link = slip.order_url != ""
        over, link = self._forms.captions(slip.language, is_pickup=slip.is_pickup, has_link=has_link)
        if slip.reference:
            page.form("H1", over)
            page.reference = page.text(CONTINUED) + self._reference
        if has_link:
            page.form("P", link)
        if introduction:
            page.greeting = page.text("P") + self._greeting
            page.form(CONTINUED, introduction)

    def _add_rows(self, page: "_Page", placed: list[Placed], heading: str) -> None:
        for number, (y, row) in enumerate(placed):
            if row.kind is Kind.MESSAGE:
                page.message(placed[number:])
                return
            if row.kind is Kind.HEADING:
                page.form(heading, self._forms.row(row), up(y + row.height))
                continue
            before, after = around_x(up(y + 6.3), row.figures, LEADING, bold=True)
            page.figures.append(Figure(page.text("TD") + before, after, row.figures))
            page.form("TH", self._forms.row(row), up(y + row.height))


class _Page:
    """A plan in the making: every content is marked, in reading order."""

    def __init__(self, used: set[str], head: str, *, is_first: bool) -> None:
        self._used = used
        self._parts: list[bytes] = []
        self._kind = ""
        self.roles: list[str] = []
        self.address = self.reference = self.greeting = b""
        self.figures: list[Figure] = []
        self.head = b"/Artifact BMC "
        if is_first:
            self.form("P", head)
            self.head = self._mark(CONTINUED)
        else:
            self._parts.append(b"/Artifact BMC\n/%b Do\nEMC" % head.encode())

    def form(self, role: str, form: str, raised: float = 0.0) -> None:
        """Show a form, so many pt higher than it was drawn, as the next content."""
        shown = b"q 1 0 0 1 0 %.2f cm /%b Do Q" % (raised, form.encode()) if raised else b"/%b Do" % form.encode()
        self._parts.append(b"%b\n%b\nEMC" % (self._mark(role), shown))

    def text(self, role: str) -> bytes:
        """Operators that end the text before, and begin the next content: a text of the slip's own."""
        return b"EMC\n" + self._mark(role)

    def message(self, rows: list[Placed]) -> None:
        """Show the rows of a message as the next content."""
        ink = Ink(A4[1], self._used)
        for y, row in rows:
            ink.text(LEFT, y + 4, f"{row.titles[0]} ", MESSAGE_SIZE)
        self._parts.append(b"%b\n%b\nEMC" % (self._mark("P"), ink.content()))

    def plan(self, begun: Job) -> PagePlan:
        drawn = begun.share(b"\n".join(self._parts) + b"\n")
        return PagePlan(drawn, self.head, self.address, self.reference, self.greeting, tuple(self.figures))

    def _mark(self, role: str) -> bytes:
        self._kind = self._kind if role == CONTINUED else role
        self.roles.append(role)
        return b"/%b<</MCID %d>>BDC " % (self._kind.encode(), len(self.roles) - 1)


def up(y: float) -> float:
    """mm from the top of the page as pt from its bottom."""
    return (A4[1] - y) * PT

"""The table of a slip as rows: what is inside, what follows, and a message."""

from functools import lru_cache

from labels.fitting import wrap
from labels.fonts import REGULAR
from labels.letters import clean
from labels.printing import check_letters
from labels.refusals import ItemRefused, TooLong
from labels.sheets import PT
from labels.slip import Slip, SlipLine
from labels.slip_forms import LEFT, RIGHT
from labels.slip_layout import TITLE_LINE, Row
from labels.wording import words

TITLE_SIZE, CODE_SIZE, MESSAGE_SIZE = 11.5, 9.0, 10.5  # pt
TITLES = LEFT + 22  # mm: where titles begin
_CODES = 28.0  # mm that codes take at the right


def table_rows(slip: Slip) -> list[Row]:
    """All rows of a slip. Raises `ItemRefused` for a title or a message that cannot be set."""
    say = words(slip.language).gettext
    rows: list[Row] = []
    if slip.inside:
        rows.append(Row(9, (say("Dans cet envoi"),), is_heading=True))
        rows += [_publication(line, 16.0) for line in slip.inside]
    if slip.follows:
        rows.append(Row(14, (say("Suivra plus tard"),), is_heading=True))
        rows += [_publication(line, 11.5) for line in slip.follows]
    return rows + _message(slip.message)


@lru_cache(4096)
def _publication(line: SlipLine, figures: float) -> Row:
    code, title = clean(line.code), clean(line.title)
    check_letters((code, title))
    if REGULAR.width(code) * CODE_SIZE > _CODES * PT:
        raise ItemRefused(TooLong, code, f"a code has {_CODES:g} mm")
    titles = _wrapped(title, RIGHT - _CODES - TITLES, TITLE_SIZE)
    copies = f"{line.copies:,}".replace(",", "\u00a0")
    return Row(9.5 + TITLE_LINE * (len(titles) - 1), titles, copies, code, figures)


def _message(text: str) -> list[Row]:
    """A row for every line, so that a page may end after any of them."""
    rows: list[Row] = []
    for line in filter(None, map(clean, text.splitlines())):
        check_letters((line,))
        rows += [Row(5, (part,)) for part in _wrapped(line, RIGHT - LEFT, MESSAGE_SIZE)]
    return [Row(8, ("",)), *rows] if rows else []


def _wrapped(text: str, width: float, size: float) -> tuple[str, ...]:
    """The lines of `text` in `width` mm. Raises `ItemRefused` when a word is wider."""
    lines = wrap(text, width * PT / size, REGULAR)
    if lines is None:
        raise ItemRefused(TooLong, text, f"a word is too long for {width:g} mm")
    return tuple(lines)

"""Turns typed or pasted text into printable text: one line, composed, without invisible characters."""

import re
import unicodedata
from functools import cache

from labels.pdf.fonts import BOLD, REGULAR
from labels.pdf.lookalikes import fold_lookalikes, may_be_folded

_NO_BREAK_SPACE = "\u00a0"

# Spaces that keep a line together.
_MEANT = {ord("\u202f"): _NO_BREAK_SPACE, ord("\u2007"): _NO_BREAK_SPACE}

_SPACES = re.compile(r"(?:[^\S\u00a0]|\u2800)+")
# What nobody sees beside the control and format signs: fillers and tags.
_INVISIBLE = re.compile(r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\U000e0000-\U000e0fff]")


@cache
def _plain_pattern() -> re.Pattern[str]:
    """Lines that need no cleaning at all: usual letters, single spaces inside, line feeds between.

    Left out although Fira Sans has them: what NFC may change or combine, spaces other than U+0020 and U+00A0,
    and the few signs wider than an em (`text_fitting` relies on that bound).
    """
    usual = "".join(
        re.escape(char)
        for char in map(chr, sorted(REGULAR.glyphs.keys() & BOLD.glyphs.keys()))
        if char.isprintable()
        and char != " "
        and not unicodedata.combining(char)
        and unicodedata.is_normalized("NFC", char)
        and not may_be_folded(char)
        and max(REGULAR.width(char), BOLD.width(char)) <= 1
    )
    return re.compile(f"[{usual}]+(?:[ \n][{usual}]+)*")


def is_plain(joined: str, count: int) -> bool:
    """True if `count` lines, joined by line feeds, are clean and printable as they are; False: ask `clean`."""
    return joined.count("\n") < count and _plain_pattern().fullmatch(joined) is not None


def clean(text: str) -> str:
    """`text` as one line in NFC: line breaks and tabs are spaces, runs of spaces are one, U+202F is U+00A0.

    Letters that only look like others (no-break hyphens, ligatures, full-width digits) are those others.

    Control characters, bidirectional marks, soft hyphens and joiners are removed.
    """
    spaced = _SPACES.sub(" ", _INVISIBLE.sub("", text).translate(_MEANT))
    visible = "".join(char for char in spaced if unicodedata.category(char) not in {"Cc", "Cf"})
    return _SPACES.sub(" ", fold_lookalikes(visible)).strip()  # letters are composed and folded beside what is seen


def missing_glyphs(text: str) -> list[tuple[str, str]]:
    """The letters of `text` that the typeface has not, each once, with their Unicode names.

    An empty list: it can be printed. `[("م", "ARABIC LETTER MEEM")]`: it cannot.
    """
    missing = dict.fromkeys(char for char in clean(text) if not (REGULAR.has(char) and BOLD.has(char)))
    return [(char, unicodedata.name(char, "signe sans nom")) for char in missing]

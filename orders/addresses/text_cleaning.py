"""Cleans typed text for one line of an address, and finds the characters that no label can show."""

import re
import unicodedata

from orders.addresses.printable_letters import PRINTABLE
from orders.addresses.typographic_variants import fold_lookalikes

# Soft hyphen, zero-width spaces and joiners, direction marks, fillers, byte order mark: they come along when
# text is pasted, and nobody sees them.
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    r"\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
# Every space of Unicode, tabs and line breaks; not the separators U+001C-U+001F that `str.split` takes for
# spaces too: those are control characters, and an address that holds one is refused.
_WHITE_SPACE = re.compile(r"[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000]+")
# Normalising takes quadratic time over stacked accents (19 s for 160,000): what is longer than any field
# may be is left as it came, and refused for its length.
_NORMALISED_UP_TO = 10_000


def clean(text: str) -> str:
    """Return text as one line: NFC, letters for look-alikes, single spaces, nothing invisible, nothing around it.

    Control characters such as NUL stay where they are, so that whoever checks the text can refuse them.
    """
    if text.isascii() and text.isprintable() and "  " not in text and "`" not in text:
        return text.strip(" ")  # as most of what is typed: nothing in it could be otherwise
    text = _INVISIBLE.sub("", text)
    if len(text) <= _NORMALISED_UP_TO:
        text = fold_lookalikes(text)
    return _WHITE_SPACE.sub(" ", text).strip(" ")


def unprintable(text: str) -> list[str]:
    """Return the characters, each once and in order, that no label can show once the text is cleaned."""
    return [letter for letter in dict.fromkeys(clean(text)) if letter not in PRINTABLE]


def is_control(letter: str) -> bool:
    """Tell whether this is a control character, such as NUL or escape."""
    return unicodedata.category(letter) == "Cc"


def capitals(text: str) -> str:
    """Return text in capitals, accents kept; a letter whose capital no label can show stays small."""
    return "".join(_capital(letter) for letter in text)


def _capital(letter: str) -> str:
    capital = letter.upper()
    return capital if PRINTABLE.issuperset(capital) else letter

"""Letters that only look like the usual ones, copied from web pages, Word and PDF files.

The same as `orders.addresses.typographic_variants`, which this library does not know; a test compares the two.
"""

import re
import unicodedata
from functools import cache

from labels.pdf.fonts import BOLD, REGULAR

_SIGNS = {
    "-": "\u02d7\u2010\u2011\u2012\u2043\u2212\u2796",
    "’": "\u201b\u2032\u275b\u275c",
    "‘": "\u2035",
    "”": "\u201f\u2033\u275e",
    "“": "\u2036\u275d",
    "/": "\u2044\u2215",
    "·": "\u2027\u2219\u22c5",
    ":": "\u2236",
    "*": "\u2217",
    "|": "\u2223",
    "~": "\u223c",
    "n°": "\u2116",
}
_SIGN_OF = {letter: sign for sign, letters in _SIGNS.items() for letter in letters}
_KEPT = "ªº™"  # their compatibility forms mean something else
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[`´‘](?=[^\W\d_])|(?<!\w)[`´‘](?=[stn]\b)", re.IGNORECASE)  # `d´Or`, `´t Hof`
_QUOTES = frozenset("`´‘")  # an apostrophe or none, as the letters beside them say


def fold_lookalikes(text: str) -> str:
    """Composed text (NFC) in which every look-alike is the letter or sign that it looks like."""
    folded = "".join(map(_folded, unicodedata.normalize("NFC", text)))
    return unicodedata.normalize("NFC", _APOSTROPHE.sub("’", folded))


def may_be_folded(char: str) -> bool:
    """True if `fold_lookalikes` may change this character."""
    return char in _QUOTES or _folded(char) != char


def _is_printable(text: str) -> bool:
    return all(REGULAR.has(char) and BOLD.has(char) for char in text)


@cache
def _folded(char: str) -> str:
    if char in _SIGN_OF or char in _KEPT:
        return _SIGN_OF.get(char, char)
    plain = "".join(_SIGN_OF.get(each, each) for each in unicodedata.normalize("NFKC", char))
    is_better = plain.isalpha() if _is_printable(char) else _is_printable(plain)
    return plain if is_better else char

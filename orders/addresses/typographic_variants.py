"""Letters that only look like the usual ones, copied from web pages, Word and PDF files.

`Jean‑Luc` with a no-break hyphen, `Raﬀaëlle` with a ligature, `Ⅱ`, `１２`, `l′Église` with a prime: each becomes what
it looks like. `labels.pdf.lookalikes` does the same for files of addresses that are no orders; a test compares the two.
"""

import re
import unicodedata
from functools import cache

from orders.addresses.printable_letters import PRINTABLE

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
_KEPT = "ªº™"  # their compatibility forms mean something else: `n°` must not become `no`, and no name ends in TM
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[`´‘](?=[^\W\d_])|(?<!\w)[`´‘](?=[stn]\b)", re.IGNORECASE)  # `d´Or`, `´t Hof`


def fold_lookalikes(text: str) -> str:
    """Return composed text (NFC) in which every look-alike is the letter or sign that it looks like.

    What a label can print is kept, unless it is made of the same letters; so `m²` and `½` stay as they are.
    """
    if text.isascii() and "`" not in text:
        return text
    folded = "".join(map(_folded, unicodedata.normalize("NFC", text)))
    return unicodedata.normalize("NFC", _APOSTROPHE.sub("’", folded))


@cache
def _folded(letter: str) -> str:
    if letter in _SIGN_OF or letter in _KEPT:
        return _SIGN_OF.get(letter, letter)
    plain = "".join(_SIGN_OF.get(each, each) for each in unicodedata.normalize("NFKC", letter))
    is_better = plain.isalpha() if letter in PRINTABLE else PRINTABLE.issuperset(plain)
    return plain if is_better else letter

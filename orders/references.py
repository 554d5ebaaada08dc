"""The order reference: eight letters that people read aloud, type and scan.

Seven random letters, then one check letter. The seventeen letters sit on the same key on US, Belgian, French,
German and Swiss keyboards, so a scanner set to one of them cannot garble what it types into a computer set to
another. Seventeen is prime, which is why the check letter catches every single wrong letter and every swap of
neighbours.

A reference names an order; it opens nothing.
"""

import re
import secrets
from collections.abc import Callable
from enum import Enum

ALPHABET = "BCDEFGHJKLNPRSTVX"
LENGTH = 8

# Spaces, and what stands or lands where the hyphen is: a dash of any kind, the underscore of a shifted key,
# and what a scanner's US hyphen becomes on Belgian and French (`)`, shifted `°`), German (`ß`, shifted `?`)
# and Swiss (`'`) keyboards. Zero-width characters come along when it is pasted from a mail or a PDF.
_BETWEEN_LETTERS = re.compile(
    r"[\s\-\u00ad\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d_)°ß?'’\u200b-\u200f\u2060\ufeff]+"
)


class Mistyping(Enum):
    """What is wrong with a mistyped reference, in the order in which it is looked for."""

    LETTER = "a letter that no reference has"
    LENGTH = "too few or too many letters"
    CHECK = "the check letter does not fit"


class MistypedReference(ValueError):
    """No order can have this reference: `mistyping` says why, `typed` is the text as it came."""

    def __init__(self, typed: str, mistyping: Mistyping) -> None:
        super().__init__(mistyping.value)
        self.typed = typed
        self.mistyping = mistyping


def make_reference(choose: Callable[[str], str] = secrets.choice) -> str:
    """Return a new reference of eight letters, such as `KLNBRTVX`; `choose` picks one letter of a text.

    There are 17^7 (410 million) of them: the database's unique constraint decides whether one is free.
    """
    letters = "".join(choose(ALPHABET) for _ in range(LENGTH - 1))
    return letters + _check_letter(letters)


def read_reference(text: str) -> str:
    """Return the eight letters of a reference as a person typed or a scanner read it.

    Case, spaces and hyphens do not matter. Raises `MistypedReference` where no such reference can exist,
    which is not the same as a reference that no order has.
    """
    letters = _BETWEEN_LETTERS.sub("", text).upper()
    if not set(letters) <= set(ALPHABET):
        raise MistypedReference(text, Mistyping.LETTER)
    if len(letters) != LENGTH:
        raise MistypedReference(text, Mistyping.LENGTH)
    if letters[-1] != _check_letter(letters[:-1]):
        raise MistypedReference(text, Mistyping.CHECK)
    return letters


def show_reference(reference: str) -> str:
    """Return `KLNBRTVX` as people read it: `KLNB-RTVX`."""
    return f"{reference[:4]}-{reference[4:]}"


def _check_letter(letters: str) -> str:
    """Return the eighth letter: the sum of position (1-7) × value (0-16) modulo 17."""
    total = sum(position * ALPHABET.index(letter) for position, letter in enumerate(letters, start=1))
    return ALPHABET[total % len(ALPHABET)]

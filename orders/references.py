"""The order reference: eight letters that people read aloud, type and scan.

Seven random letters, then one check letter. The seventeen letters sit on the same key on US, Belgian, French,
German and Swiss keyboards, so a scanner set to one of them cannot garble what it types into a computer set to
another. Seventeen is prime, which is why the check letter catches every single wrong letter and every swap of
neighbours.

Knowing a reference does not open an order.

The bar code of a slip says more: after the reference a mark of four letters, which tells what the slip was printed for,
and a check letter over all twelve. They are letters of the same alphabet, so every scanner types them as it types the
reference, and whatever reads a reference reads the code as the reference that it begins with.
"""

import re
import secrets
from collections.abc import Callable
from enum import Enum

ALPHABET = "BCDEFGHJKLNPRSTVX"
LENGTH = 8
MARK_LENGTH = 4
CODE_LENGTH = LENGTH + MARK_LENGTH + 1

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
    return read_code(text)[0]


def read_code(text: str) -> tuple[str, str]:
    """Return the reference and the mark of a slip's code; the mark is empty where only a reference was typed.

    Raises `MistypedReference`.
    """
    letters = bare_letters(text)
    if not set(letters) <= set(ALPHABET):
        raise MistypedReference(text, Mistyping.LETTER)
    if len(letters) not in (LENGTH, CODE_LENGTH):
        raise MistypedReference(text, Mistyping.LENGTH)
    reference, mark = letters[:LENGTH], letters[LENGTH:-1]
    if not (_is_checked(reference) and _is_checked(letters)):
        raise MistypedReference(text, Mistyping.CHECK)
    return reference, mark


def make_code(reference: str, shown: bytes) -> str:
    """Return the code of a slip that shows this (a digest of some eight bytes or more): thirteen letters."""
    number = int.from_bytes(shown[:8])
    mark = "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(MARK_LENGTH))
    return reference + mark + _check_letter(reference + mark)


def bare_letters(text: str) -> str:
    """What was typed without what stands between letters, in capitals."""
    return _BETWEEN_LETTERS.sub("", text).upper()


def show_reference(reference: str) -> str:
    """Return `KLNBRTVX` as people read it: `KLNB-RTVX`."""
    return f"{reference[:4]}-{reference[4:]}"


def _is_checked(letters: str) -> bool:
    return letters[-1] == _check_letter(letters[:-1])


def _check_letter(letters: str) -> str:
    """Return the letter that follows at most 16 others: the sum of position (from 1) × value (0-16) modulo 17."""
    total = sum(position * ALPHABET.index(letter) for position, letter in enumerate(letters, start=1))
    return ALPHABET[total % len(ALPHABET)]

"""Passwords: which may be used, and how they are kept.

They are kept as argon2 hashes without the secret key, so that the key can be replaced without locking anybody out.
Older hashes were made with the secret key; they still work, and are replaced at the next sign-in.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from flask_security import hash_password

from orders.errors import Refused
from orders.web.signing import keys

SHORTEST = 12
FEWEST_GUESSES = 10**8
A_YEAR = 4  # digits
LOOKED_AT = 72  # letters; the estimate of guesses reads no more
CURRENT_SCHEME = "django_argon2"  # argon2id under a name that Flask-Security never mixes with anything
LEGACY_SCHEME = "argon2"
SAID_HERE = (
    *("administrateur", "administratrice", "beheerder", "coordinateur", "coordinatrice"),
    *("amnesty", "bonjour", "bruxelles", "belgique", "chouchou", "doudou", "ixelles", "lettres", "marathon"),
    *("azerty", "azertyuiop", "azertyuiopqsdfghjklm", "motdepasse", "passwort", "soleil", "wachtwoord", "welkom"),
)
"""What people here begin with, and the list of the package does not know."""


class UnusablePassword(Refused):
    """One of the following."""


class TooShortPassword(UnusablePassword):
    def __init__(self, shortest: int) -> None:
        super().__init__(shortest)
        self.shortest = shortest


class CommonPassword(UnusablePassword):
    """Easy to guess: a common password, a run of keys, or something known about this person."""


def settings(config: Mapping[str, Any]) -> dict[str, Any]:
    """What Flask-Security is told."""
    salt = hashlib.sha256(f"passwords {keys(config)[0]}".encode()).hexdigest()
    return {
        "SECURITY_PASSWORD_HASH": CURRENT_SCHEME,
        "SECURITY_PASSWORD_SCHEMES": [CURRENT_SCHEME, LEGACY_SCHEME],
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {f"{CURRENT_SCHEME}__type": "ID"},
        "SECURITY_PASSWORD_SALT": salt,
    }


def is_legacy_hash(kept: str) -> bool:
    return kept.startswith(f"${LEGACY_SCHEME}")


def hashed(password: str, email: str) -> str:
    """The password as it is kept. Refuses one that is too short or too common."""
    check(password, email)
    return str(hash_password(_normal(password)))


def check(password: str, email: str) -> None:
    if len(unicodedata.normalize("NFC", password)) < SHORTEST:
        raise TooShortPassword(SHORTEST)
    from zxcvbn import zxcvbn  # late: its lists of words take 13 MB, and only who chooses a password needs them

    name, _, domain = email.lower().partition("@")
    known = [*SAID_HERE, email.lower(), name, domain, domain.partition(".")[0]]
    if _is_made_of(password, _words(" ".join(known))):
        raise CommonPassword
    if zxcvbn(password[:LOOKED_AT], user_inputs=known)["guesses"] < FEWEST_GUESSES:
        raise CommonPassword


def _is_made_of(password: str, words: set[str]) -> bool:
    """Whether it is nothing but some of these words and, at the most, a year."""
    found = _words(password)
    return bool(found) and found <= words and sum(letter.isdigit() for letter in password) <= A_YEAR


def _words(text: str) -> set[str]:
    """The words of a text, each once: written twice, or with signs between, they are as easy to guess."""
    return set(re.findall(r"[^\W\d_]+", text.casefold()))


def _normal(password: str) -> str:
    """As Flask-Security compares passwords: letters and their accents apart, however they were typed."""
    return unicodedata.normalize("NFKD", password)

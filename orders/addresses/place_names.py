"""The names of places as people write them, made comparable: accents, capitals, hyphens and short forms left out."""

import re
import unicodedata
from collections.abc import Iterator

from orders.addresses.text_cleaning import clean

LONGEST_NAME = 80  # of a place with another in brackets; what lies beyond is not looked at
_SHORTEST_BEGINNING = 4  # letters
_SAME_WORD = {word: "st" for word in ("saint", "sainte", "sankt", "sint", "ste")} | {"les": "lez"}
_BEFORE_WHEREABOUTS = frozenset({"lez", "sur", "sous", "en", "pres", "bij", "aan", "op", "an", "bei", "im"})
_SHORT = {"xl": "Ixelles", "bxl": "Bruxelles", "lln": "Louvain-la-Neuve"}
_ABBREVIATED = {"s/": "sur ", "l/": "lez "}


def fold(name: str) -> str:
    """Return a name as one word of small letters, the same for all the usual ways of writing it."""
    return _joined(_words(name))


def spellings(name: str) -> Iterator[str]:
    """Yield the folded forms of a name: its own, and the one with `ue` for `ü`."""
    yield fold(name)
    yield fold(name.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))


def beginnings(name: str) -> Iterator[str]:
    """Yield the first words of a name, folded: `Libramont` of `Libramont-Chevigny`; never a mere `Saint`."""
    words = _words(name)
    for end in range(1, len(words)):
        if len(beginning := _joined(words[:end])) >= _SHORTEST_BEGINNING:
            yield beginning


def without_whereabouts(name: str) -> Iterator[str]:
    """Yield a name without what says where it is, folded: `Jeneffe` of `Jeneffe-en-Condroz`."""
    words = _words(name)
    for at in range(1, len(words) - 1):
        if words[at] in _BEFORE_WHEREABOUTS:
            yield _joined(words[:at])


def full_name(town: str) -> str:
    """The whole name of a place that is known by its letters, else the name as it was given.

    >>> full_name("XL"), full_name("Ciney")
    ('Ixelles', 'Ciney')
    """
    return _SHORT.get(town.strip().casefold(), town)


def readings(town: str) -> Iterator[str]:
    """Yield the folded names that a typed place may mean: `Ixelles (Bruxelles)` both, `Liège 1` Liège."""
    town = full_name(clean(town))[:LONGEST_NAME]
    yield fold(town)
    for part in re.split(r"[(),;/]|\s[-–]\s", re.sub(r"(?i)(?<=[\s-])([sl])/", r"\1÷", town)):
        yield fold(re.sub(r"\s+[0-9]{1,2}\s*$", "", part.replace("÷", "/")))


def _words(name: str) -> list[str]:
    name = name.casefold().replace("œ", "oe").replace("æ", "ae")
    for short, long in _ABBREVIATED.items():
        name = name.replace(f" {short}", f" {long}").replace(f"-{short}", f" {long}")
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return [_SAME_WORD.get(word, word) for word in re.findall(r"[^\W_]+", bare)]


def _joined(words: list[str]) -> str:
    return "".join(words).replace("notredame", "nd").replace("onzelievevrouw", "olv")

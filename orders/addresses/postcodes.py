"""Belgian postcodes and their places, in any of the country's languages.

Data: `data/postcodes.tsv`, made by `make_postcodes.py` and read at the first question.
Codes postaux : GeoNames, CC BY 4.0.

A code that is not here may still exist (codes of organisations are not in open data), and people write names
in many ways: what looks odd is a question to ask, never a reason to refuse.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from orders.addresses.text_cleaning import clean

_TABLE = Path(__file__).with_name("data") / "postcodes.tsv"
_PROVINCES = (
    ("1000", "1299", "Bruxelles"),
    ("1300", "1499", "Brabant wallon"),
    ("1500", "1999", "Brabant flamand"),
    ("2000", "2999", "Anvers"),
    ("3000", "3499", "Brabant flamand"),
    ("3500", "3999", "Limbourg"),
    ("4000", "4999", "Liège"),
    ("5000", "5999", "Namur"),
    ("6000", "6599", "Hainaut"),
    ("6600", "6999", "Luxembourg"),
    ("7000", "7999", "Hainaut"),
    ("8000", "8999", "Flandre-Occidentale"),
    ("9000", "9999", "Flandre-Orientale"),
)
PROVINCES = tuple(sorted({name for _, _, name in _PROVINCES}))
_SAME_WORD = {word: "st" for word in ("saint", "sainte", "sankt", "sint", "ste")} | {"les": "lez"}
_ABBREVIATED = {"s/": "sur ", "l/": "lez "}
_LONGEST_NAME = 80  # of a place with another in brackets; what lies beyond is not looked at


@dataclass(frozen=True, slots=True)
class UnknownPostcode:
    """Nobody lists this postcode; `likely` are the codes of the place typed beside it, if that is known."""

    postcode: str
    likely: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OddPlace:
    """The place typed is none of its postcode's.

    `places` are those of the code, the most alike first; `postcodes` are the codes of the place typed.
    """

    postcode: str
    places: tuple[str, ...]
    postcodes: tuple[str, ...]


def is_known(postcode: str) -> bool:
    """Tell whether open data lists this code."""
    return postcode in _listed().places


def listed() -> tuple[str, ...]:
    """Return every code that open data lists, in order."""
    return tuple(_listed().places)


def places(postcode: str) -> tuple[str, ...]:
    """Return the places of a code in alphabetical order, one name each; none for an unknown code."""
    return _listed().places.get(postcode, ())


def postcodes_of(town: str) -> tuple[str, ...]:
    """Return the codes that a place's name may stand beside, in order, however the name is written."""
    codes = _listed().codes
    return tuple(sorted({code for name in _readings(town) for code in codes.get(name, ())}))


def matches(postcode: str, town: str) -> bool:
    """Tell whether a place belongs to a code, in any language, whatever its accents, case and hyphens."""
    return postcode in postcodes_of(town)


def codes_of(province: str) -> list[tuple[str, str]]:
    """The first and the last code of each range that lies in a province, named as in `PROVINCES`."""
    return [(first, last) for first, last, name in _PROVINCES if name == province]


def province(postcode: str) -> str | None:
    """Return the French name of the province that a code lies in (`Bruxelles` for the capital's region)."""
    if re.fullmatch("[0-9]{4}", postcode) is None:
        return None
    return next((name for first, last, name in _PROVINCES if first <= postcode <= last), None)


def place_question(postcode: str, town: str) -> UnknownPostcode | OddPlace | None:
    """Return what to ask about a Belgian postcode and place, or nothing when they go together."""
    codes = postcodes_of(town)
    if not is_known(postcode):
        return UnknownPostcode(postcode, likely=codes)
    if postcode in codes:
        return None
    return OddPlace(postcode, places=_by_likeness(places(postcode), town), postcodes=codes)


@dataclass(frozen=True, slots=True)
class _Listed:
    places: dict[str, tuple[str, ...]]
    codes: dict[str, set[str]]
    """The codes of every name, folded."""


@cache
def _listed() -> _Listed:
    listed = _Listed({}, {})
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, names, others = (column.split("|") for column in line.split("\t"))
        listed.places[code[0]] = tuple(names)
        for name in filter(None, names + others):
            for spelling in (name, _without_umlauts(name)):
                listed.codes.setdefault(_fold(spelling), set()).add(code[0])
    return listed


def _readings(town: str) -> Iterator[str]:
    """Yield the folded names that a typed place may mean: `Ixelles (Bruxelles)` both, `Liège 1` Liège."""
    town = clean(town)[:_LONGEST_NAME]
    yield _fold(town)
    for part in re.split(r"[(),;]|\s[-–/]\s", town):
        yield _fold(re.sub(r"\s+[0-9]{1,2}\s*$", "", part))


def _fold(name: str) -> str:
    """Return a name as one word of small letters, the same for all the usual ways of writing it."""
    name = name.casefold().replace("œ", "oe").replace("æ", "ae")
    for short, long in _ABBREVIATED.items():
        name = name.replace(f" {short}", f" {long}").replace(f"-{short}", f" {long}")
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    words = (_SAME_WORD.get(word, word) for word in re.findall(r"[^\W_]+", bare))
    return "".join(words).replace("notredame", "nd").replace("onzelievevrouw", "olv")


def _without_umlauts(name: str) -> str:
    return name.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")


def _by_likeness(names: tuple[str, ...], town: str) -> tuple[str, ...]:
    typed = _fold(town[:_LONGEST_NAME])
    return tuple(sorted(names, key=lambda name: -SequenceMatcher(None, typed, _fold(name)).ratio()))

"""Belgian postcodes and their places, in any of the country's languages.

Data, read at the first question: `postcodes.tsv`, `communes.tsv` and `organisation_codes.tsv` in `data/`; the first two
are made by `generators/`. Codes postaux : GeoNames, CC BY 4.0. Communes : Statbel, CC BY 4.0.

A code may exist without being listed, and people write names in many ways. So what looks odd leads to a question, never
to a refusal.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from itertools import product
from pathlib import Path

from orders.addresses.place_names import LONGEST_NAME, beginnings, fold, readings, spellings, without_whereabouts

_DATA = Path(__file__).with_name("data")
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


@dataclass(frozen=True, slots=True)
class UnknownPostcode:
    """The postcode is in no list; `likely` are the codes of the place typed beside it, if that is known."""

    postcode: str
    likely: tuple[str, ...]
    field: str = "postcode"


@dataclass(frozen=True, slots=True)
class OddPlace:
    """The place does not belong to the postcode.

    `places` are those of the code, the most alike first; `postcodes` are the codes of the place typed.
    """

    postcode: str
    places: tuple[str, ...]
    postcodes: tuple[str, ...]
    field: str = "town"


def is_known(postcode: str) -> bool:
    """Tell whether a place or an organisation has this code."""
    return postcode in _listed().places


def listed() -> tuple[str, ...]:
    """Return every code where people live, in order: none of an organisation."""
    return tuple(code for code in _listed().places if code not in _listed().organisations)


def places(postcode: str) -> tuple[str, ...]:
    """Return the places of a code in alphabetical order, one name each; none for an unknown code."""
    return _listed().places.get(postcode, ())


def postcodes_of(town: str) -> tuple[str, ...]:
    """Return a place's own codes, in order, however its name is written; those of its municipality if it has none.

    Those of organisations, which few people have, are not among them.
    """
    return tuple(sorted((_own_codes_of_name(town) or _codes_of_name(town)) - _listed().organisations))


def matches(postcode: str, town: str) -> bool:
    """Tell whether a place belongs to a code, in any language, whatever its accents, case and hyphens."""
    return postcode in (_codes_of_name(town) or _codes_of_loose_name(town))


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
    if not is_known(postcode):
        return UnknownPostcode(postcode, likely=postcodes_of(town))
    if matches(postcode, town):
        return None
    return OddPlace(postcode, places=_by_likeness(places(postcode), town), postcodes=postcodes_of(town))


def _codes_of_name(town: str) -> set[str]:
    return {code for name in readings(town) for code in _listed().codes.get(name, ())}


def _own_codes_of_name(town: str) -> set[str]:
    return {code for name in readings(town) for code in _listed().own_codes.get(name, ())}


def _codes_of_loose_name(town: str) -> set[str]:
    """Return the codes of a name with words too few or too many: `Libramont`, `Jeneffe-en-Condroz`."""
    listed, name = _listed(), town[:LONGEST_NAME]
    return set().union(
        listed.beginnings.get(fold(name), ()), *(listed.codes.get(short, ()) for short in without_whereabouts(name))
    )


@dataclass(frozen=True, slots=True)
class _Listed:
    """What the tables say. `codes` are those of every name, folded; `beginnings` those of the first words of one.

    A municipality's name stands beside the codes of all its places; `own_codes` has only those of the place itself.
    """

    organisations: set[str]
    places: dict[str, tuple[str, ...]] = field(default_factory=dict)
    own_codes: dict[str, set[str]] = field(default_factory=dict)
    codes: dict[str, set[str]] = field(default_factory=dict)
    beginnings: dict[str, set[str]] = field(default_factory=dict)

    def add(self, code: str, name: str) -> None:
        for spelling in spellings(name):
            self.codes.setdefault(spelling, set()).add(code)
        for beginning in beginnings(name):
            self.beginnings.setdefault(beginning, set()).add(code)


@cache
def _listed() -> _Listed:
    listed = _Listed(organisations={code for code, *_ in table_rows("organisation_codes.tsv")})
    for code, names, *others in (*table_rows("postcodes.tsv"), *table_rows("organisation_codes.tsv")):
        listed.places[code] = tuple(names.split("|"))
        for name in filter(None, (*listed.places[code], *others[0].split("|"))):
            listed.add(code, name)
    listed.own_codes.update({name: set(codes) for name, codes in listed.codes.items()})
    for names, codes in table_rows("communes.tsv"):
        for name, code in product(names.split("|"), codes.split(",")):
            listed.add(code, name)
    return listed


def table_rows(table: str) -> Iterator[list[str]]:
    """The cells of each line of a table in `data/`."""
    for line in (_DATA / table).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def _by_likeness(names: tuple[str, ...], town: str) -> tuple[str, ...]:
    typed = fold(town[:LONGEST_NAME])
    return tuple(sorted(names, key=lambda name: -SequenceMatcher(None, typed, fold(name)).ratio()))

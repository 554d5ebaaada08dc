"""Names for a carrier who takes few letters: shortened word by word, by the abbreviations that everybody here knows.

No word is cut off silently: where abbreviations do not suffice, long words keep their beginning and a full stop, and
words that only link others are left out, until the text fits. The office sees each before the file leaves.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

_ABBREVIATIONS = {
    "Éc.": "école ecoles",
    "Inst.": "institut institutions institution instituut",
    "Ath.": "athénée atheneum",
    "Coll.": "collège college",
    "Lyc.": "lycée lyceum",
    "Univ.": "université universiteit",
    "Acad.": "académie academie",
    "Ens.": "enseignement",
    "Comm.": "communale communal communales communaux communauté",
    "Fond.": "fondamentale fondamental",
    "Prim.": "primaire primaires",
    "Mat.": "maternelle maternelles",
    "Sec.": "secondaire secondaires",
    "Spéc.": "spécialisé spécialisée spécialisés",
    "Gén.": "général générale général-e",
    "Tech.": "technique techniques",
    "Prof.": "professionnel professionnelle professeur",
    "Sup.": "supérieur supérieure",
    "Prov.": "provincial provinciale province",
    "Roy.": "royal royale",
    "Lib.": "libre libres",
    "Subv.": "subventionnée subventionné subventionnés",
    "Auton.": "autonome",
    "Cath.": "catholique",
    "Fr.": "française français francophone",
    "Féd.": "fédération",
    "Ass.": "association associations",
    "Bibl.": "bibliothèque bibliotheek",
    "Ctre": "centre centrum",
    "Serv.": "service services",
    "Dép.": "département",
    "Dir.": "direction",
    "Int.": "international internationale",
    "Rég.": "régional régionale région",
    "St": "saint",
    "Ste": "sainte",
    "N.-D.": "notre-dame",
    "Av.": "avenue",
    "Bd": "boulevard",
    "Chée": "chaussée",
    "Pl.": "place",
    "Rte": "route",
    "Imp.": "impasse",
    "Sq.": "square",
    "Fbg": "faubourg",
    "All.": "allée",
    "Stwg": "steenweg",
    "Dr": "docteur",
    "Bourgm.": "bourgmestre",
    "Cdt": "commandant",
    "Col.": "colonel",
    "Mgr": "monseigneur",
    "Gal": "maréchal-général",
}
_LINKS = frozenset(("de", "du", "des", "la", "le", "les", "l", "d", "et", "en", "pour", "à", "aux", "au", "van", "der"))
_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*\.?|[\W_]+")
_BEGINNINGS, _FEW = (30, 16, 10, 6), (4, 3, 2)  # letters that a long word keeps


class Fields(NamedTuple):
    """What stands in the carrier's two fields for names, and what found no room there."""

    name: str
    contact: str
    left: str = ""


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_SHORT = {_plain(word): short for short, words in _ABBREVIATIONS.items() for word in words.split()}


def shortened(text: str, longest: int) -> str:
    """The text in at most so many letters, shortened no more than it takes.

    >>> shortened("École fondamentale communale Saint-Joseph de Rochefort", 40)
    'Éc. Fond. Comm. St-Joseph de Rochefort'
    """
    return next((version for version in _shorter(text) if len(version) <= longest), text[:longest].rstrip())


def over_two_fields(organisation: str, person: str, longest: int) -> Fields:
    """An organisation and a person in two fields; the person gives way to an organisation that needs both."""
    if not organisation:
        organisation = person
    for version in _abbreviated(organisation):
        if len(version) <= longest:
            return Fields(version, shortened(person, longest))
    halves = (_halves(version, longest) for version in _shorter(organisation))
    first, second = next(filter(None, halves), (shortened(organisation, longest), ""))
    return Fields(first, second, "" if organisation == person else person)


def _shorter(text: str) -> Iterator[str]:
    """The text with one word more abbreviated each time, then with shorter long words, then without links."""
    steps: list[Callable[[str], Iterator[str]]] = [_abbreviated]
    steps += [partial(_with_beginnings, letters=letters) for letters in _BEGINNINGS]
    steps += [_without_links, *(partial(_with_beginnings, letters=letters) for letters in _FEW)]
    version = text
    for step in steps:
        for version in step(text):
            yield version
        text = version


def _with_beginnings(text: str, letters: int) -> Iterator[str]:
    """The text with so many letters of its longest word, of its two longest words, and so on."""
    yield text
    words = _WORDS.findall(text)
    for at in sorted(range(len(words)), key=lambda at: -len(words[at])):
        if len(words[at].rstrip(".")) > letters + 1 and words[at][0].isalpha():
            words[at] = f"{words[at][:letters].rstrip('-')}."
            yield "".join(words)


def _abbreviated(text: str) -> Iterator[str]:
    """The text, then with one more of its words in its usual abbreviation each time, from the left."""
    yield text
    words = _WORDS.findall(text)
    for at, word in enumerate(words):
        if (short := _abbreviation(word)) != word and len(short) < len(word):
            words[at] = short
            yield "".join(words)


def _abbreviation(word: str) -> str:
    """`Saint-Joseph` as `St-Joseph`; a word in small letters stays one."""
    if short := _SHORT.get(_plain(word)):
        return short
    first, dash, rest = word.partition("-")
    return f"{_SHORT[_plain(first)].rstrip('.')}-{rest}" if dash and _plain(first) in _SHORT else word


def _without_links(text: str) -> Iterator[str]:
    """The text with one of the words that only link others left out each time, from the left."""
    yield text
    words = _WORDS.findall(text)
    while (at := next((at for at, word in enumerate(words) if word.casefold() in _LINKS), None)) is not None:
        del words[at : at + 2]
        yield "".join(words)


def _halves(text: str, longest: int) -> tuple[str, str] | None:
    """The text in two lines that are short enough, broken at a space; nothing where that cannot be."""
    if len(text) <= longest:
        return text, ""
    at = text.rfind(" ", 0, longest + 1)
    rest = text[at + 1 :]
    return (text[:at].rstrip(" ,-–"), rest) if at > 0 and len(rest) <= longest else None

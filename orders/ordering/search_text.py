"""The text that an order is found by: folded, so that case, accents, signs and abbreviations do not matter."""

import re
import unicodedata

from sqlalchemy import ColumnElement, or_

from orders.addresses import PostalAddress
from orders.addresses.po_boxes import find_po_box
from orders.ordering.models import Order

SHORTEST_PIECE = 3  # letters: what an index of pieces knows

_IN_FULL = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})  # letters that NFKD leaves as they are
_APOSTROPHES = re.compile("['’‘ʼʹ′`´ʻ＇]")
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
_SIGNS = re.compile(r"[^\w@+]+|_")
_WRITTEN_OUT = {
    "st": "saint",
    "ste": "sainte",
    "sts": "saints",
    "stes": "saintes",
    "av": "avenue",
    "ave": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "blvd": "boulevard",
    "bvd": "boulevard",
    "boul": "boulevard",
    "chee": "chaussee",
    "chaus": "chaussee",
    "pl": "place",
    "rte": "route",
    "imp": "impasse",
    "sq": "square",
    "all": "allee",
    "fbg": "faubourg",
    "dr": "docteur",
    "gen": "general",
    "gal": "general",
    "prof": "professeur",
    "mgr": "monseigneur",
    "ec": "ecole",
    "inst": "institut",
    "coll": "college",
    "ath": "athenee",
    "bib": "bibliotheque",
    "stwg": "steenweg",
    "nd": "notre dame",
}


def fold(text: str) -> str:
    """Text as it is searched for: without case, accents, ligatures, strokes, apostrophes and other signs.

    >>> fold("D’Hoore, Luc (A.S.B.L.)"), fold("Rue de l'Abbé-Cuypers")
    ('dhoore luc asbl', 'rue de labbe cuypers')
    """
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text.casefold()).translate(_IN_FULL))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    joined = _INITIALS.sub(lambda found: found[0].replace(".", ""), letters)
    return _SIGNS.sub(" ", joined).strip()


def searchable(address: PostalAddress, email: str) -> str:
    """What an order can be found by: name, organisation, street or PO box, place, in full words; the e-mail address.

    >>> searchable(PostalAddress("Zoé D’Hoore", "Chée St-Job", "5", "1180", "Uccle"), "Zoe.DHoore@example.org")
    'zoe dhoore chaussee saint job 5 1180 uccle zoe.dhoore@example.org'
    """
    where = (address.street, address.number, find_po_box(address.building), address.postcode, address.town)
    typed = filter(None, (address.name, address.organisation, *where))
    words = [_WRITTEN_OUT.get(word, word) for word in fold(" ".join(typed)).split()]
    return " ".join(filter(None, (*words, _APOSTROPHES.sub("", email.casefold()))))


def found_by(typed: str) -> list[ColumnElement[bool]]:
    """The conditions for the orders in which each word of a search stands, abbreviated or in full."""
    return [or_(*map(_has, forms_of(word))) for word in fold(typed).split()]


def forms_of(word: str) -> list[str]:
    """A word as it is typed and as it is written out."""
    return list(dict.fromkeys((word, _WRITTEN_OUT.get(word, word))))


def _has(form: str) -> ColumnElement[bool]:
    """A piece of three letters or more, anywhere; of a shorter one, the beginning of a word."""
    if len(form) >= SHORTEST_PIECE:
        return Order.search.like(f"%{form}%")
    return Order.search.like(f"{form}%") | Order.search.like(f"% {form}%")

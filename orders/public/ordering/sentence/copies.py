"""Finds in an order's sentence how many copies are asked of what, and how many classes or people they are for."""

import re
from collections.abc import Iterator, Sequence

from orders.catalogue.models import Kind, Publication
from orders.ordering.request.order_request import COPIES
from orders.public.ordering.sentence.words import BOTH, KINDS, NUMBER, number_of, plain

Span = tuple[int, int]
_BETWEEN = (
    r"(?:\s+(?:x\s+)?(?:exemplaires?|exemplaren|exemplare|copies|stuks|stuck)"
    r"(?:\s+(?:du|de la|des|de|of the|of|van de|van het|van|der|des))?|\s*x|\s+(?:de|d'|of|van))?"
)
_NO_MINUS = r"(?<![-−–])"  # below nought, or up to a number: asked
_COUNTS = {
    "classes": re.compile(
        rf"\b(?:(?:pour|voor|fur|for)\s+)?(?P<n>{NUMBER})\s+(?:classes?|klassen|klasjes|klas|klasse|schulklassen)\b"
    ),
    "pupils": re.compile(
        rf"\b(?:(?:de|van|mit|von|of|met|with|avec|a)\s+)?(?P<n>{NUMBER})\s+"
        r"(?:eleves?|enfants?|leerlingen|kinderen|schuler(?:innen|n)?|kindern?|pupils|children|students)(?:\s+(?:chacune?|elk|each|je))?\b"
    ),
    "age": re.compile(
        rf"\b(?:(?:de|van|von|im alter von|aged|of)\s+)?(?P<n>{NUMBER})[\s-]+"
        r"(?:ans|jaar|jarigen|jahren?|years?(?:[\s-]old)?)\b"
    ),
    "aged": re.compile(rf"\b(?:aged|ages|age|age de|oud|alt)\s+(?P<n>{NUMBER})\b"),
    "people": re.compile(
        rf"\b(?:(?:pour|voor|fur|for|nous serons|nous sommes)\s+)?(?P<n>{NUMBER})\s+"
        r"(?:personnes?|personen|people|persons|collegues|colleagues|gens|mensen|leute)\b"
    ),
}


def find_copies(text: str, publications: Sequence[Publication]) -> Iterator[tuple[str, str, Span]]:
    """Field, value and place of each number of copies in a plain text; every publication at most once."""
    seen: set[str] = set()
    for publication in publications:
        names = _names(publication, publications)
        before = re.search(rf"{_NO_MINUS}\b(?P<n>{NUMBER}){_BETWEEN}\s+(?:{names})\b", text)
        found = before or re.search(rf"\b(?:{names})\s*(?:\(\s*)?(?:x|:|=)\s*(?P<n>[0-9]{{1,4}})\b\)?", text)
        if found:
            seen.add(publication.code)
            yield COPIES + publication.code, str(number_of(found["n"])), found.span()
    if not seen and (found := re.search(rf"{_NO_MINUS}\b(?P<n>{NUMBER})\s+(?:{BOTH})\b", text)):
        for publication in publications:
            yield COPIES + publication.code, str(number_of(found["n"])), found.span()


def find_counts(text: str) -> Iterator[tuple[str, str, Span]]:
    """The same of classes, pupils, their age, and people."""
    for field, pattern in _COUNTS.items():
        if found := pattern.search(text):
            yield field.removesuffix("d"), str(number_of(found["n"])), found.span()


def _names(publication: Publication, publications: Sequence[Publication]) -> str:
    """The words for a publication: its code, its titles, and those of its kind where it is the first of that."""
    words = [publication.code.lower(), *map(plain, publication.titles.values())]
    first = next(each for each in publications if each.kind is publication.kind)
    kinds = [KINDS[publication.kind]] if first is publication and publication.kind is not Kind.OTHER else []
    return "|".join([*kinds, *(re.escape(word) for word in words)])

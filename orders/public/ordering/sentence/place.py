"""Finds in an order's sentence where copies go: street, number, box, postcode and place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from orders.addresses.place_names import full_name
from orders.addresses.postcodes import matches, places, postcodes_of
from orders.addresses.street_lines import StreetLine, is_street, read_street_line

Span = tuple[int, int]
_CODE = re.compile(r"(?<![\w/+-])(?:B-?\s?)?(?P<code>[1-9][0-9]{3})(?![\w/])")
_WORD = re.compile(r"['’]?[^\W\d_][\w'’.-]*")
_TOWN_AFTER = re.compile(r"(?<!\w)(?:à|a|in|te|en|nach|at|to)\s+(?=[A-ZÀ-Ý])")
_LONGEST_TOWN = 5  # words
_ADJECTIVE = re.compile(r"\b(?:Grote|Kleine|Oude|Nieuwe|Korte|Lange|Grand|Vieux|Alte[rs]?|Neue[rs]?|Große[rs]?)\s+$")
_PREPOSITION_AT_END = re.compile(r"\s+(?:à|in|te|nach|at)$")
_STARTS = re.compile(r"(?:^|[\s,;:(])(?=[^\W_])")


@dataclass(frozen=True, slots=True)
class Found:
    """An address, and where it stands; what it does not say is empty."""

    street: StreetLine
    postcode: str
    town: str
    spans: tuple[Span, ...]


def find_places(text: str) -> list[Found]:
    """Every address with a postcode; where there is none, a place that a word like `à` names."""
    found = [*_with_postcode(text)]
    return found or [*_town_alone(text)]


def _with_postcode(text: str) -> Iterator[Found]:
    after = 0
    for code in _CODE.finditer(text):
        town, end = _town_at(text, code.end(), code["code"])
        before = _town_before(text[: code.start()], code["code"]) if not town else None
        if not (town or before or (places(code["code"]) and text[: code.start()].rstrip().endswith(","))):
            continue
        start = before[1] if before else code.start()
        name = before[0] if before else town
        street, span = _street_before(text, after, start)
        if not span:
            street, span = _street_after(text, end)
        spans = ((start, end), *([span] if span else []))
        yield Found(street, code["code"], full_name(name), spans)
        after = end


def _town_at(text: str, start: int, code: str) -> tuple[str, int]:
    """The longest name right after a code that belongs to it; any capitalised word else, for the form to ask about."""
    position, words = start, list[re.Match[str]]()
    gap = re.compile(r"[\s,-]*")
    while len(words) < _LONGEST_TOWN and (word := _WORD.match(text, gap.match(text, position).end())):  # type: ignore[union-attr]
        words.append(word)
        position = word.end()
    for many in range(len(words), 0, -1):
        name = text[words[0].start() : words[many - 1].end()].rstrip(".'’-")
        if matches(code, name) and "," not in name:
            return name, words[0].start() + len(name)
    if words and words[0][0][:1].isupper() and text[start : words[0].start()].strip() == "" and places(code):
        return words[0][0].rstrip("."), words[0].end()
    return "", start


def _town_before(text: str, code: str) -> tuple[str, int] | None:
    """`Charleroi (6000)`, `Charleroi 6000`."""
    found = re.search(r"(?P<town>[^\W\d_][\w'’-]*(?:[ -][^\W\d_][\w'’-]*){0,3})[\s,(]*$", text)
    if not found:
        return None
    words = found["town"].split(" ")
    for first in range(len(words)):
        name = " ".join(words[first:])
        if matches(code, name):
            return name, found.start() + len(found["town"]) - len(name)
    return None


def _street_before(text: str, after: int, end: int) -> tuple[StreetLine, Span | None]:
    """The street line between two places of the text that ends at the second: it begins as streets do."""
    for found in _STARTS.finditer(text, after, end):
        start = found.end()
        line = _PREPOSITION_AT_END.sub("", text[start:end].strip(" ,;:.\n"))
        if line and is_street(line):
            read, start = read_street_line(line), found.start()
            is_piece = text[after:start].rstrip(" ")[-1:] in ("", ",", ";", "|", "\n") or text[start] in ",;\n"
            if read.number or is_piece:
                return _with_adjective(text, read, start, end)
        house = re.match(r"[0-9]{1,4}[a-z]?,?\s+", line)
        if house and is_street(line[house.end() :]) and (read := read_street_line(line)).number:
            return read, (start, end)
    return _last_piece(text, after, end)


def _street_after(text: str, start: int) -> tuple[StreetLine, Span | None]:
    """The street in the piece after the place, with its number: `1348 Louvain-la-Neuve, place Sainte-Barbe 2`."""
    piece = re.match(r"\s*,\s*([^,;|.!?\n]+)", text[start:])
    if piece and is_street(piece[1]) and (read := read_street_line(piece[1].strip())).number:
        return read, (start, start + piece.end())
    return StreetLine(""), None


def _with_adjective(text: str, read: StreetLine, start: int, end: int) -> tuple[StreetLine, Span]:
    """`Grote Markt`: what stands before the word for the street and belongs to its name."""
    if not (found := _ADJECTIVE.search(text[:start] + " ")):
        return read, (start, end)
    return replace(read, street=f"{found[0].strip()} {read.street}"), (found.start(), end)


def _last_piece(text: str, after: int, end: int) -> tuple[StreetLine, Span | None]:
    """`Kaperberg 2-4` right before the place: a piece with a house number, whatever the street is called."""
    piece = text[after:end].rstrip(" ,")
    start = after + max(piece.rfind(sign) for sign in ",;|\n") + 1
    read = read_street_line(text[start:end].strip(" ,;"))
    known = read.number and read.street[:1].isupper() and len(read.street.split()) < _LONGEST_TOWN
    return (read, (start, end)) if known else (StreetLine(""), None)


def _town_alone(text: str) -> Iterator[Found]:
    """A place without its code; the code too where there is only one."""
    for found in _TOWN_AFTER.finditer(text):
        words = re.match(r"[^\W\d_][\w'’-]*(?:[ -][A-ZÀ-Ý][\w'’-]*){0,3}", text[found.end() :])
        names = words[0].split(" ") if words else []
        for many in range(len(names), 0, -1):
            name = " ".join(names[:many])
            if codes := postcodes_of(name):
                street, span = _street_before(text, 0, found.start())
                spans = ((found.start(), found.end() + len(name)), *([span] if span else []))
                yield Found(street, codes[0] if len(codes) == 1 else "", full_name(name), spans)
                return
    return

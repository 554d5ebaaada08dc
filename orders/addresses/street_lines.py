"""Read one line that holds a street, as people type it, into street, number, box and building."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from orders.addresses.vocabulary import (
    BOX_AFTER_NUMBER,
    BUILDING,
    HAMLET,
    HOUSE,
    LEADING_ROOM,
    NO_STREET_END,
    NUMBER_SIGN,
    OWN_NUMBER,
    STREET,
    SURE_BUILDING,
    WORDED_BOX,
    compiled,
)

_AROUND = " ,;-–"
_STREET = compiled(STREET)
_SURE_BUILDING = compiled(SURE_BUILDING)
_BUILDING = compiled(BUILDING)
_LEADING_ROOM = compiled(rf"(?P<room>{LEADING_ROOM})\s+(?={STREET})")
_NUMBERS = compiled(rf"(?<=[\s,])(?:{NUMBER_SIGN})?(?=[1-9])")
_HOUSE_SPELLINGS = (compiled(HOUSE), compiled(r"[1-9][0-9]{0,3}(?![0-9])"))
_BOX_AFTER_NUMBER = compiled(BOX_AFTER_NUMBER)
_BOX_AT_END = compiled(rf"[\s,;(]+{WORDED_BOX}\)?$")
_BOX_AGAIN = compiled(rf"[\s,;(]+{WORDED_BOX}\)?")
_NUMBER_SIGN = compiled(NUMBER_SIGN)
_OWN_NUMBER = compiled(OWN_NUMBER)
_NO_STREET_END = compiled(NO_STREET_END)
_BARE_FLOOR_WORD = compiled(r"(?:[ée]tage|ét|verdieping|verd|stock|og)\b(?!\s*[0-9])")  # `2e` before it is the floor
_ENDS_WITH_ARTICLE = compiled(r"(?:^|[\s'’])(?:du|de|des|la|le|les|aux?|van|der|den|de[rn]|[dl]['’])$")
_BARE_TYPE = compiled(
    r"[^\s]+(?<!straat)(?<!laan)(?<!weg)(?<!plein)(?<!dreef)(?<!lei)(?<!straße)(?<!strasse)(?<!platz)"
)
_HAMLET = re.compile(HAMLET)
_NO_NUMBER_AT_END = compiled(r"(?<=\w)[\s,;]+(?:\(?[sz]\s?[/.-]\s?n\b\.?\)?|\?+)$")
_SAID_TWICE = compiled(r"(?<=\s)([1-9][0-9]{0,3}[a-z]?)[\s,]+\1$")
_ENDS_WITH_DIGIT = compiled(r"[0-9][a-z]?$")


@dataclass(frozen=True, slots=True)
class House:
    """A house number with what may follow it: `32`, box `20`, building `2e étage`."""

    number: str
    box: str = ""
    building: str = ""


@dataclass(frozen=True, slots=True)
class StreetLine:
    """A street line taken apart; what the line does not say is empty."""

    street: str
    number: str = ""
    box: str = ""
    building: str = ""


def read_house(text: str) -> House | None:
    """Return the house that a text names from its first to its last character, or nothing.

    Reads `32/20`, `32 b 20`, `n° 32, bte 20`, `32, 2e étage`; `43/45` stays one number, as two neighbouring
    houses are written so. A text that could mean two things, such as `32 20`, is not read.
    """
    text = text.strip(_AROUND + ".")
    if sign := _NUMBER_SIGN.match(text):
        text = text[sign.end() :]
    for spelling in _HOUSE_SPELLINGS:
        if (found := spelling.match(text)) and (house := _with_tail(found[0], text[found.end() :])):
            return house
    return None


def read_street_line(text: str) -> StreetLine:
    """Return the parts of a street line; where nothing can be told apart, all of it is the street."""
    text = _SAID_TWICE.sub(r"\1", _NO_NUMBER_AT_END.sub("", text))
    building, line = _split_leading_building(text.strip(_AROUND))
    read = _read_number_first(line)
    if not read and not is_street(line) and any(map(is_street, line.split(",")[1:])):
        return StreetLine(text)  # `Athénée royal, rue Haute 12`: a person or an organisation may stand first
    read = read or _read_number_last(line) or _read_without_number(line)
    buildings = ", ".join(filter(None, (building, read.building)))
    return StreetLine(read.street, read.number, read.box, buildings)


def is_street(text: str) -> bool:
    """Tell whether a text begins as streets do: `rue`, `Chaussée`, `Kerkstraat`."""
    return _STREET.match(text.strip()) is not None


def is_building(text: str) -> bool:
    """Tell whether a text can only be a building, a room or a floor: `Bâtiment C, 2e étage`."""
    return _SURE_BUILDING.fullmatch(text.strip()) is not None


def may_be_building(text: str) -> bool:
    """Tell whether a text may be a building's name where the street stands elsewhere: `Résidence du Parc`."""
    return _BUILDING.fullmatch(text.strip()) is not None


def _with_tail(number: str, tail: str) -> House | None:
    """Return a house number with the box and building that follow it, or nothing if anything else does."""
    box = ""
    if found := _BOX_AFTER_NUMBER.match(tail):
        box = found["worded"] or found["slashed"] or found["lettered"]
        if found["slashed"] and _are_neighbours(number, box):
            number, box = f"{number}/{box}", ""
        tail = tail[found.end() :]
        if (again := _BOX_AGAIN.match(tail)) and again["worded"].casefold() == box.casefold():
            tail = tail[again.end() :]
    building = tail.strip(_AROUND + "()")
    if not box and (found := _BOX_AT_END.search(building)):
        box, building = found["worded"], building[: found.start()]
    if _is_hamlet(tail):
        return House(number, box, building)
    if building and (not may_be_building(building) or _BARE_FLOOR_WORD.match(building)):
        return None
    return House(number, box, building)


def _is_hamlet(tail: str) -> bool:
    """Tell whether a hamlet's name is all that follows a number: `STERPENICH`, `(Sterpenich)`, `, hameau de Ster`."""
    found = _HAMLET.fullmatch(tail)
    return found is not None and (bool(found["worded"]) or not is_street(tail.strip(_AROUND + "()")))


def _are_neighbours(number: str, other: str) -> bool:
    """Tell whether `43/45` are two houses side by side; below 10 it is more often a box (`1/3`)."""
    return number.isdecimal() and other.isdecimal() and int(number) >= 10 and int(other) == int(number) + 2


def _split_leading_building(text: str) -> tuple[str, str]:
    """Return what stands before the street (`Bâtiment C, Rue Haute 12`), and the rest."""
    if room := _LEADING_ROOM.match(text):
        return room["room"], text[room.end() :]
    first, comma, rest = text.partition(",")
    if comma and may_be_building(first) and not is_street(first):
        further, line = _split_leading_building(rest.strip(_AROUND))
        if is_street(line):
            return ", ".join(filter(None, (first.strip(), further))), line
    return "", text


def _read_number_first(line: str) -> StreetLine | None:
    """Read `187 chaussée de Wavre`, `187/3, rue Haute`, `12 Kerkstraat bus 3`."""
    for start in _street_starts(line):
        house = read_house(line[:start])
        if house and not house.building and not _read_number_last(line[start:]):
            rest = _read_without_number(line[start:])
            if house.box and rest.box:
                return None
            street = rest.street[:1].upper() + rest.street[1:]
            return StreetLine(street, house.number, house.box or rest.box, rest.building)
    return None


def _street_starts(line: str) -> Iterator[int]:
    """Yield where a street's name may begin after a number."""
    if line[:1].isdigit() or _NUMBER_SIGN.match(line):
        yield from (at for at in range(1, len(line)) if line[at - 1] in " ," and is_street(line[at:]))


def _is_part_of_name(street: str) -> bool:
    """Tell whether a number after this rather belongs to the name of the street."""
    return _BARE_TYPE.fullmatch(street) is not None or _ENDS_WITH_ARTICLE.search(street) is not None


def _read_number_last(line: str) -> StreetLine | None:
    """Read `Chaussée de Wavre 187` and `Rue Haute, n° 12 bte 3`; `Rue du 11 Novembre` has no house number."""
    for at in _NUMBERS.finditer(line):
        street = line[: at.start()].strip(_AROUND)
        if not _can_be_street(street):
            continue
        house = read_house(line[at.end() :])
        if house and house.building and _is_part_of_name(street) and not may_be_building(house.building):
            continue  # `Rue du 11 NOVEMBRE`, `Clos 7 FONTAINES`
        if house and not _OWN_NUMBER.search(f"{street} {house.number}"):
            return StreetLine(street, house.number, house.box, house.building)
    return None


def _can_be_street(text: str) -> bool:
    """Tell whether a text may be a street's whole name: it has letters, and no number but its own."""
    if not any(letter.isalpha() for letter in text) or _NO_STREET_END.search(text):
        return False
    if is_building(text) or any(read_house(text[:start]) for start in _street_starts(text)):
        return False
    return not _ENDS_WITH_DIGIT.search(text) or _OWN_NUMBER.search(text) is not None


def _read_without_number(line: str) -> StreetLine:
    """Read `Rue Haute bte 3` and `Rue Haute, 2e étage`, whose number stands in its own field."""
    box = building = ""
    if found := _BOX_AT_END.search(line):
        box, line = found["worded"], line[: found.start()]
    street, comma, rest = line.partition(",")
    if comma and is_street(street) and may_be_building(rest) and not is_street(rest.strip()):
        building, line = rest.strip(_AROUND), street
    return StreetLine(line.strip(_AROUND), "", box, building)

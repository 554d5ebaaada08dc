"""Take a whole address apart that was pasted into one field, on several lines or on one."""

from collections.abc import Iterable, Mapping, Sequence

from orders.addresses.place_names import full_name
from orders.addresses.po_boxes import split_po_box
from orders.addresses.postcode_lines import Place, is_country, read_place, split_place_at_end
from orders.addresses.postcodes import matches
from orders.addresses.street_lines import (
    StreetLine,
    is_building,
    is_street,
    may_be_building,
    read_house,
    read_street_line,
)
from orders.addresses.text_cleaning import clean
from orders.addresses.vocabulary import WORDED_BOX, compiled

_LINE_BREAKS = compiled(r"[\n\r\v\f\u0085\u2028\u2029]+")
_LABEL = compiled(r"(?:adresse|adres|address|anschrift|nom|naam|name)\s*:\s*")
_CONTACT = compiled(r".*@.*|(?:(?:t[ée]l|gsm|fax|mobile)\b.*|[+0(][0-9 ()/.-]{7,})|(?:https?:|www\.).*")
_BOX_ALONE = compiled(WORDED_BOX)
_STREET_WITHIN = compiled(
    r"\s(?=(?:rue|avenue|av\.|chaussée|chaussee|boulevard|bd|place|quai|allée|chemin|route|clos|drève|square)\s)"
)
_ORGANISATIONS = compiled(
    r"\b(?:[ée]coles?|institut|ath[ée]n[ée]e|coll[èe]ge|lyc[ée]e|centre|biblioth[èe]que|universit[ée]|asbl|vzw|gmbh|"
    r"commune|administration|maison|amnesty|association|paroisse|scouts?|groupe|basisschool|school|schule|c\.?p\.?a\.?s)\b"
)
_DEPARTMENTS = compiled(
    r"\b(?:direction|secr[ée]tariat|service|d[ée]partement|classe|salle des prof\w*|dienst|abteilung)\b"
)


def address_lines(text: str) -> list[str]:
    """Return the lines of what was typed or pasted, each cleaned, empty ones left out."""
    return [line for line in map(clean, _LINE_BREAKS.split(text)) if line]


def read_pasted_address(text: str, typed: Mapping[str, str]) -> dict[str, str] | None:
    """Return the fields of a whole address, or nothing if the text is none or has a line of unknown meaning.

    `typed` holds what stands in the other fields: a line that is already there is not put into a second one.
    E-mail addresses, telephone numbers and the country are left out: they are in no line of an address.
    """
    lines, place = _split_off_place([_LABEL.sub("", line) for line in address_lines(text)])
    if place is None:
        return None
    po_box, lines = _split_off_po_box(lines)
    lines = _put_street_on_its_own_line(lines)
    at = next((at for at in reversed(range(len(lines))) if _is_street_line(lines[at])), len(lines))
    if at == len(lines) and not po_box:
        return None
    fields = _street_fields(read_street_line(lines[at]), below=lines[at + 1 :]) if lines[at:] else {}
    if fields is None or not _assign(lines[:at], fields, typed):
        return None
    if po_box:
        fields["building"] = ", ".join(filter(None, (fields.get("building"), po_box)))
    return {**fields, "postcode": place.postcode, "town": full_name(place.town)}


def _split_off_po_box(lines: Iterable[str]) -> tuple[str, list[str]]:
    """Return the PO box of an address, and its lines without it."""
    split = [split_po_box(line) for line in lines]
    return ", ".join(filter(None, (box for box, _ in split))), [rest for _, rest in split if rest]


def _split_off_place(lines: Iterable[str]) -> tuple[list[str], Place | None]:
    """Return the lines above the one with the postcode, and its place; what follows must be no address."""
    kept = [line for line in lines if not is_country(line) and not _CONTACT.fullmatch(line)]
    if not kept:
        return [], None
    first, comma, rest = kept[0].partition(",")
    if (place := read_place(first)) and matches(place.postcode, place.town) and (comma or kept[1:]):
        return [line for line in (rest.strip(), *kept[1:]) if line], place
    place = read_place(kept[-1])
    if place and not is_street(place.town):
        return kept[:-1], place
    if split := split_place_at_end(kept[-1]):
        return [*kept[:-1], split[0]], split[1]
    return kept, None


def _put_street_on_its_own_line(lines: Sequence[str]) -> list[str]:
    """Return the lines with `Marie Dupont, Rue Haute 12` and `Marie Dupont Rue Haute 12` in two."""
    separate: list[str] = []
    for line in lines:
        pieces = [piece.strip() for piece in line.split(",")]
        start = next((at for at, piece in enumerate(pieces) if is_street(piece)), 0)
        if start and read_house(pieces[start - 1]):
            start -= 1
        found = _STREET_WITHIN.search(line)
        if start:
            separate += [*pieces[:start], ", ".join(pieces[start:])]
        elif found and not is_street(line) and not read_house(line[: found.start()]):
            separate += [line[: found.start()], line[found.end() :]]
        else:
            separate.append(line)
    return separate


def _is_street_line(line: str) -> bool:
    read = read_street_line(line)
    return is_street(read.street) or bool(read.number and not is_building(line))


def _street_fields(street: StreetLine, below: Iterable[str]) -> dict[str, str] | None:
    """Return the fields of a street line with the box and building lines below it; nothing if others are."""
    box, building = street.box, [street.building]
    for line in below:
        if (found := _BOX_ALONE.fullmatch(line)) and not box:
            box = found["worded"]
        elif may_be_building(line):
            building.append(line)
        else:
            return None
    fields = {"street": street.street, "number": street.number, "box": box}
    fields["building"] = ", ".join(filter(None, building))
    return {field: value for field, value in fields.items() if value}


def _assign(lines: Iterable[str], fields: dict[str, str], typed: Mapping[str, str]) -> bool:
    """Put the lines above the street into the fields they belong to; false if one has no place left."""
    for line in lines:
        if may_be_building(line):
            fields["building"] = ", ".join(filter(None, (fields.get("building"), line)))
            continue
        free = (field for field in _likely_fields(line) if _is_free(field, line, fields, typed))
        field = next(free, None)
        if field is None:
            return False
        fields[field] = line
    return True


def _likely_fields(line: str) -> tuple[str, ...]:
    if _DEPARTMENTS.search(line):
        return "department", "organisation"
    if _ORGANISATIONS.search(line):
        return "organisation", "department"
    return "name", "organisation", "department"


def _is_free(field: str, line: str, fields: Mapping[str, str], typed: Mapping[str, str]) -> bool:
    return field not in fields and typed.get(field, "").casefold() in ("", line.casefold())

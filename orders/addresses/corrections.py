"""Corrections of an address: finds what people type into the wrong field, and proposes the right one.

The parts of an address have a field each (bpost, "Comment adresser vos envois"), and people write them as
they always did: `32/20`, `187 chaussée de Wavre`, a whole address pasted into one field. Each such thing
becomes a `Proposal`, which changes nothing until somebody accepts it. What could mean two things is left
alone, and so is every address outside Belgium.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import Enum

from orders.addresses.pasted_address import address_lines, read_pasted_address
from orders.addresses.place_names import fold, full_name
from orders.addresses.po_boxes import add_po_box, take_po_box_out
from orders.addresses.postal_address import HOME, LONGEST, PostalAddress
from orders.addresses.postcode_lines import read_place, read_postcode, split_place_at_end, without_country
from orders.addresses.street_lines import StreetLine, is_building, is_street, read_house, read_street_line
from orders.addresses.text_cleaning import clean
from orders.addresses.vocabulary import NUMBER_SIGN, WORDED_BOX, compiled

_LONGEST_READ = 500
_BOX_WITH_WORD = compiled(rf"(?:{WORDED_BOX}|(?:/\s?|{NUMBER_SIGN}|b\.\s?|b\s)(?P<signed>[a-z0-9][a-z0-9./-]{{0,7}}))")
_FIELDS_WITH_PASTED_ADDRESSES = (
    "street",
    "name",
    "organisation",
    "building",
    "department",
    "town",
    "number",
    "box",
    "postcode",
)
_FIELDS_BEFORE_A_PLACE = ("box", "number", "street")


class Reason(Enum):
    """Why something is proposed."""

    WHOLE_ADDRESS = "a whole address stands in one field"
    NUMBER_APART = "the house number has a field of its own"
    BOX_APART = "the box has a field of its own"
    BUILDING_APART = "building and floor have a field of their own"
    PO_BOX_APART = "a PO box stands on a line of its own"
    PLACE_APART = "postcode and place have a field each"
    SWAPPED = "two fields hold what belongs in the other"
    SUPERFLUOUS = "a word or sign is printed anyway, or says nothing"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One correction of an address: the new value of every field that it changes."""

    reason: Reason
    changes: Mapping[str, str]

    def applied_to(self, address: PostalAddress) -> PostalAddress:
        """Return the address as it would be if somebody accepted the proposal."""
        return replace(address, **self.changes)


def proposals(address: PostalAddress) -> tuple[Proposal, ...]:
    """Return the corrections of a Belgian address as it was typed, line breaks included.

    No two proposals touch the same field, so any of them may be accepted without the others.
    """
    if address.country != HOME or any(len(value) > _LONGEST_READ for value in address.by_field().values()):
        return ()
    found: list[Proposal] = []
    for rule in _RULES:
        proposal = rule(address)
        if proposal and not any(proposal.changes.keys() & other.changes.keys() for other in found):
            found.append(proposal)
    return tuple(found)


def _pasted(address: PostalAddress) -> Proposal | None:
    """A whole address in one field: `Marie Dupont, Rue de la Senne 32, 5590 Ciney`."""
    typed = {field: clean(value) for field, value in address.by_field().items()}
    for field in _FIELDS_WITH_PASTED_ADDRESSES:
        others = {**typed, field: ""}
        if read := read_pasted_address(getattr(address, field), others):
            return _proposal(address, Reason.WHOLE_ADDRESS, field, **{field: "", **read})
    return None


def _po_box(address: PostalAddress) -> Proposal | None:
    """A PO box in a field of the street line: `Rue Haute 12 BP 39`; the rest of the line is read at once."""
    po_box, apart = take_po_box_out(address)
    if not po_box:
        return None
    apart = add_po_box(_read_further(apart), po_box)
    values = _differences(address, apart)
    return _proposal(address, Reason.PO_BOX_APART, *values, **values)


def _place_at_end(address: PostalAddress) -> Proposal | None:
    """The place at the end of another field: `12 b12, 1050 XL` as the number; the rest of the field is read at once."""
    for field in _FIELDS_BEFORE_A_PLACE:
        split = split_place_at_end(clean(getattr(address, field)))
        if split and not any(letter.isdigit() for letter in split[1].town):
            rest, place = split
            apart = _read_further(replace(address, **{field: rest}))
            values = _differences(address, apart)
            where = {"postcode": place.postcode, "town": full_name(place.town)}
            return _proposal(address, Reason.PLACE_APART, *values, **values, **where)
    return None


def _read_further(address: PostalAddress) -> PostalAddress:
    """The street line of an address from which something was taken away."""
    for rule in (_street_swapped, _street, _number, _box):
        further = rule(address)
        address = further.applied_to(address) if further else address
    return address


def _differences(before: PostalAddress, after: PostalAddress) -> dict[str, str]:
    return {field: value for field, value in after.by_field().items() if value != getattr(before, field)}


def _street_swapped(address: PostalAddress) -> Proposal | None:
    """The number in the street's field and the street in the number's, or building and street likewise."""
    street, number, building = clean(address.street), clean(address.number), clean(address.building)
    if read_house(street) and is_street(number):
        return _proposal(address, Reason.SWAPPED, "street", "number", street=number, number=street)
    if is_building(street) and is_street(building) and not is_building(building):
        return _proposal(address, Reason.SWAPPED, "street", "building", street=building, building=street)
    return None


def _street(address: PostalAddress) -> Proposal | None:
    """Number, box or building on the street line: `187 chaussée de Wavre`, `Rue Haute 12 bte 3, 2e étage`."""
    text = ", ".join(address_lines(address.street))
    read = _without_town(read_street_line(text), address.town)
    if is_building(read.street) and not clean(address.number):
        return _proposal(address, Reason.BUILDING_APART, "street", street="", building=text)
    reasons = {
        Reason.NUMBER_APART: read.number,
        Reason.BUILDING_APART: read.building,
        Reason.BOX_APART: read.box,
    }
    reason = next((reason for reason, part in reasons.items() if part), Reason.SUPERFLUOUS)
    return _proposal(address, reason, "street", **_filled(asdict(read)))


def _without_town(read: StreetLine, town: str) -> StreetLine:
    """`Rue Haute 12, Ciney` in Ciney: the town stands in its own field already."""
    return replace(read, building="") if fold(read.building) == fold(clean(town)) else read


def _number(address: PostalAddress) -> Proposal | None:
    """More than a number in the number's field: `32/20`, `n° 32`, `32, 2e étage`, `Rue Haute 32`."""
    text = clean(address.number)
    if house := read_house(text):
        reason = Reason.BOX_APART if house.box else Reason.BUILDING_APART if house.building else Reason.SUPERFLUOUS
        return _proposal(address, reason, "number", **_filled(asdict(house)))
    read = read_street_line(text)
    if read.number and is_street(read.street):
        return _proposal(address, Reason.NUMBER_APART, "number", **_filled(asdict(read)))
    return None


def _box(address: PostalAddress) -> Proposal | None:
    """The box with the word that is printed before it anyway (`bte 20`), or a floor that is no box."""
    text = clean(address.box)
    if found := _BOX_WITH_WORD.fullmatch(text):
        return _proposal(address, Reason.SUPERFLUOUS, "box", box=found["worded"] or found["signed"])
    if is_building(text):
        return _proposal(address, Reason.BUILDING_APART, "box", box="", building=text)
    return None


def _place(address: PostalAddress) -> Proposal | None:
    """Postcode and place in one field or in each other's, `B-5590`, `Ciney (Belgique)`."""
    postcode, town = clean(address.postcode), clean(address.town)
    for field, text in (("town", town), ("postcode", postcode)):
        if read := read_place(text):
            return _proposal(address, Reason.PLACE_APART, field, postcode=read.postcode, town=full_name(read.town))
    if (code := read_postcode(town)) and postcode and not any(letter.isdigit() for letter in postcode):
        return _proposal(address, Reason.SWAPPED, "postcode", "town", postcode=code, town=postcode)
    tidy = {"postcode": read_postcode(postcode) or postcode, "town": full_name(without_country(town))}
    return _proposal(address, Reason.SUPERFLUOUS, "postcode", "town", **tidy)


_RULES: tuple[Callable[[PostalAddress], Proposal | None], ...] = (
    _pasted,
    _po_box,
    _place_at_end,
    _street_swapped,
    _street,
    _number,
    _box,
    _place,
)


def _proposal(address: PostalAddress, reason: Reason, *sources: str, **values: str) -> Proposal | None:
    """Return a proposal of what differs from the address.

    There is none if a field other than its `sources` holds something else, or if a value were too long.
    """
    typed = {field: clean(getattr(address, field)) for field in values}
    if any(typed[field] and not _agree(typed[field], values[field]) for field in values if field not in sources):
        return None
    if any(len(value) > LONGEST.get(field, len(value)) for field, value in values.items()):
        return None
    changes = {field: value for field, value in values.items() if value != typed[field]}
    return Proposal(reason, changes) if changes else None


def _agree(typed: str, value: str) -> bool:
    return typed.casefold() == value.casefold() or read_postcode(typed) == value


def _filled(values: Mapping[str, str]) -> dict[str, str]:
    return {field: value for field, value in values.items() if value}

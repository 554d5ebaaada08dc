"""House numbers that are missing, written twice, or two: what is mended, and what is asked."""

from dataclasses import dataclass, replace

from orders.addresses.po_boxes import has_only_po_box
from orders.addresses.postal_address import HOME, PostalAddress, means_no_number
from orders.addresses.street_lines import read_house, read_street_line
from orders.addresses.text_cleaning import clean


@dataclass(frozen=True, slots=True)
class NoNumber:
    """The house has no number."""

    field: str = "number"


@dataclass(frozen=True, slots=True)
class TwoNumbers:
    """The street ends with one number, and its field holds another."""

    in_street: str
    in_field: str
    field: str = "number"


def mend_number(address: PostalAddress) -> PostalAddress:
    """Return a Belgian address without signs that stand for no number, and with a number that was filled in twice once.

    `Rue Haute 12` beside `12` becomes `Rue Haute` and `12`; a box or building on the street line keeps a place.
    """
    if address.country != HOME:
        return address
    if means_no_number(number := clean(address.number)):
        return replace(address, number="")
    line, house = read_street_line(clean(address.street)), read_house(number)
    if not line.number or house is None or line.number.casefold() != house.number.casefold():
        return address
    boxes = {box.casefold(): box for box in (clean(address.box), house.box, line.box) if box}
    if len(boxes) > 1:
        return address
    buildings = filter(None, dict.fromkeys((clean(address.building), house.building, line.building)))
    return replace(
        address,
        street=line.street,
        number=house.number,
        box=next(iter(boxes.values()), ""),
        building=", ".join(buildings),
    )


def number_question(address: PostalAddress) -> NoNumber | TwoNumbers | None:
    """Return what to ask about the number of a Belgian address, or nothing."""
    if address.country != HOME or not clean(address.street) or has_only_po_box(address):
        return None
    if not (number := clean(address.number)):
        return NoNumber()
    in_street = read_street_line(clean(address.street)).number
    return TwoNumbers(in_street, number) if in_street else None

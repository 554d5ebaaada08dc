"""PO boxes as people write them into an address: `BP 39`, `boîte postale 39`, `Postbus 39`, `Postfach 39`, `CP 39`.

Letters go there, parcels do not (bpost). A PO box stands on a line of its own, in `building`, and never in street or
number. The box of a house (`bte 39`) is none, and `CP 5590` is a postcode.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from orders.addresses.postal_address import PostalAddress
from orders.addresses.text_cleaning import clean
from orders.addresses.vocabulary import NUMBER_SIGN, compiled

_WORDS = (
    r"(?<![^\W\d])(?<![.'’-])"
    r"(?:(?:bo[iî]te|bte|bt|case|casier)\.?[\s-]?(?:postale?|post|p)\b\.?|post[\s-]?(?:bus|box|vak|fach)|postf\.|"
    r"p\.?\s?o\.?[\s-]?(?:box|b)\b\.?|post\s?office\s?box|(?:b\.?\s?p|p\.?\s?b|(?P<code>c\.?\s?p))\.?)"
    rf"\s?[:,]?\s?(?:{NUMBER_SIGN})?"
)
_VALUE = r"(?P<value>[0-9]{1,6}(?:\s?[./-]\s?[0-9]{1,4})*(?:\s?[a-z])?)(?![\w/])"
_PO_BOX = compiled(_WORDS + _VALUE)
_WORD_AT_END = compiled(_WORDS + "$")
_VALUE_ALONE = compiled(_VALUE)
_POSTCODE = re.compile(r"[1-9][0-9]{3}")
_BEFORE, _AFTER = " ,;–-(/", " ,;–-)/"
_FOLLOWING = {"street": ("number", "box"), "number": ("box",), "box": (), "town": ()}
"""The fields where no PO box belongs, each with those that may hold its number when it holds the word."""


def find_po_box(text: str) -> str:
    """Return the PO box that a text names, as it is written there; nothing if it names none."""
    return split_po_box(text)[0]


def split_po_box(text: str) -> tuple[str, str]:
    """Return the PO box of a text and what stands around it: `BP 39` and `Rue Haute 12` of `Rue Haute 12 (BP 39)`."""
    for found in _PO_BOX.finditer(text):
        if not _is_postcode(found, found["value"]):
            around = text[: found.start()].rstrip(_BEFORE), text[found.end() :].lstrip(_AFTER)
            return found[0].strip(), ", ".join(filter(None, around))
    return "", text


def has_only_po_box(address: PostalAddress) -> bool:
    """Tell whether an address is a PO box alone, where no parcel can be delivered."""
    apart = put_po_box_apart(address)
    return not clean(apart.street) and bool(find_po_box(apart.building))


def put_po_box_apart(address: PostalAddress) -> PostalAddress:
    """Return an address whose PO box stands in `building`, whatever field it was typed in; others as they are."""
    po_box, rest = take_po_box_out(address)
    return add_po_box(rest, po_box)


def take_po_box_out(address: PostalAddress) -> tuple[str, PostalAddress]:
    """Return the PO boxes of all fields but `building`, and the address without them."""
    changes: dict[str, str] = {}
    boxes = dict.fromkeys(box for field in _FOLLOWING for box in _take_out_of(field, address, changes))
    rest = replace(address, **changes)
    if not rest.street and _ends_with(boxes, clean(rest.number)):
        rest = replace(rest, number="")  # filled in twice: `BP 39` and `39`
    return ", ".join(boxes), rest


def add_po_box(address: PostalAddress, po_box: str) -> PostalAddress:
    """Return the address with a PO box in its `building`, once."""
    if po_box.casefold() in clean(address.building).casefold():
        return address
    return replace(address, building=", ".join(filter(None, (clean(address.building), po_box))))


def without_po_box(address: PostalAddress) -> PostalAddress:
    """Return the address as it stands on a parcel: its street, and not the PO box beside it."""
    po_box, rest = split_po_box(address.building)
    return replace(address, building=rest) if po_box and clean(address.street) else address


def with_po_box_for_street(address: PostalAddress) -> PostalAddress:
    """Return an address to compare with others: where there is no street, its PO box stands for it.

    >>> with_po_box_for_street(PostalAddress("École", "", "", "1050", "Ixelles", building="C.P. 160 / 12")).number
    '160/12'
    """
    found = None if clean(address.street) else _PO_BOX.search(find_po_box(address.building))
    return replace(address, street="PO box", number=found["value"].replace(" ", "")) if found else address


def _take_out_of(field: str, address: PostalAddress, changes: dict[str, str]) -> Iterator[str]:
    """Yield the PO box of a field, and note in `changes` what the fields keep."""
    text = changes.get(field, clean(getattr(address, field)))
    box, rest = split_po_box(text)
    if box:
        changes[field] = rest
        yield box
    elif word := _WORD_AT_END.search(text):
        yield from _with_its_number(word, field, address, changes)


def _with_its_number(word: re.Match[str], field: str, address: PostalAddress, changes: dict[str, str]) -> Iterator[str]:
    """Yield the PO box whose word ends one field and whose number fills another: `Rue Haute 12 BP` and `39`."""
    for following in _FOLLOWING[field]:
        value = clean(getattr(address, following))
        if _VALUE_ALONE.fullmatch(value) and not _is_postcode(word, value):
            changes |= {field: word.string[: word.start()].rstrip(_BEFORE), following: ""}
            yield f"{word[0].strip()} {value}"
            return


def _is_postcode(word: re.Match[str], value: str) -> bool:
    """Tell whether this is `CP 5590`, a postcode with the French word for it."""
    return word["code"] is not None and _POSTCODE.fullmatch(value) is not None


def _ends_with(boxes: dict[str, None], number: str) -> bool:
    return bool(number) and any(box.endswith(number) for box in boxes)

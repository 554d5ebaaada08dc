"""Checks whether an address can be printed and posted. Problems are data; `wording` has their sentences."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from orders.addresses.po_boxes import has_only_po_box
from orders.addresses.postal_address import COUNTRY_NAMES, LONGEST, PostalAddress
from orders.addresses.text_cleaning import is_control, unprintable

_REQUIRED = ("name", "street", "postcode", "town")
_REQUIRED_BESIDE_PO_BOX = ("name", "postcode", "town")
_POSTCODES = {"BE": re.compile(r"[0-9]{4}"), "FR": re.compile(r"[0-9]{5}"), "LU": re.compile(r"[0-9]{4}")}


@dataclass(frozen=True, slots=True)
class Missing:
    """A field without which nothing can be posted is empty."""

    field: str


@dataclass(frozen=True, slots=True)
class TooLong:
    """A field is `by` characters longer than its `longest`."""

    field: str
    longest: int
    by: int


@dataclass(frozen=True, slots=True)
class MalformedPostcode:
    """The postcode has not the shape of its country: in Belgium four digits and nothing else."""

    field: str


@dataclass(frozen=True, slots=True)
class UnknownCountry:
    """No order goes to this country."""

    field: str


@dataclass(frozen=True, slots=True)
class Unprintable:
    """A field holds characters, each listed once, that the label font does not have."""

    field: str
    characters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ControlCharacters:
    """A field holds characters, each listed once, that are no text at all, such as NUL."""

    field: str
    characters: tuple[str, ...]


Problem = Missing | TooLong | MalformedPostcode | UnknownCountry | Unprintable | ControlCharacters


def problems(address: PostalAddress) -> tuple[Problem, ...]:
    """Return all that is wrong with an address once cleaned, field by field; nothing if it can be posted."""
    values: dict[str, str] = address.cleaned().by_field()
    required = _REQUIRED if not has_only_po_box(address) else _REQUIRED_BESIDE_PO_BOX
    found = [problem for field, value in values.items() for problem in _field_problems(field, value, required)]
    if values["country"] not in COUNTRY_NAMES:
        return (*found, UnknownCountry("country"))
    if values["postcode"] and not _POSTCODES[values["country"]].fullmatch(values["postcode"]):
        found.append(MalformedPostcode("postcode"))
    return tuple(found)


def _field_problems(field: str, value: str, required: Collection[str]) -> Iterator[Problem]:
    if not value and field in required:
        yield Missing(field)
    longest = LONGEST.get(field, len(value))
    if len(value) > longest:
        yield TooLong(field, longest, by=len(value) - longest)
    strange = unprintable(value)
    if controls := tuple(letter for letter in strange if is_control(letter)):
        yield ControlCharacters(field, controls)
    if letters := tuple(letter for letter in strange if not is_control(letter)):
        yield Unprintable(field, letters)

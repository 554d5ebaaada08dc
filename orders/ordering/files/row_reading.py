"""Reads a row of a file as a form would with its corrections accepted: values in wrong cells, and unusual spellings.

A form proposes corrections and somebody accepts them. For a file they are all accepted, and listed before anything is
placed.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from orders.addresses import PostalAddress, clean
from orders.addresses.corrections import proposals
from orders.addresses.postal_address import HOME
from orders.ordering.files import choice_synonyms
from orders.ordering.request.email_address import tidy
from orders.ordering.request.order_request import ADDRESS_FIELDS
from orders.phone_numbers import read_phone, show_phone
from orders.spreadsheets import folded

ADDRESS = "address"  # a column with the whole address, in place of those that it has of its own
_MOST_TIMES = 3  # that one proposal leads to another
_SERIAL_DAY = re.compile(r"[3-7][0-9]{4}(?:[.,][0-9]+)?")  # from 1982 to 2119, with a time or without
_FIRST_SERIAL_DAY = date(1899, 12, 30)
_MADE_INTO_NUMBER = re.compile(r"[1-9][0-9]{7,12}(?:[.,]0+)?")
_DECIMALS = re.compile(r"([0-9]+)[.,]0{1,2}")
_COPIES = re.compile(
    r"([0-9][0-9 ]*)(?:x|ex{1,2}|exemplaires?|copies?|pi[eè]ces?|pc?s|st|stuks?|stück)\.?", re.IGNORECASE
)
_DASH = re.compile(r"[-–—/]+")
_NEEDED = ("name", "street", "number", "postcode", "town")


@dataclass(frozen=True, slots=True)
class ReadOtherwise:
    """A cell that is read otherwise than it is written."""

    field: str
    written: str
    read: str


def read_row(
    typed: Mapping[str, str], audiences: Mapping[str, str], codes: Collection[str] = ()
) -> tuple[dict[str, str], list[ReadOtherwise]]:
    """The cells as they are meant, by column, and those that are read otherwise than they are written.

    `audiences`: the code that each folded word means (`audience_lookup.codes_by_word`). `codes` are the columns with
    copies. A choice in words is only a translation, and is not among the changes; neither is a dash, where nothing
    needs to stand.
    """
    values = {
        column: "" if column not in _NEEDED and _DASH.fullmatch(cell.strip()) else cell
        for column, cell in typed.items()
    }
    if not values.get("street", "").strip():
        values["street"] = values.pop(ADDRESS, "")
    for column in choice_synonyms.COLUMNS:
        if column in values:
            values[column] = choice_synonyms.choice_called(column, clean(values[column]))
    if "audience" in values:
        cell = clean(values["audience"])
        values["audience"] = audiences.get(folded(cell), cell)
    read = {**values, **_typed_values(values), **_copies(values, codes), **_mended_address(values)}
    changes = [
        ReadOtherwise(field, clean(values.get(field, "")), value)
        for field, value in read.items()
        if clean(value) != clean(values.get(field, ""))
    ]
    return read, changes


def _typed_values(values: Mapping[str, str]) -> dict[str, str]:
    """What a spreadsheet program made of a day, of a telephone number and of a postcode."""
    read = {}
    if _SERIAL_DAY.fullmatch(day := values.get("needed_by", "").strip()):
        read["needed_by"] = (_FIRST_SERIAL_DAY + timedelta(days=int(day[:5]))).isoformat()
    if _MADE_INTO_NUMBER.fullmatch(phone := values.get("phone", "").strip()) and (number := read_phone(phone).number):
        read["phone"] = show_phone(number)
    if found := _DECIMALS.fullmatch(values.get("postcode", "").strip()):
        read["postcode"] = found[1]
    if email := tidy(clean(values.get("email", ""))):
        read["email"] = email
    return read


def _copies(values: Mapping[str, str], codes: Iterable[str]) -> dict[str, str]:
    """`25 ex.` and `25,0` as the number that they say."""
    cells = {code: clean(values.get(code, "")) for code in codes}
    found = {code: _COPIES.fullmatch(cell) or _DECIMALS.fullmatch(cell) for code, cell in cells.items()}
    return {code: match[1].strip() for code, match in found.items() if match}


def _mended_address(values: Mapping[str, str]) -> dict[str, str]:
    """The fields of the address with every proposal taken."""
    address = PostalAddress(
        **{field: values.get(field, "") for field in ADDRESS_FIELDS} | {"country": _country(values)}
    )
    before = asdict(address)
    for _ in range(_MOST_TIMES):
        found = proposals(address)
        for proposal in found:
            address = proposal.applied_to(address)
        if not found:
            break
    return {field: value for field, value in asdict(address).items() if value != before[field]}


def _country(values: Mapping[str, str]) -> str:
    return values.get("country", "").strip().upper() or HOME

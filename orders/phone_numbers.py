"""Telephone numbers: kept in international form (E.164), shown as people here write them."""

import enum
import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher

REGION = "BE"
_LONGEST = 100
_LABEL = re.compile(r"^(?:t[ée]l(?:[ée]phone|efoon|efon)?|gsm|mobile|portable|phone|t|m)\b\s*[.:]*\s*", re.IGNORECASE)
_ROUNDED = re.compile(r"[0-9][.,][0-9]+E\+?[0-9]+", re.IGNORECASE)  # by a spreadsheet program that took it for a number
_AROUND = " ,;:/|-–()."
_NONE = frozenset(
    [
        "aucun",
        "néant",
        "non",
        "pas",
        "sans",
        "n/a",
        "na",
        "geen",
        "nee",
        "nvt",
        "n.v.t.",
        "kein",
        "keine",
        "none",
        "no",
        "x",
    ]
)
_DECIMALS = re.compile(r"([0-9]{8,13})[.,]0+")
_WITHOUT_PLUS = re.compile(r"(?:31|33|352|41|44|49)[0-9]{8,11}")  # of a neighbour, from a program that took it away


class PhoneFault(enum.Enum):
    """Why a text is not one telephone number."""

    MALFORMED = "malformed"
    SEVERAL = "several numbers"
    REMARK = "something beside the number"
    ROUNDED = "rounded by a spreadsheet program"


@dataclass(frozen=True, slots=True)
class Phone:
    """What a text says: a number in E.164, or none because of `fault`; `first` is the number that it begins with."""

    number: str = ""
    fault: PhoneFault | None = None
    first: str = ""


def read_phone(typed: str) -> Phone:
    """Read one number. It may come without its 0 or +, as spreadsheet programs take them away; a sign is none.

    >>> read_phone("0475/12.34.56").number, read_phone("475123456").number, read_phone("+33 6 12 34 56 78").number
    ('+32475123456', '+32475123456', '+33612345678')
    """
    text = _LABEL.sub("", typed.strip()[:_LONGEST])
    if not any(letter.isalnum() for letter in text) or text.casefold() in _NONE:
        return Phone()
    if found := _DECIMALS.fullmatch(text):
        text = found[1]
    if _ROUNDED.fullmatch(text):
        return Phone(fault=PhoneFault.ROUNDED)
    if number := _whole(text) or (_whole(f"+{text}") if _WITHOUT_PLUS.fullmatch(text) else ""):
        return Phone(number)
    return _not_one(text)


def show_phone(number: str) -> str:
    """`0475 12 34 56`, `+33 6 12 34 56 78`; what was kept before in another form is shown as it is."""
    if not number.startswith("+"):
        return number
    try:
        return _national(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return number


def _whole(text: str) -> str:
    """The text as one number in E.164; empty where it is not, or has letters or an extension."""
    if any(letter.isalpha() for letter in text):
        return ""
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number) or number.extension:
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _not_one(text: str) -> Phone:
    """What keeps a text from being one number."""
    found = list(PhoneNumberMatcher(text, REGION, leniency=Leniency.VALID))
    if len(found) > 1:
        return Phone(fault=PhoneFault.SEVERAL, first=_national(found[0].number))
    if found and (found[0].number.extension or (text[: found[0].start] + text[found[0].end :]).strip(_AROUND)):
        return Phone(fault=PhoneFault.REMARK, first=_national(found[0].number))
    return Phone(fault=PhoneFault.MALFORMED)


def _national(number: phonenumbers.PhoneNumber) -> str:
    number.extension = None
    is_here = number.country_code == phonenumbers.country_code_for_region(REGION)
    return phonenumbers.format_number(
        number, PhoneNumberFormat.NATIONAL if is_here else PhoneNumberFormat.INTERNATIONAL
    )

"""The shape of an order as it was typed: by a person in a form, by staff, or in a row of a file.

One function reads the text of every field and gives either an `OrderRequest`, which `placing.place` takes, or all
that is wrong with it, as data. Whether it can be placed (stock, dates) is for `placing` to say.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import TypeVar

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from orders import addresses
from orders.addresses import LONGEST, PostalAddress, clean
from orders.addresses.writing import is_control
from orders.catalogue.models import Audience
from orders.ordering.models import Delivery, WhenShort
from orders.ordering.problems import (
    MalformedDate,
    MalformedEmail,
    MalformedPhone,
    NotAChoice,
    NothingOrdered,
    NotWholeCopies,
    Problem,
    TooManyCopies,
    UnknownPublicationField,
)

MOST_PER_LINE = 5_000  # more than any school asks; beyond it somebody should telephone
LONGEST_MESSAGE = 500
LANGUAGES = ("fr", "nl", "de", "en")
COPIES = "copies-"  # a form's field for the publication MAN26 is `copies-MAN26`

ADDRESS_FIELDS = (
    "name",
    "department",
    "organisation",
    "building",
    "street",
    "number",
    "box",
    "postcode",
    "town",
    "country",
)

E_ = TypeVar("E_", bound=Enum)


@dataclass(frozen=True, slots=True)
class OrderRequest:
    """What somebody asks for, well-formed. `copies` are above 0, by publication code.

    `confirmed`: the questions (`place`, `repeat`, `postage`) that were answered with yes; `reason`: why once more.
    """

    audience: Audience
    address: PostalAddress
    email: str
    copies: Mapping[str, int]
    phone: str = ""
    delivery: Delivery = Delivery.POST
    when_short: WhenShort = WhenShort.SEND
    language: str = "fr"
    needed_by: date | None = None
    message: str = ""
    news_text: str = ""
    submission: str | None = None
    placed_at: datetime | None = None
    sent_before_pli: bool = False
    reference: str | None = None
    confirmed: frozenset[str] = frozenset()
    reason: str = ""
    gathering_on: date | None = None
    people: int | None = None
    postage_due: bool = False
    postage_cents: int | None = None
    billing_name: str = ""
    billing_address: str = ""
    purchase_order: str = ""


class Reading:
    """Reads the fields of one order and gathers what is wrong with them."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        self.typed = typed
        self.problems: list[Problem] = []

    def text(self, field: str) -> str:
        return clean(self.typed.get(field) or "")

    def choice(self, field: str, kind: type[E_], default: E_ | None = None) -> E_ | None:
        value = self.text(field)
        if not value and default is not None:
            return default
        try:
            return kind(value)
        except ValueError:
            self.problems.append(NotAChoice(field, value, tuple(member.value for member in kind)))
            return default

    def language(self) -> str:
        value = self.text("language").lower() or LANGUAGES[0]
        if value not in LANGUAGES:
            self.problems.append(NotAChoice("language", value, LANGUAGES))
        return value

    def address(self) -> PostalAddress:
        values = {field: self.text(field) for field in ADDRESS_FIELDS}
        values["country"] = values["country"].upper() or "BE"
        address = PostalAddress(**values)
        self.problems.extend(addresses.problems(address))
        if address.country in addresses.COUNTRY_NAMES and address.country != "BE":
            self.problems.append(addresses.UnknownCountry("country"))
        return address

    def email(self) -> str:
        """The address as mail servers read it; the domain is not asked whether it exists."""
        value = self.text("email")
        if not value:
            self.problems.append(addresses.Missing("email"))
        elif len(value) > LONGEST["email"]:
            self.problems.append(addresses.TooLong("email", LONGEST["email"], len(value) - LONGEST["email"]))
        else:
            try:
                return validate_email(value, check_deliverability=False, allow_smtputf8=False).normalized
            except EmailNotValidError:
                self.problems.append(MalformedEmail())
        return value

    def phone(self) -> str:
        value = self.text("phone")
        if len(value) > LONGEST["phone"]:
            self.problems.append(addresses.TooLong("phone", LONGEST["phone"], len(value) - LONGEST["phone"]))
        elif value and not _is_phone(value):
            self.problems.append(MalformedPhone())
        return value

    def message(self) -> str:
        """The message keeps its line breaks; it is shown, never printed on a label."""
        lines = [clean(line) for line in (self.typed.get("message") or "").splitlines()]
        value = "\n".join(lines).strip()
        if len(value) > LONGEST_MESSAGE:
            self.problems.append(addresses.TooLong("message", LONGEST_MESSAGE, len(value) - LONGEST_MESSAGE))
        if controls := tuple(x for x in dict.fromkeys(value) if x != "\n" and is_control(x)):
            self.problems.append(addresses.ControlCharacters("message", controls))
        return value

    def day(self, field: str) -> date | None:
        value = self.text(field)
        if not value:
            return None
        found = read_day(value)
        if found is None:
            self.problems.append(MalformedDate(field))
        return found

    def copies(self, codes: Iterable[str], prefix: str) -> dict[str, int]:
        """Copies by code, without those of which none are asked."""
        known = list(codes)
        asked = {code: self._copies_of(prefix + code) for code in known}
        for field in self.typed:
            if prefix and field.startswith(prefix) and (code := field.removeprefix(prefix)) not in known:
                self.problems.append(UnknownPublicationField(field, clean(code)))
        refused = {problem.field for problem in self.problems}
        if known and not any(asked.values()) and refused.isdisjoint(prefix + code for code in known):
            self.problems.append(NothingOrdered(prefix + known[0]))
        return {code: copies for code, copies in asked.items() if copies}

    def _copies_of(self, field: str) -> int:
        value = self.text(field).replace(" ", "")
        if not value:
            return 0
        if not re.fullmatch(r"[0-9]{1,30}", value):
            self.problems.append(NotWholeCopies(field, value[:30]))
            return 0
        if int(value) > MOST_PER_LINE:
            self.problems.append(TooManyCopies(field, MOST_PER_LINE))
            return 0
        return int(value)


def _is_phone(value: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(value, "BE"))
    except phonenumbers.NumberParseException:
        return False


def read_day(typed: str) -> date | None:
    """Read `2026-11-20` or, as people here write a day, `20/11/2026`; `None` for what is no day of this century."""
    try:
        if "-" in typed:
            found = date.fromisoformat(typed)
        else:
            day, month, year = typed.split("/")
            found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def check(
    typed: Mapping[str, str], codes: Iterable[str], *, prefix: str = COPIES
) -> tuple[OrderRequest | None, list[Problem]]:
    """Read what was typed. `codes` are the publications that can be ordered; a file's columns have no `prefix`.

    Returns the request and no problem, or no request and every problem, each with the field it is about.
    """
    reading = Reading(typed)
    audience = reading.choice("audience", Audience)
    delivery = reading.choice("delivery", Delivery, Delivery.POST)
    when_short = reading.choice("when_short", WhenShort, WhenShort.SEND)
    request = OrderRequest(
        audience=audience or Audience.OTHER,
        address=reading.address(),
        email=reading.email(),
        phone=reading.phone(),
        delivery=delivery or Delivery.POST,
        when_short=when_short or WhenShort.SEND,
        language=reading.language(),
        needed_by=reading.day("needed_by"),
        message=reading.message(),
        copies=reading.copies(codes, prefix),
    )
    return (None, reading.problems) if reading.problems else (request, [])

"""The shape of an order as it was typed: by a person in a form, by staff, or in a row of a file.

One function reads the text of every field and gives either an `OrderRequest`, which `placing.place` takes, or all
that is wrong with it, as data. Whether it can be placed (stock, dates) is for `placing` to say.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from orders import addresses
from orders.addresses import PostalAddress, clean
from orders.addresses.house_numbers import mend_number
from orders.addresses.po_boxes import put_po_box_apart
from orders.association.profile import LANGUAGES
from orders.catalogue.audience_models import Audience
from orders.ordering.models import Delivery, WhenShort
from orders.ordering.request.email_address import read_email
from orders.ordering.request.field_parsing import Fields
from orders.ordering.request.validation_errors import (
    DayPassed,
    MalformedPhone,
    MissingOrganisation,
    NotAChoice,
    NothingOrdered,
    NotWholeCopies,
    Problem,
    TooManyCopies,
    UnknownPublicationField,
)
from orders.packing.postage import Charge
from orders.phone_numbers import read_phone

MOST_PER_LINE = 5_000  # more than any school asks; beyond it somebody should telephone
LONGEST_MESSAGE = 500
LONGEST_REASON = 500
LONGEST_BILLING_NAME = 125
LONGEST_BILLING_ADDRESS = 300
LONGEST_PURCHASE_ORDER = 40
LONGEST_INSTITUTION = 64
MOST_PEOPLE = 9_999
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


@dataclass(frozen=True, slots=True)
class OrderRequest:
    """What somebody asks for, well-formed. `copies` are above 0, by publication code.

    `confirmed`: the questions (`place`, `repeat`, `postage`) that were answered with yes; `reason`: why once more.
    `institution`: the place in the directory that was chosen, by its code.
    `accepted_postage`: what was shown and accepted; nobody pays more. None: nothing was shown, the quote decides.
    """

    audience: str
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
    accepted_postage: Charge | None = None
    billing_name: str = ""
    billing_address: str = ""
    purchase_order: str = ""
    institution: str | None = None


class Reading(Fields):
    """Reads the fields of one order."""

    def language(self) -> str:
        value = self.text("language").lower() or LANGUAGES[0]
        if value not in LANGUAGES:
            self.problems.append(NotAChoice("language", value, LANGUAGES))
        return value

    def audience(self, audiences: Iterable[Audience]) -> Audience | None:
        by_code = {each.code: each for each in audiences}
        value = self.text("audience")
        if value not in by_code:
            self.problems.append(NotAChoice("audience", value, tuple(by_code)))
        return by_code.get(value)

    def address(self, audience: Audience | None) -> PostalAddress:
        address = read_address({field: self.text(field) for field in ADDRESS_FIELDS})
        if audience and audience.requires_organisation and not address.organisation:
            self.problems.append(MissingOrganisation(audience.code))
        self.problems.extend(addresses.problems(address))
        if address.country in addresses.COUNTRY_NAMES and address.country != "BE":
            self.problems.append(addresses.UnknownCountry("country"))
        return address

    def email(self, *, needed: bool = True) -> str:
        value, problem = read_email(self.text("email"))
        if problem and (value or needed):
            self.problems.append(problem)
        return value

    def phone(self) -> str:
        """The number in international form."""
        phone = read_phone(self.text("phone"))
        if phone.fault:
            self.problems.append(MalformedPhone(phone.fault, phone.first))
        return phone.number

    def needed_by(self, gathering_on: date | None, not_before: date | None) -> date | None:
        """The day that was typed, or else the day of the gathering.

        Days earlier than `not_before` are refused. A file has old orders, so none is given for it.
        """
        found = self.day("needed_by") or gathering_on
        if found and not_before and found < not_before:
            self.problems.append(DayPassed(found))
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
        typed = self.text(field)
        value = typed.replace(" ", "")
        if not value:
            return 0
        if not re.fullmatch(r"[0-9]{1,30}", value):
            self.problems.append(NotWholeCopies(field, typed[:30]))
            return 0
        if int(value) > MOST_PER_LINE:
            self.problems.append(TooManyCopies(field, MOST_PER_LINE))
            return 0
        return int(value)


def read_address(typed: Mapping[str, str]) -> PostalAddress:
    """The address as it is kept, whatever is wrong with it: a PO box on its own line, no number twice."""
    values = {field: clean(typed.get(field) or "") for field in ADDRESS_FIELDS}
    values["country"] = values["country"].upper() or "BE"
    return mend_number(put_po_box_apart(PostalAddress(**values)))


def check(
    typed: Mapping[str, str],
    codes: Iterable[str],
    audiences: Iterable[Audience],
    *,
    prefix: str = COPIES,
    needs_email: bool = True,
    not_before: date | None = None,
) -> tuple[OrderRequest | None, list[Problem]]:
    """Read what was typed. `codes` are the publications that can be ordered, `audiences` those that may order.

    A file's columns have no `prefix`.
    Without `needs_email` the e-mail address may be left out, as on paper and on the telephone; no mails go then.
    Returns the request and no problem, or no request and every problem, each with the field it is about.
    """
    reading = Reading(typed)
    audience = reading.audience(audiences)
    delivery = reading.choice("delivery", Delivery, Delivery.POST)
    when_short = reading.choice("when_short", WhenShort, WhenShort.SEND)
    gathering_on = reading.day("gathering_on")
    request = OrderRequest(
        audience=audience.code if audience else "",
        address=reading.address(audience),
        email=reading.email(needed=needs_email),
        phone=reading.phone(),
        delivery=delivery or Delivery.POST,
        when_short=when_short or WhenShort.SEND,
        language=reading.language(),
        needed_by=reading.needed_by(gathering_on, not_before),
        gathering_on=gathering_on,
        people=reading.number("people", MOST_PEOPLE),
        message=reading.lines("message", LONGEST_MESSAGE),
        reason=reading.lines("reason", LONGEST_REASON),
        billing_name=reading.short("billing_name", LONGEST_BILLING_NAME),
        billing_address=reading.lines("billing_address", LONGEST_BILLING_ADDRESS),
        purchase_order=reading.short("purchase_order", LONGEST_PURCHASE_ORDER),
        institution=reading.text("institution")[:LONGEST_INSTITUTION] or None,
        copies=reading.copies(codes, prefix),
    )
    return (None, reading.problems) if reading.problems else (request, [])

"""Drawing orderers and what they ask for, in shares as in a real season. The same seed draws the same orders."""

import random
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from orders.addresses import LONGEST, PostalAddress
from orders.catalogue.audience_models import Audience
from orders.catalogue.models import Kind, Publication
from orders.demo import names, places
from orders.errors import Refused
from orders.ordering.models import Delivery, WhenShort
from orders.ordering.request.order_request import OrderRequest
from orders.ordering.review.matching import address_key
from orders.ordering.search_text import fold
from orders.references import make_reference

SHARES = {"family": 46, "school": 24, "organiser": 10, "association": 8, "group": 5, "library": 3, "other": 4}
SHARE_OF_OTHERS = 4
"""How often each audience orders, by its code; those that an association added, as often as the rest."""
LANGUAGES = {"fr": 84, "nl": 8, "de": 3, "en": 5}
COPIES: Mapping[str, Mapping[Kind, tuple[int, int]]] = {
    "family": {Kind.MANUAL: (1, 3), Kind.BOOKLET: (1, 4), Kind.OTHER: (1, 2)},
    "school": {Kind.MANUAL: (4, 60), Kind.BOOKLET: (15, 120), Kind.OTHER: (1, 10)},
    "group": {Kind.MANUAL: (5, 60), Kind.BOOKLET: (5, 40), Kind.OTHER: (1, 10)},
    "organiser": {Kind.MANUAL: (3, 30), Kind.BOOKLET: (2, 20), Kind.OTHER: (1, 5)},
    "association": {Kind.MANUAL: (3, 30), Kind.BOOKLET: (5, 40), Kind.OTHER: (1, 5)},
    "library": {Kind.MANUAL: (2, 15), Kind.BOOKLET: (5, 30), Kind.OTHER: (1, 5)},
    "other": {Kind.MANUAL: (1, 10), Kind.BOOKLET: (1, 10), Kind.OTHER: (1, 3)},
}
"""From how many copies to how many one orderer usually asks; audiences that have no line, as `other`."""
NOT_ASKED = {Kind.MANUAL: 0.15, Kind.BOOKLET: 0.35, Kind.OTHER: 0.5}
UNUSUALLY_MANY = 0.02
HIGHEST_NUMBER = 400  # of a house


class NobodyMayOrder(Refused):
    """The allowances of an edition let no audience have anything, so nothing can be made up for it."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year


@dataclass(slots=True)
class Taken:
    """What two orderers must not have by chance: addresses (as they are compared) and references."""

    addresses: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Draw:
    """Draws requests for the publications of one edition."""

    pick: random.Random
    publications: Sequence[Publication]
    audiences: Sequence[Audience]
    taken: Taken

    def draw_order(self, number: int, day: date) -> OrderRequest:
        """A new orderer; `number` makes the e-mail address their own."""
        pick = self.pick
        (audience,) = pick.choices(self.audiences, [SHARES.get(each.code, SHARE_OF_OTHERS) for each in self.audiences])
        (language,) = pick.choices(list(LANGUAGES), list(LANGUAGES.values()))
        address = self._free_address(audience, language)
        copies = self._copies(audience)
        while not copies:  # this audience may have nothing of what there is
            audience = pick.choice(self.audiences)
            copies = self._copies(audience)
        gathering_on = self._gathering(audience, day)
        request = OrderRequest(
            audience=audience.code,
            address=address,
            email=_email(address.name, number),
            copies=copies,
            phone=f"0470 {number // 100 % 100:02} {number % 100:02} {pick.randrange(100):02}"
            if _one_in(pick, 4)
            else "",
            delivery=Delivery.PICKUP if address.postcode.startswith("1") and _one_in(pick, 6) else Delivery.POST,
            when_short=pick.choices(list(WhenShort), (85, 11, 4))[0],
            language=language,
            needed_by=gathering_on or (day + timedelta(days=pick.randrange(8, 40)) if _one_in(pick, 5) else None),
            gathering_on=gathering_on,
            people=pick.randrange(5, 80) if gathering_on else None,
            message=pick.choice(names.MESSAGES) if _one_in(pick, 12) else "",
            news_text=names.NEWS if _one_in(pick, 8) else "",
            reference=self._free_reference(),
            confirmed=frozenset({"place", "repeat"}),
        )
        return self._billed(request)

    def draw_follow_up(self, before: OrderRequest) -> OrderRequest:
        """The same orderer some days later, with a few copies more."""
        copies = {code: max(1, number // 4) for code, number in before.copies.items()}
        return replace(
            before,
            copies=copies,
            reference=self._free_reference(),
            reason=self.pick.choice(names.REPEAT_REASONS),
            message="",
            needed_by=None,
            gathering_on=None,
            people=None,
        )

    def _copies(self, audience: Audience) -> dict[str, int]:
        asked = {}
        for publication in self.publications:
            fewest, most = COPIES.get(audience.code, COPIES["other"])[publication.kind]
            if self.pick.random() < UNUSUALLY_MANY:
                fewest, most = most, most * 4
            number = round(fewest * (most / fewest) ** self.pick.random())  # few ask for many
            if self.pick.random() >= NOT_ASKED[publication.kind]:
                asked[publication.code] = min(number, may_have(publication, audience))
        first = self.publications[0]
        asked = {code: number for code, number in asked.items() if number}
        return asked or {code: n for code, n in {first.code: min(1, may_have(first, audience))}.items() if n}

    def _free_address(self, audience: Audience, language: str) -> PostalAddress:
        while True:
            address = _address(self.pick, audience, language)
            if (key := address_key(address)) not in self.taken.addresses:
                self.taken.addresses.add(key)
                return address

    def _free_reference(self) -> str:
        while (reference := make_reference(self.pick.choice)) in self.taken.references:
            pass
        self.taken.references.add(reference)
        return reference

    def _gathering(self, audience: Audience, day: date) -> date | None:
        if not audience.gathers or not _one_in(self.pick, 2):
            return None
        return day + timedelta(days=self.pick.randrange(10, 30))

    def _billed(self, request: OrderRequest) -> OrderRequest:
        """An organisation says to whom an invoice goes; it is kept where there is a box to pay."""
        organisation = request.address.organisation
        if not organisation:
            return request
        purchase_order = f"BC-{self.pick.randrange(1000, 9999)}" if _one_in(self.pick, 3) else ""
        return replace(request, billing_name=f"{organisation}, comptabilité", purchase_order=purchase_order)


def may_have(publication: Publication, audience: Audience) -> int:
    """Half of what an orderer may have at most, so that they may order once more."""
    allowance = publication.allowance_of(audience.code)
    return allowance.maximum // 2 if allowance else 1_000


def refuse_without_copies(year: int, publications: Collection[Publication], audiences: Iterable[Audience]) -> None:
    """Refuse with `NobodyMayOrder` where no audience may have a copy of the publication that comes first."""
    first = next(iter(publications), None)
    if first is None or not any(may_have(first, audience) for audience in audiences):
        raise NobodyMayOrder(year)


def _one_in(pick: random.Random, count: int) -> bool:
    return pick.randrange(count) == 0


def _address(pick: random.Random, audience: Audience, language: str) -> PostalAddress:
    postcode, town = places.place(pick, language)
    street = pick.choice(names.STREETS[language])
    is_institution = not audience.is_private
    return PostalAddress(
        name=f"{pick.choice(names.FIRST_NAMES[language])} {pick.choice(names.LAST_NAMES[language])}",
        organisation=_organisation(pick, audience, town, street),
        department=pick.choice(names.DEPARTMENTS) if is_institution and _one_in(pick, 4) else "",
        building=pick.choice(names.BUILDINGS) if is_institution and _one_in(pick, 10) else "",
        street=street,
        number=str(pick.randrange(1, HIGHEST_NUMBER)),
        box=str(pick.randrange(1, 30)) if audience.is_private and _one_in(pick, 5) else "",
        postcode=postcode,
        town=town,
    )


def _organisation(pick: random.Random, audience: Audience, town: str, street: str) -> str:
    if audience.is_private:
        return ""
    pattern = pick.choice(names.ORGANISATIONS.get(audience.code, names.ORGANISATIONS["association"]))
    saint, number = pick.choice(names.SAINTS), pick.randrange(10, 250)
    name = pattern.format(town=town, street=street, saint=saint, number=number)
    name = re.sub(r"\bde (?=[AEÉIOUY])", "d’", name)
    return name if len(name) <= LONGEST["organisation"] else town


def _email(name: str, number: int) -> str:
    """An address that is nobody's: example.org is kept for examples (RFC 2606)."""
    local = re.sub(r"[^a-z]+", ".", fold(name)).strip(".")
    return f"{local[:28]}.{number}@example.org"

"""What was typed by hand, found in the directory: by its postcode, its name and its street.

A name and a street that fit one place only are certain. A name without its street, or a street and number with another
name, are proposed to the office (`followup.institutions`).
"""

import enum
from dataclasses import dataclass, replace
from functools import lru_cache

from orders.addresses import PostalAddress
from orders.catalogue.audience_lookup import get_audience
from orders.directory import suggestions
from orders.directory.name_index import Suggestion
from orders.ordering.request.order_request import OrderRequest
from orders.ordering.review.matching import Letterbox, letterbox
from orders.ordering.review.name_likeness import is_same_organisation


class Fit(enum.IntEnum):
    """How well a place fits: its name and street, its name alone, or its house alone."""

    HOUSE = 1
    NAME = 2
    NAME_AND_STREET = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A school of the directory that an order may be for."""

    school: Suggestion
    fit: Fit


def recognise(request: OrderRequest) -> tuple[OrderRequest, bool]:
    """The request with the place that it is certainly for; and whether there are others that the office is asked about.

    What was chosen stays; people at home are not looked for.
    """
    if request.institution or not request.address.organisation or get_audience(request.audience).is_private:
        return request, False
    found = candidates(request.address)
    certain = certain_code(found)
    return (replace(request, institution=certain), False) if certain else (request, bool(found))


def candidates(address: PostalAddress) -> list[Candidate]:
    """The schools of the postcode that an address may be of, the likeliest first; one for each place."""
    if not address.organisation:
        return []
    here = letterbox(address)
    fits = ((school, _fit(address, here, school)) for school in suggestions.schools_at(address.postcode))
    found = sorted((Candidate(school, fit) for school, fit in fits if fit), key=lambda each: -each.fit)
    return list({each.school.code: each for each in reversed(found)}.values())[::-1]


def certain_code(found: list[Candidate]) -> str | None:
    """The place that fits by its name and street, if no other does."""
    sure = [each.school.code for each in found if each.fit is Fit.NAME_AND_STREET]
    return sure[0] if len(sure) == 1 else None


def _fit(address: PostalAddress, here: Letterbox, school: Suggestion) -> Fit | None:
    there = _letterbox_of(school)
    is_street = bool(here.street) and here.street == there.street
    is_house = is_street and bool(here.number) and here.number == there.number
    if is_same_organisation(address.organisation, school.name, (address.town, school.town)):
        may_be_house = is_house or not (here.number and there.number)
        return Fit.NAME_AND_STREET if is_street and may_be_house else Fit.NAME
    return Fit.HOUSE if is_house else None


@lru_cache(maxsize=32768)
def _letterbox_of(school: Suggestion) -> Letterbox:
    return letterbox(PostalAddress("", school.street, school.house, school.postcode, school.town, box=school.box))

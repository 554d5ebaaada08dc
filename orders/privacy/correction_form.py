"""Reads a typed correction of a person's name, organisation, e-mail address and telephone number."""

from collections.abc import Mapping

from orders.addresses import Missing
from orders.ordering.request.order_request import Reading
from orders.privacy.data_subject_rights import Corrected

LONGEST_NAME, LONGEST_ORGANISATION = 80, 125


def read(typed: Mapping[str, str]) -> tuple[Corrected, list[object]]:
    """What was typed, and what is wrong with it: problems that `wording.sentence` words."""
    reading = Reading(typed)
    name = reading.short("name", LONGEST_NAME)
    if not name:
        reading.problems.append(Missing("name"))
    organisation = reading.short("organisation", LONGEST_ORGANISATION)
    corrected = Corrected(name, organisation, reading.email(needed=False), reading.phone())
    return corrected, list(reading.problems)

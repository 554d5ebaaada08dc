"""What an order would get if it were placed now: how much at once, how much later, and when that may be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from orders.catalogue.models import Publication
from orders.ordering import reserving
from orders.stock import print_runs


@dataclass(frozen=True, slots=True)
class Promise:
    """Copies of a publication: as many as were `asked`, and of them `there` now.

    `expected_on`: when the next copies come from the printer; None where nobody knows.
    """

    publication: Publication
    asked: int
    there: int
    expected_on: date | None

    @property
    def missing(self) -> int:
        return self.asked - self.there


def promises(copies: Mapping[str, int], publications: Sequence[Publication], *, day: date) -> list[Promise]:
    """One for each publication of which copies (by code) are asked. Whoever waits already is served first."""
    asked = [each for each in publications if copies.get(each.code)]
    ids = [each.id for each in asked]
    free = reserving.free_copies(ids)
    expected = print_runs.expected_on(ids, day)
    return [
        Promise(each, copies[each.code], min(copies[each.code], free[each.id]), expected.get(each.id)) for each in asked
    ]


def complete_on(promised: Sequence[Promise]) -> date | None:
    """When the last of what is missing is expected; None where nobody knows."""
    days = [each.expected_on for each in promised if each.missing]
    return None if None in days or not days else max(day for day in days if day)

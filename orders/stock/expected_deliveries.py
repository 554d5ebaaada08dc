"""Deliveries that the printer still owes: how many copies, by when, and which are late."""

from collections.abc import Collection, Mapping
from datetime import date

from orders.stock import print_runs


def expected_copies(publication_ids: Collection[int]) -> dict[int, int]:
    """By publication, copies that the printer still owes, late ones too."""
    copies: dict[int, int] = {}
    for each in print_runs.open_runs(publication_ids):
        copies[each.run.publication_id] = copies.get(each.run.publication_id, 0) + each.still
    return copies


def late_runs(day: date) -> list[print_runs.RunProgress]:
    """Print runs that should have come before that day and have not, the longest overdue first."""
    return [each for each in print_runs.open_runs() if each.is_late(day)]


def expected_on(publication_ids: Collection[int], day: date) -> dict[int, date]:
    """By publication, the next day on which copies are expected, as seen on `day`. What is overdue is not promised."""
    days: dict[int, date] = {}
    for each in print_runs.open_runs(publication_ids):
        if not each.is_late(day):
            days.setdefault(each.run.publication_id, each.run.expected_on)
    return days


def overdue_on(publication_ids: Collection[int], day: date) -> dict[int, date]:
    """By publication, the latest day before `day` on which copies were expected that have not come."""
    return {
        each.run.publication_id: each.run.expected_on
        for each in print_runs.open_runs(publication_ids)
        if each.is_late(day)
    }


def covered_on(copies: Mapping[int, int], day: date) -> dict[int, date]:
    """By publication, the day by which so many copies are expected; none where the printer does not owe so many."""
    return ExpectedCopies(copies.keys(), day).covered_on(copies)


class ExpectedCopies:
    """What the printer owes of publications, read once. Like `expected_on`, it promises nothing of what is overdue."""

    def __init__(self, publication_ids: Collection[int], day: date) -> None:
        self._runs = [each for each in print_runs.open_runs(publication_ids) if not each.is_late(day)]

    def covered_on(self, copies: Mapping[int, int]) -> dict[int, date]:
        """By publication, the day by which so many copies are expected."""
        days: dict[int, date] = {}
        missing = dict(copies)
        for each in self._runs:
            publication = each.run.publication_id
            if publication in missing and publication not in days:
                missing[publication] -= each.still
                if missing[publication] <= 0:
                    days[publication] = each.run.expected_on
        return days

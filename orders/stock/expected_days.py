"""The days on which the copies that a printer owes are expected: what is overdue is not promised."""

from collections.abc import Collection, Mapping
from datetime import date

from orders.stock.print_runs import open_runs


def expected_on(publication_ids: Collection[int], day: date) -> dict[int, date]:
    """By publication, the next day on which copies are expected, as seen on `day`. What is overdue is not promised."""
    days: dict[int, date] = {}
    for each in open_runs(publication_ids):
        if not each.is_late(day):
            days.setdefault(each.run.publication_id, each.run.expected_on)
    return days


def overdue_on(publication_ids: Collection[int], day: date) -> dict[int, date]:
    """By publication, the latest day before `day` on which copies were expected that have not come."""
    return {each.run.publication_id: each.run.expected_on for each in open_runs(publication_ids) if each.is_late(day)}


def covered_on(copies: Mapping[int, int], day: date) -> dict[int, date]:
    """By publication, the day by which so many copies are expected; none where the printer does not owe so many.

    Like `expected_on`, it promises nothing of what is overdue.
    """
    days: dict[int, date] = {}
    missing = dict(copies)
    for each in open_runs(copies.keys()):
        publication = each.run.publication_id
        if publication in days or each.is_late(day):
            continue
        missing[publication] -= each.still
        if missing[publication] <= 0:
            days[publication] = each.run.expected_on
    return days

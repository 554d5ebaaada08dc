"""Numbers of parcels as people write them for a printer: `3, 9, 12-15`."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import TypeAlias

from orders.errors import Refused

LARGEST = 999_999
LONGEST_TEXT = 4_000  # letters: some eight hundred numbers without ranges

Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""Ranges of numbers, first and last included."""

_RANGE = re.compile(r"\s*([0-9]{1,6})(?:\s*[-\u2013à]\s*([0-9]{1,6}))?\s*")


class UnreadableNumbers(Refused):
    """Something that is neither numbers nor ranges of them."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed[:40]


def read_ranges(typed: str) -> Ranges:
    """Read numbers and ranges with commas, semicolons or spaces between them. Refuses with `UnreadableNumbers`."""
    found = []
    for part in re.split(r"[,;]|(?<=[0-9])\s+(?=[0-9])", typed):
        if not part.strip():
            continue
        read = _RANGE.fullmatch(part)
        first, last = (int(read[1]), int(read[2] or read[1])) if read else (0, 0)
        if len(typed) > LONGEST_TEXT or not 1 <= first <= last:
            raise UnreadableNumbers(part.strip() if len(typed) <= LONGEST_TEXT else typed)
        found.append((first, last))
    return tuple(found)


def contain(ranges: Ranges, number: int) -> bool:
    return any(first <= number <= last for first, last in ranges)


def ranges_of(numbers: Iterable[int]) -> Ranges:
    """The fewest ranges that hold these numbers and no others."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)


def show_ranges(numbers: Collection[int]) -> str:
    """Numbers as they are shown and read again.

    >>> show_ranges([9, 1, 2, 3])
    '1\u20133, 9'
    """
    return ", ".join(_shown(each) for each in ranges_of(numbers))


def _shown(each: Sequence[int]) -> str:
    first, last = each
    return str(first) if first == last else f"{first}\u2013{last}"

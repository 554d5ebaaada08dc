"""Rules by which scarce copies are shared among orders: arithmetic, no database.

Every rule gives out all that there is, nobody more than was asked, and to an order in a dispatch at least what lies
in its parcels. Where a rule leaves two orders equal, the older one comes first.
"""

import enum
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

Shares: TypeAlias = dict[int, int]
"""Copies that an order holds afterwards, by order id."""


class SharingRule(enum.Enum):
    OLDEST = "oldest"
    SCHOOLS = "schools"
    PROPORTIONAL = "proportional"


@dataclass(frozen=True, slots=True)
class Ask:
    """What one order asks of a publication and has not been sent: `copies`, of which it holds `held` now.

    `later` of the copies were added at `later_since`; the others are as old as the order. `fixed` of those held lie in
    a dispatch and stay. `had`: copies sent to it before, which count towards a minimum.
    """

    order_id: int
    since: datetime
    copies: int
    held: int
    later: int = 0
    later_since: datetime | None = None
    fixed: int = 0
    had: int = 0
    is_school: bool = False


def share(rule: SharingRule, asks: Sequence[Ask], shelf: int, *, minimum: int) -> Shares:
    """Who holds what under a rule, of what lies on the shelf and what the orders hold now."""
    ways: Mapping[SharingRule, Callable[[], Shares]] = {
        SharingRule.OLDEST: lambda: oldest_first(asks, shelf),
        SharingRule.SCHOOLS: lambda: schools_first(asks, shelf, minimum),
        SharingRule.PROPORTIONAL: lambda: proportionally(asks, shelf),
    }
    return ways[rule]()


def oldest_first(asks: Sequence[Ask], shelf: int) -> Shares:
    """The oldest order first, in full, then the next one, until nothing is left."""
    shares, left = _begin(asks, shelf)
    _in_turn(shares, left, asks)
    return shares


def schools_first(asks: Sequence[Ask], shelf: int, minimum: int) -> Shares:
    """Every school up to `minimum` copies, the oldest first; then everybody, the oldest first."""
    shares, left = _begin(asks, shelf)
    for ask in _by_age(each for each in asks if each.is_school):
        given = max(0, min(ask.copies, minimum - ask.had) - shares[ask.order_id])
        left -= _give(shares, ask, min(given, left))
    _in_turn(shares, left, asks)
    return shares


def proportionally(asks: Sequence[Ask], shelf: int) -> Shares:
    """Everybody the same share of what they asked beyond `fixed`; rounding favours the largest remainders."""
    shares, left = _begin(asks, shelf)
    wanted = sum(ask.copies - ask.fixed for ask in asks)
    if left >= wanted:
        return {ask.order_id: ask.copies for ask in asks}
    rests = []
    for age, ask in enumerate(_by_age(asks)):
        part, rest = divmod(left * (ask.copies - ask.fixed), wanted)
        shares[ask.order_id] += part
        rests.append((-rest, age, ask))
    over = left - sum(shares[ask.order_id] - ask.fixed for ask in asks)
    for _, _, ask in sorted(rests, key=lambda each: each[:2])[:over]:
        shares[ask.order_id] += 1
    return shares


def _begin(asks: Iterable[Ask], shelf: int) -> tuple[Shares, int]:
    """What stays where it is, and how many copies there are to give."""
    shares, left = {}, shelf
    for ask in asks:
        shares[ask.order_id] = ask.fixed
        left += ask.held - ask.fixed
    return shares, left


def _by_age(asks: Iterable[Ask]) -> list[Ask]:
    return sorted(asks, key=lambda ask: (ask.since, ask.order_id))


def _in_turn(shares: Shares, left: int, asks: Iterable[Ask]) -> None:
    """Give to the oldest wishes first, as the queue does: copies that were added later have their own turn."""
    turns = []
    for ask in asks:
        later = min(ask.later, ask.copies)
        turns.append((ask.since, ask.order_id, ask, ask.copies - later))
        if later:
            turns.append((ask.later_since or ask.since, ask.order_id, ask, ask.copies))
    for _, _, ask, up_to in sorted(turns, key=lambda turn: turn[:2]):
        left -= _give(shares, ask, min(max(0, up_to - shares[ask.order_id]), left))


def _give(shares: Shares, ask: Ask, copies: int) -> int:
    shares[ask.order_id] += copies
    return copies

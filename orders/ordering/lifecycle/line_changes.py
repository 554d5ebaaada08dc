"""Other copies in the lines of an order."""

from collections.abc import Mapping
from datetime import datetime

from orders.catalogue.models import Publication
from orders.ordering.models import Order, OrderLine


def change_lines(
    order: Order, wanted: Mapping[str, int], publications: Mapping[str, Publication], *, at: datetime
) -> dict[OrderLine, int]:
    """Make the lines what is wanted. Returns what each held and gives back: the movements are the caller's."""
    own = {line.publication.code for line in order.lines}
    freed = {line: _change_line(line, wanted.get(line.publication.code, 0), at=at) for line in order.lines}
    order.lines += [
        OrderLine(publication=publications[code], copies=n, reserved=0, sent=0, given_up=0, later=n, later_since=at)
        for code, n in wanted.items()
        if code not in own
    ]
    return freed


def _change_line(line: OrderLine, wanted: int, *, at: datetime) -> int:
    """Fewer copies: those asked for last go first. None: what was asked is given up. Returns copies to give back."""
    had = line.wanted
    if wanted == had:
        return 0
    line.later = min(wanted, max(0, line.later + wanted - had))
    if wanted > had:
        line.later_since = at
    if wanted:
        line.copies, line.given_up = wanted, 0
    else:
        line.given_up = line.copies
    kept = min(line.reserved, wanted - line.sent)
    freed, line.reserved = line.reserved - kept, kept
    return freed

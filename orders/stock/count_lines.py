"""The lines of a count: what was found of each publication, compared with the ledger.

Loose copies are those that a person who counts can see: on the shelf or reserved, but not packed.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import select

from orders.catalogue.models import Publication
from orders.database import db
from orders.stock.balances import copies_by_place
from orders.stock.count_models import CountEntry, StockCount
from orders.stock.models import Movement, Place

Packed: TypeAlias = Callable[[Collection[int]], Mapping[int, int]]
"""Copies in closed envelopes that are still here, by publication id; parcels are known on a higher floor."""

WITHIN = (Place.SHELF, Place.RESERVED)
GONE = (Place.PRINTER, Place.LOST)
OUTSIDE = (*GONE, Place.SENT)


@dataclass(frozen=True, slots=True)
class CountLine:
    """One publication in a count. `since`: what moved after the last entry; `now`: loose copies by the ledger now."""

    publication: Publication
    entries: Sequence[CountEntry]
    now: int
    free: int
    is_spoilt: bool

    @property
    def found(self) -> int:
        return sum(entry.found for entry in self.entries)

    @property
    def expected(self) -> int:
        """What the ledger said when the last entry was typed."""
        return self.entries[-1].expected if self.entries else self.now

    @property
    def since(self) -> int:
        return self.now - self.expected

    @property
    def difference(self) -> int:
        return self.found - self.expected if self.entries else 0


def lines(count: StockCount, packed: Packed) -> list[CountLine]:
    """Every publication of the edition that is in use or was counted, in the order of the catalogue."""
    entries: dict[int, list[CountEntry]] = {}
    for entry in count.entries:
        if entry.withdrawn_at is None:
            entries.setdefault(entry.publication_id, []).append(entry)
    shown = [each for each in count.edition.publications if each.archived_at is None or each.id in entries]
    ids = [each.id for each in shown]
    now, balances = loose_copies(ids, packed), copies_by_place(ids)
    return [
        CountLine(
            each,
            entries.get(each.id, []),
            now[each.id],
            balances[each.id][Place.SHELF],
            _is_spoilt(entries.get(each.id, [])),
        )
        for each in shown
    ]


def mark_of(counted: Iterable[CountLine]) -> str:
    """A mark of entries and differences: who approves sends back the one that was shown."""
    said = [(line.publication.id, [entry.id for entry in line.entries], line.difference) for line in counted]
    return hashlib.sha256(repr([each for each in said if each[1]]).encode()).hexdigest()[:32]


def loose_copies(publication_ids: Collection[int], packed: Packed) -> dict[int, int]:
    """Loose copies by the ledger now, by publication id."""
    balances, inside = copies_by_place(publication_ids), packed(publication_ids)
    return {each: sum(balances[each][place] for place in WITHIN) - inside.get(each, 0) for each in publication_ids}


def _is_spoilt(entries: Sequence[CountEntry]) -> bool:
    """Whether loose copies came or went between the first and the last of these entries.

    What was posted shows in `expected`, unless it was packed before and so not counted: then it spoils nothing.
    """
    if len({entry.expected for entry in entries}) > 1:
        return True
    marks = {entry.last_movement_id or 0 for entry in entries}
    if len(marks) < 2:
        return False
    came_or_went = (
        select(Movement.id)
        .where(Movement.publication_id == entries[0].publication_id)
        .where(Movement.id > min(marks), Movement.id <= max(marks))
        .where(Movement.origin.in_(OUTSIDE) | Movement.destination.in_(GONE))
        .limit(1)
    )
    return db.session.scalar(came_or_went) is not None

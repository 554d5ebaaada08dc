"""Checks the ledger: everything is recomputed from the movements.

The statements are built once in a process: on few rows, as in the tests, that takes longer than running them.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from orders.catalogue.models import Publication
from orders.database import db
from orders.stock.models import Balance, Movement, Place, PrintRun

_OWING_NOTHING = [place for place in Place if place is not Place.PRINTER]


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A sum that does not hold: what it is about, what the movements say and what stands in its place."""

    about: str
    expected: int | str
    found: int | str

    def __str__(self) -> str:
        return f"{self.about}: the movements say {self.expected}, found {self.found}"


def verify() -> list[Discrepancy]:
    """Every balance against its movements, none below 0 (now or ever), all places together 0; empty when all hold.

    Also that each movement is one: some copies, from one place to another, in the name of an order where copies are
    reserved or sent, and of a print run of its own publication.
    """
    codes = dict(db.session.execute(select(Publication.id, Publication.code)).all())
    kept = {
        (publication_id, place): copies
        for publication_id, place, copies in db.session.execute(
            select(Balance.publication_id, Balance.place, Balance.copies)
        )
    }
    return [
        *_wrong_balances(codes, kept),
        *_wrong_totals(codes, kept),
        *_below_zero_once(codes),
        *_wrong_movements(codes),
    ]


def _wrong_balances(codes: dict[int, str], kept: dict[tuple[int, Place], int]) -> Iterator[Discrepancy]:
    sums = _sums_of_movements()
    for publication_id, code in codes.items():
        for place in Place:
            said, found = sums[publication_id, place], kept.get((publication_id, place))
            about = f"{code} at {place.value}"
            if found is None:
                yield Discrepancy(about, said, "no balance")
            elif said != found:
                yield Discrepancy(about, said, found)
            elif found < 0 and place is not Place.PRINTER:
                yield Discrepancy(f"{about}, which may not be below 0", "0 or more", found)


def _wrong_totals(codes: dict[int, str], kept: dict[tuple[int, Place], int]) -> Iterator[Discrepancy]:
    totals: dict[int, int] = defaultdict(int)
    for (publication_id, _), copies in kept.items():
        totals[publication_id] += copies
    for publication_id, total in totals.items():
        if total != 0:
            yield Discrepancy(f"{codes[publication_id]} over all places", 0, total)


def _below_zero_once(codes: dict[int, str]) -> Iterator[Discrepancy]:
    """A place that owed copies after some movement, even if it was made good later; the first such movement."""
    for publication_id, *movement_ids in db.session.execute(_first_below_zero()):
        for place, movement_id in zip(_OWING_NOTHING, movement_ids, strict=True):
            if movement_id is not None:
                about = f"{codes[publication_id]} at {place.value}, after movement {movement_id}"
                yield Discrepancy(about, "0 or more", "less than 0")


@cache
def _first_below_zero() -> Select[Any]:
    """Of each publication the first movement, or none, after which a place owed copies: a column for each place."""
    standing = [
        func.sum(change_at(place)).over(partition_by=Movement.publication_id, order_by=Movement.id).label(place.value)
        for place in _OWING_NOTHING
    ]
    moments = select(Movement.id, Movement.publication_id, *standing).subquery()
    first = [func.min(case((moments.c[place.value] < 0, moments.c.id))) for place in _OWING_NOTHING]
    return select(moments.c.publication_id, *first).group_by(moments.c.publication_id)


def _wrong_movements(codes: dict[int, str]) -> Iterator[Discrepancy]:
    query, named = _faulty_movements()
    for movement_id, publication_id, *has in db.session.execute(query):
        for is_so, (expected, found) in zip(has, named, strict=True):
            if is_so:
                yield Discrepancy(f"{codes[publication_id]}, movement {movement_id}", expected, found)


@cache
def _faulty_movements() -> tuple[Select[int, int, *tuple[bool, ...]], list[tuple[str, str]]]:
    """Movements with a fault, a column for each; and of each fault what should be and what was found."""
    kept = (Place.RESERVED, Place.SENT)
    anonymous = Movement.order_id.is_(None) & (Movement.origin.in_(kept) | Movement.destination.in_(kept))
    foreign = Movement.print_run_id.is_not(None) & (PrintRun.publication_id != Movement.publication_id)
    faults = (
        (Movement.copies <= 0, "copies", "none"),
        (Movement.origin == Movement.destination, "two places", "one"),
        (anonymous, "an order", "none"),
        (foreign, "a print run of its publication", "another's"),
    )
    wrong = [fault for fault, _, _ in faults]
    query = select(Movement.id, Movement.publication_id, *wrong).outerjoin(Movement.print_run).where(or_(*wrong))
    return query.order_by(Movement.id), [(expected, found) for _, expected, found in faults]


def change_at(place: Place, movement: type[Movement] = Movement) -> ColumnElement[int]:
    """What a movement does to the copies at a place."""
    return case((movement.destination == place, movement.copies), (movement.origin == place, -movement.copies), else_=0)


def _sums_of_movements() -> dict[tuple[int, Place], int]:
    sums: dict[tuple[int, Place], int] = defaultdict(int)
    for side, sign in ((Movement.destination, 1), (Movement.origin, -1)):
        rows = db.session.execute(
            select(Movement.publication_id, side, func.sum(Movement.copies)).group_by(Movement.publication_id, side)
        )
        for publication_id, place, copies in rows:
            sums[publication_id, place] += sign * int(copies)
    return sums

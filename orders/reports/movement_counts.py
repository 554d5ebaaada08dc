"""What the kept numbers of movements say: how many there were, and what a place held after one of them."""

from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import aliased

from orders.counts.tables import BLOCK, movement_count
from orders.database import db
from orders.stock.integrity import change_at
from orders.stock.models import Movement, Place, Reason

MOVED = movement_count.c


def count_movements(
    publication_id: int, reason: Reason | None, place: Place | None, since: date | None, until: date | None
) -> int:
    """How many movements of a publication there were; what is `None` does not matter. Both days are included."""
    conditions: list[ColumnElement[bool]] = [MOVED.publication_id == publication_id]
    if reason is not None:
        conditions.append(MOVED.reason == reason.value)
    if place is not None:
        conditions.append(_touches(place))
    if since is not None:
        conditions.append(MOVED.day >= since)
    if until is not None:
        conditions.append(MOVED.day <= until)
    return int(db.session.scalar(select(func.sum(MOVED.movements)).where(*conditions)) or 0)


def balances_after(publication_id: int, place: Place, movement_ids: Sequence[int]) -> dict[int, int]:
    """Copies of a publication at a place after each of these movements, by its number.

    Of the blocks before its own the sums are kept; of its own block the movements up to it are added up.
    """
    if not movement_ids:
        return {}
    before = _before_blocks(publication_id, place, {each // BLOCK for each in movement_ids})
    return {
        each: before[each // BLOCK] + copies for each, copies in _within_blocks(publication_id, place, movement_ids)
    }


def _before_blocks(publication_id: int, place: Place, blocks: set[int]) -> dict[int, int]:
    """Copies at a place before each of these blocks of movements began."""
    ordered = sorted(blocks)
    change = case((MOVED.destination == place.value, MOVED.copies), else_=-MOVED.copies)
    # each sum is that of the blocks from one of them up to the next
    following = case(*((MOVED.block < block, block) for block in ordered))
    rows = db.session.execute(
        select(following, func.sum(change))
        .where(MOVED.publication_id == publication_id, _touches(place), MOVED.block < ordered[-1])
        .group_by(following)
    )
    changes = {block: int(copies) for block, copies in rows}
    return dict(zip(ordered, accumulate(changes.get(block, 0) for block in ordered), strict=True))


def _within_blocks(publication_id: int, place: Place, movement_ids: Sequence[int]) -> Any:
    """Of each movement, what it and those before it in its block did to a place."""
    upto = aliased(Movement)
    changes = (
        select(func.coalesce(func.sum(change_at(place, upto)), 0))
        .where(upto.publication_id == publication_id, upto.id > Movement.id - Movement.id % BLOCK - 1)
        .where(upto.id <= Movement.id)
        .scalar_subquery()
    )
    return db.session.execute(select(Movement.id, changes).where(Movement.id.in_(movement_ids))).all()


def _touches(place: Place) -> ColumnElement[bool]:
    return (MOVED.origin == place.value) | (MOVED.destination == place.value)

"""Stock counts: what people found, beside what the ledger says, and the differences that a coordinator approves.

An entry keeps how many the ledger said there were when it was typed. What moves afterwards changes nothing
about the difference: 97 found where 100 were expected is 3 too few, however many were sent since. What moves
*between* two entries of one publication spoils their sum: that publication is counted again.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from orders import idempotency
from orders.catalogue.models import Edition, Publication
from orders.database import db
from orders.staff import journal
from orders.staff.journal import Actor
from orders.stock import ledger
from orders.stock.count_lines import CountLine, Packed, lines, loose_copies, mark_of
from orders.stock.count_models import (
    CountChanged,
    CountEnded,
    CountEntry,
    CountSpoilt,
    ElsewhereCounted,
    NothingCounted,
    StockCount,
    TooFewFree,
    UnknownCount,
)
from orders.stock.models import MOST_COPIES, ImpossibleCopies, Movement, Place, Reason, ReasonMissing

MakeRoom: TypeAlias = Callable[..., object]
"""Brings copies that are missing onto the shelf, `[(publication, copies)]` at a moment, or refuses."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a coordinator approves: the mark of the lines as they were shown, and why each differs, by code."""

    seen: str
    reasons: Mapping[str, Reason]
    note: str = ""


def start(edition: Edition, *, at: datetime, by: Actor) -> StockCount:
    """Begin a count of an edition, or return the one that is under way: there is one at a time."""
    ledger.lock_stock([edition.id])
    if (running := find_open(edition.id)) is not None:
        return running
    count = StockCount(edition_id=edition.id, started_at=at, started_by_id=by.staff_id)
    db.session.add(count)
    db.session.flush()
    journal.record("started a count", f"edition {edition.year}", at=at, by=by, after={"count": count.id})
    return count


def enter(
    publication: Publication,
    found: int,
    *,
    packed: Packed,
    at: datetime,
    by: Actor,
    count_id: int | None = None,
    note: str = "",
    submission: str | None = None,
) -> CountEntry:
    """Note what somebody found in one spot; several entries of a publication add up. 0 is allowed.

    Goes into the count with `count_id`, else into the one under way, else begins one. The same `submission` again
    returns the entry that it made first. Refuses with `ImpossibleCopies`, `PublicationArchived`, `CountEnded` and
    `ElsewhereCounted`.
    """
    if not 0 <= found <= MOST_COPIES:
        raise ImpossibleCopies(found)
    ledger.lock_stock([publication.edition_id])
    if not idempotency.submit(submission, {"count": publication.code, "found": found, "note": note}, at=at):
        return db.session.scalars(select(CountEntry).where(CountEntry.submission == submission)).one()
    ledger.refuse_archived(publication)
    count = _open(count_id) if count_id is not None else start(publication.edition, at=at, by=by)
    if count.edition_id != publication.edition_id:
        raise ElsewhereCounted(publication.code)
    entry = CountEntry(
        count_id=count.id,
        publication_id=publication.id,
        found=found,
        expected=loose_copies([publication.id], packed)[publication.id],
        last_movement_id=_last_movement(publication.id),
        note=note,
        at=at,
        by_id=by.staff_id,
        submission=submission,
    )
    return _keep(entry, publication, by)


def _keep(entry: CountEntry, publication: Publication, by: Actor) -> CountEntry:
    db.session.add(entry)
    db.session.flush()
    after = {"publication": publication.code, "found": entry.found}
    journal.record("counted", f"count {entry.count_id}", at=entry.at, by=by, after=after)
    return entry


def withdraw(count_id: int, entry_ids: Collection[int], *, at: datetime, by: Actor) -> None:
    """Withdraw entries from an open count. They stay visible."""
    count = _open(count_id)
    for entry in db.session.scalars(
        select(CountEntry).where(CountEntry.count_id == count.id, CountEntry.id.in_(entry_ids))
    ):
        entry.withdrawn_at = entry.withdrawn_at or at
    journal.record("withdrew from a count", f"count {count.id}", at=at, by=by, after={"entries": sorted(entry_ids)})


def abandon(count_id: int, *, at: datetime, by: Actor) -> StockCount:
    """End a count and change nothing."""
    count = _open(count_id)
    _end(count, by)
    count.abandoned_at = at
    journal.record("abandoned a count", f"count {count.id}", at=at, by=by)
    return count


def only_what_is_free(needs: Sequence[tuple[Publication, int]], **_options: object) -> None:
    """The default for `make_room`: refuses with `TooFewFree`, so that copies promised to orders stay promised."""
    for publication, missing in needs:
        raise TooFewFree(publication.code, missing, ledger.copies_at(publication.id, Place.SHELF))


def approve(
    count_id: int,
    decision: Decision,
    *,
    packed: Packed,
    at: datetime,
    by: Actor,
    make_room: MakeRoom = only_what_is_free,
) -> list[Movement]:
    """Make a movement of every difference; what moved since the entries is taken into account.

    Where fewer lie free than are missing, `make_room` is asked first. All or nothing. Refuses with `CountEnded`
    (somebody was first), `CountChanged` (the lines are not those that were shown), `CountSpoilt`,
    `PublicationArchived`, `NothingCounted`, `ReasonMissing`, and with what `make_room` refuses.
    """
    count = _open(count_id)
    counted = [line for line in lines(count, packed) if line.entries]
    if not counted:
        raise NothingCounted
    if mark_of(counted) != decision.seen:
        raise CountChanged
    if spoilt := [line.publication.code for line in counted if line.is_spoilt]:
        raise CountSpoilt(spoilt)
    for line in counted:
        ledger.refuse_archived(line.publication)
    if short := [(line.publication, -line.difference) for line in counted if -line.difference > line.free]:
        make_room(short, at=at, by=by)
    movements = [movement for line in counted if line.difference for movement in _settle(line, decision, at=at, by=by)]
    _end(count, by)
    count.approved_at = at
    journal.record(
        "approved a count",
        f"count {count.id}",
        at=at,
        by=by,
        after={line.publication.code: line.difference for line in counted},
    )
    return movements


def _settle(line: CountLine, decision: Decision, *, at: datetime, by: Actor) -> list[Movement]:
    reason = decision.reasons.get(line.publication.code, Reason.COUNTED)
    if reason is Reason.OTHER and not decision.note:
        raise ReasonMissing
    return ledger.adjust(line.publication, line.difference, reason=reason, at=at, by=by, note=decision.note)


def find_open(edition_id: int) -> StockCount | None:
    """The count of an edition that is under way."""
    return db.session.scalar(
        select(StockCount).where(
            StockCount.edition_id == edition_id,
            StockCount.approved_at.is_(None),
            StockCount.abandoned_at.is_(None),
        )
    )


def open_counts() -> Sequence[StockCount]:
    """All counts under way, the oldest first."""
    return db.session.scalars(
        select(StockCount)
        .where(StockCount.approved_at.is_(None), StockCount.abandoned_at.is_(None))
        .order_by(StockCount.id)
        .options(joinedload(StockCount.edition))
    ).all()


def counts(limit: int = 50) -> Sequence[StockCount]:
    """The latest counts, the newest first."""
    return db.session.scalars(
        select(StockCount).order_by(StockCount.id.desc()).limit(limit).options(joinedload(StockCount.edition))
    ).all()


def get_count(count_id: int) -> StockCount:
    count = db.session.get(StockCount, count_id)
    if count is None:
        raise UnknownCount(count_id)
    return count


def _open(count_id: int) -> StockCount:
    """A count behind the gate of its edition, read afresh; refuses with `CountEnded`."""
    count = get_count(count_id)
    ledger.lock_stock([count.edition_id])
    db.session.refresh(count)
    if count.has_ended:
        raise CountEnded(count)
    return count


def _end(count: StockCount, by: Actor) -> None:
    count.ended_by_id = by.staff_id


def _last_movement(publication_id: int) -> int | None:
    return db.session.scalar(select(func.max(Movement.id)).where(Movement.publication_id == publication_id))

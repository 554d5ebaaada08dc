"""The double-entry ledger of copies: the only code that changes stock.

Lock order, everywhere: first the balances of the editions concerned (`lock_stock`), by publication and place, then
order rows by id. Every rule that may reserve, give back or bring copies takes that lock first and reads afterwards. So
an order placed during a delivery sees the copies, and no two transactions wait for each other in a circle. On SQLite
the transaction itself is the lock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from blinker import Signal
from sqlalchemy import Select, bindparam, select

from orders import idempotency
from orders.catalogue.models import Publication
from orders.database import db
from orders.rows import bulk_rows, quick_rows
from orders.staff import journal
from orders.staff.journal import Actor
from orders.staff.journal_terms import Action
from orders.stock.balances import copies_at as copies_at  # what is here now is asked of the ledger
from orders.stock.balances import move_copies
from orders.stock.models import (
    Balance,
    Movement,
    MovementNote,
    Place,
    PublicationArchived,
    Reason,
    refuse_impossible_correction,
)

copies_arrived = Signal("copies reached the shelf; sent with publication_id and at, inside the transaction")


def lock_stock(edition_ids: Iterable[int]) -> None:
    """Lock the stock of these editions until the transaction ends."""
    quick_rows.execute(_GATE, {"edition_ids": list(edition_ids)}).all()


def lock_stock_of(editions: Select[int]) -> None:
    """The same for the editions whose ids this selects."""
    db.session.execute(_STOCK.where(Publication.edition_id.in_(editions))).all()


_STOCK = (
    select(Balance.publication_id)
    .join(Publication, Publication.id == Balance.publication_id)
    .order_by(Balance.publication_id, Balance.place)
    .with_for_update(of=Balance)
)
_GATE = _STOCK.where(Publication.edition_id.in_(bindparam("edition_ids", expanding=True)))


def move(
    publication_id: int,
    copies: int,
    origin: Place,
    destination: Place,
    *,
    reason: Reason,
    at: datetime,
    order_id: int | None = None,
    by: int | None = None,
    print_run_id: int | None = None,
    submission: str | None = None,
    announced: bool = True,
) -> Movement:
    """Take copies from one place to another, or refuse with `OutOfStock`.

    The UPDATE itself holds the condition, so that copies taken by another transaction count; a CHECK backs it. Copies
    that reach the shelf are announced (`copies_arrived`) in the same transaction, unless they only pass over it.
    """
    movement = Movement(
        at=at,
        publication_id=publication_id,
        copies=copies,
        origin=origin,
        destination=destination,
        reason=reason,
        order_id=order_id,
        by_id=by,
        print_run_id=print_run_id,
        submission=submission,
    )
    move_copies([(publication_id, copies)], origin, destination)
    quick_rows.insert(movement)
    if destination is Place.SHELF and announced:
        copies_arrived.send(publication_id=publication_id, at=at)
    return movement


@dataclass(frozen=True, slots=True)
class Moved:
    """Copies of a publication that go from one place to another for an order."""

    publication_id: int
    copies: int
    order_id: int


def move_for_orders(
    moved: Sequence[Moved],
    origin: Place,
    destination: Place,
    *,
    reason: Reason,
    at: datetime,
    by: int | None = None,
) -> None:
    """Do many movements as `move` does one. Each balance changes once, however many there are."""
    if not moved:
        return
    move_copies([(each.publication_id, each.copies) for each in moved], origin, destination)
    same = {"at": at, "origin": origin, "destination": destination, "reason": reason, "by_id": by}
    bulk_rows.insert_values(Movement, [asdict(each) | same for each in moved])
    if destination is Place.SHELF:
        for publication_id in {each.publication_id: None for each in moved}:
            copies_arrived.send(publication_id=publication_id, at=at)


def receive(
    publication: Publication,
    copies: int,
    *,
    at: datetime,
    by: Actor,
    reason: Reason = Reason.DELIVERY,
    note: str = "",
    print_run_id: int | None = None,
    submission: str | None = None,
) -> Movement:
    """Copies come from the printer onto the shelf; orders that wait for them are filled, oldest first.

    The same `submission` again returns the movement that it made the first time. Whether a print run is theirs is
    asked by `print_runs.receive`. Refuses with `PublicationArchived`.
    """
    lock_stock([publication.edition_id])
    contents = {"receive": publication.code, "copies": copies, "print_run": print_run_id, "note": note}
    if not idempotency.submit(submission, contents, at=at):
        return get_submitted(submission)
    refuse_archived(publication)
    movement = move(
        publication.id,
        copies,
        Place.PRINTER,
        Place.SHELF,
        reason=reason,
        at=at,
        by=by.staff_id,
        print_run_id=print_run_id,
        submission=submission,
    )
    explain(movement, publication, note, action="received", by=by)
    return movement


def refuse_archived(publication: Publication) -> None:
    """Refuse with `PublicationArchived` if the publication is archived, perhaps since a moment ago."""
    db.session.refresh(publication, ["archived_at"])
    if publication.archived_at is not None:
        raise PublicationArchived(publication.code)


def correct(
    publication: Publication,
    change: int,
    *,
    reason: Reason,
    at: datetime,
    by: Actor,
    note: str = "",
    submission: str | None = None,
) -> Movement:
    """Change the shelf by `change` copies (signed), for one of `CORRECTION_REASONS` and only its way (`WAYS`).

    Missing copies move to `LOST`. Found ones come back from there, and from `PRINTER` if more are found than were lost.
    """
    refuse_impossible_correction(change, reason, note)
    lock_stock([publication.edition_id])
    contents = {"correct": publication.code, "change": change, "reason": reason, "note": note}
    if not idempotency.submit(submission, contents, at=at):
        return get_submitted(submission)
    return adjust(publication, change, reason=reason, at=at, by=by, note=note, submission=submission)[0]


def adjust(
    publication: Publication,
    change: int,
    *,
    reason: Reason,
    at: datetime,
    by: Actor,
    note: str = "",
    submission: str | None = None,
) -> list[Movement]:
    """Change the shelf by `change` copies; whoever asks holds the gate and has made sure of the reason."""
    movements = [
        move(publication.id, copies, origin, destination, reason=reason, at=at, by=by.staff_id, submission=key)
        for copies, origin, destination, key in _ways(publication.id, change, submission)
    ]
    explain(movements[0], publication, note, action="corrected", by=by, change=change)
    return movements


def _ways(publication_id: int, change: int, submission: str | None) -> list[tuple[int, Place, Place, str | None]]:
    if change < 0:
        return [(-change, Place.SHELF, Place.LOST, submission)]
    found = min(change, copies_at(publication_id, Place.LOST))
    ways = [(found, Place.LOST, Place.SHELF), (change - found, Place.PRINTER, Place.SHELF)]
    real = [way for way in ways if way[0] > 0]
    return [(*way, submission if index == 0 else None) for index, way in enumerate(real)]


def find_submitted(submission: str | None) -> Movement | None:
    """The movement that a form with this key has already made."""
    return db.session.scalar(select(Movement).where(Movement.submission == submission)) if submission else None


def get_submitted(submission: str | None) -> Movement:
    """The movement that a form with this key has made."""
    return db.session.scalars(select(Movement).where(Movement.submission == submission)).one()


def explain(
    movement: Movement, publication: Publication, note: str, *, action: Action, by: Actor, change: int | None = None
) -> None:
    """Keep the note of a movement that somebody made by hand, and who did it."""
    if note:
        db.session.add(MovementNote(movement_id=movement.id, text=note))
    journal.record(
        action,
        f"publication {publication.code}",
        at=movement.at,
        by=by,
        after={
            "copies": change if change is not None else movement.copies,
            "reason": movement.reason.value,
            "movement": movement.id,
        },
    )

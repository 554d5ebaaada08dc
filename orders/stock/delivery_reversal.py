"""A delivery that was noted and never came: its copies go back to the printer's account, and are expected again."""

from datetime import datetime

from orders import idempotency
from orders.catalogue.models import Publication
from orders.errors import Refused
from orders.staff.journal import Actor
from orders.stock import ledger, print_runs
from orders.stock.models import ImpossibleCopies, Movement, Place, Reason


class MoreThanCame(Refused):
    """Fewer copies of the print run were received than are to be taken back."""

    def __init__(self, copies: int, received: int) -> None:
        super().__init__(copies, received)
        self.copies = copies
        self.received = received


def take_back(
    publication: Publication,
    copies: int,
    *,
    run_id: int,
    at: datetime,
    by: Actor,
    note: str = "",
    submission: str | None = None,
) -> Movement:
    """Undo so many received copies of a print run by a movement back, from the shelf; what was noted stays noted.

    The same `submission` again returns the movement that it made. Refuses with `ImpossibleCopies`, `MoreThanCame`
    and `OutOfStock`.
    """
    ledger.lock_stock([publication.edition_id])
    contents = {"take_back": publication.code, "copies": copies, "print_run": run_id, "note": note}
    if not idempotency.submit(submission, contents, at=at):
        return ledger.get_submitted(submission)
    refuse_more_than_came(publication, copies, run_id=run_id)
    movement = ledger.move(
        publication.id,
        copies,
        Place.SHELF,
        Place.PRINTER,
        reason=Reason.NEVER_CAME,
        at=at,
        by=by.staff_id,
        print_run_id=run_id,
        submission=submission,
    )
    ledger.explain(movement, publication, note, action="took back", by=by)
    return movement


def refuse_more_than_came(publication: Publication, copies: int, *, run_id: int) -> None:
    """Expects the gate to be held."""
    received = print_runs.progress_of(print_runs.get_run(publication, run_id)).received
    if copies < 1:
        raise ImpossibleCopies(copies)
    if copies > received:
        raise MoreThanCame(copies, received)

"""Print runs: what was ordered from the printer, the day it is expected, and what has come of it so far."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from orders import idempotency
from orders.catalogue.models import Publication
from orders.clock import local_day
from orders.database import db
from orders.staff import journal
from orders.staff.journal import Actor
from orders.staff.journal_terms import Action
from orders.stock import ledger
from orders.stock.integrity import change_at
from orders.stock.models import (
    MOST_COPIES,
    ImpossibleCopies,
    ImpossibleDay,
    MoreThanOrdered,
    Movement,
    Place,
    PrintRun,
    RunCancelled,
    UnknownPrintRun,
)

FURTHEST = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """What is agreed with the printer. `cost_cents`: euro cents for all of it, None where it is not known yet."""

    copies: int
    expected_on: date
    cost_cents: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RunProgress:
    """A print run and the copies that have come of it."""

    run: PrintRun
    received: int

    @property
    def still(self) -> int:
        """Copies that are still expected."""
        return 0 if self.run.cancelled_at else max(0, self.run.copies - self.received)

    def is_late(self, day: date) -> bool:
        return self.still > 0 and self.run.expected_on < day


def commission(
    publication: Publication, planned: PlannedRun, *, at: datetime, by: Actor, submission: str | None = None
) -> PrintRun:
    """Note that copies were ordered from the printer. The same `submission` again returns what it made first.

    Refuses with `ImpossibleCopies`, `ImpossibleDay` and `PublicationArchived`.
    """
    _check(planned, None, day=local_day(at))
    ledger.lock_stock([publication.edition_id])
    if not idempotency.submit(submission, {"commission": publication.code, **asdict(planned)}, at=at):
        return db.session.scalars(select(PrintRun).where(PrintRun.submission == submission)).one()
    ledger.refuse_archived(publication)
    run = PrintRun(
        publication_id=publication.id, ordered_at=at, by_id=by.staff_id, submission=submission, **asdict(planned)
    )
    db.session.add(run)
    db.session.flush()
    _record("ordered from the printer", publication, run, at=at, by=by)
    return run


def change(publication: Publication, run_id: int, planned: PlannedRun, *, at: datetime, by: Actor) -> PrintRun:
    """Change what is agreed: the day, the copies, the price. A day that is over may stay as it was."""
    run = _lock(publication, run_id)
    _check(planned, run.expected_on, day=local_day(at))
    if run.cancelled_at is not None:
        raise RunCancelled(run)
    before = _terms(run)
    for name, value in asdict(planned).items():
        setattr(run, name, value)
    _record("changed the print run", publication, run, at=at, by=by, before=before)
    return run


def cancel(publication: Publication, run_id: int, *, at: datetime, by: Actor) -> PrintRun:
    """Expect no more copies of a print run. Copies received stay; cancelling again changes nothing."""
    run = _lock(publication, run_id)
    if run.cancelled_at is None:
        run.cancelled_at = at
        _record("cancelled the print run", publication, run, at=at, by=by)
    return run


def receive(
    publication: Publication,
    copies: int,
    *,
    run_id: int,
    at: datetime,
    by: Actor,
    more_is_right: bool = False,
    note: str = "",
    submission: str | None = None,
) -> Movement:
    """A part of a print run, or all of it, comes onto the shelf; the rest is still expected.

    Refuses with `RunCancelled`, and with `MoreThanOrdered` unless somebody said that `more_is_right`.
    """
    run = _lock(publication, run_id)
    if ledger.find_submitted(submission) is None:
        _refuse_more_than_ordered(run, copies, more_is_right=more_is_right)
    return ledger.receive(publication, copies, at=at, by=by, note=note, print_run_id=run.id, submission=submission)


def _refuse_more_than_ordered(run: PrintRun, copies: int, *, more_is_right: bool) -> None:
    if run.cancelled_at is not None:
        raise RunCancelled(run)
    still = progress_of(run).still
    if copies > still and not more_is_right:
        raise MoreThanOrdered(copies, still)


def get_run(publication: Publication, run_id: int) -> PrintRun:
    run = db.session.get(PrintRun, run_id)
    if run is None or run.publication_id != publication.id:
        raise UnknownPrintRun(run_id)
    return run


def progress(publication_ids: Collection[int]) -> list[RunProgress]:
    """Every print run of these publications, the one expected latest first."""
    return _progress(
        db.session.scalars(
            select(PrintRun)
            .where(PrintRun.publication_id.in_(publication_ids))
            .order_by(PrintRun.expected_on.desc(), PrintRun.id.desc())
            .options(joinedload(PrintRun.publication))
        ).all()
    )


def progress_of(run: PrintRun) -> RunProgress:
    return RunProgress(run, _received([run.id]).get(run.id, 0))


def open_runs(publication_ids: Collection[int] | None = None) -> list[RunProgress]:
    """Print runs of which copies are still expected (of all publications in use, or of these), the soonest first."""
    query = (
        select(PrintRun)
        .join(PrintRun.publication)
        .where(PrintRun.cancelled_at.is_(None), Publication.archived_at.is_(None))
        .order_by(PrintRun.expected_on, PrintRun.id)
        .options(joinedload(PrintRun.publication))
    )
    if publication_ids is not None:
        query = query.where(PrintRun.publication_id.in_(publication_ids))
    return [each for each in _progress(db.session.scalars(query).all()) if each.still]


def _check(planned: PlannedRun, standing: date | None, *, day: date) -> None:
    if not 0 < planned.copies <= MOST_COPIES:
        raise ImpossibleCopies(planned.copies)
    if planned.expected_on != standing and not day <= planned.expected_on <= day + FURTHEST:
        raise ImpossibleDay(planned.expected_on)


def _lock(publication: Publication, run_id: int) -> PrintRun:
    """The print run behind the gate of its edition, read afresh."""
    ledger.lock_stock([publication.edition_id])
    run = get_run(publication, run_id)
    db.session.refresh(run)
    return run


def _progress(runs: Sequence[PrintRun]) -> list[RunProgress]:
    received = _received([run.id for run in runs])
    return [RunProgress(run, received.get(run.id, 0)) for run in runs]


def _received(run_ids: Sequence[int]) -> dict[int, int]:
    """Copies that came of each, without those that were taken back."""
    if not run_ids:
        return {}
    rows = db.session.execute(
        select(Movement.print_run_id, func.sum(change_at(Place.SHELF)))
        .where(Movement.print_run_id.in_(run_ids))
        .group_by(Movement.print_run_id)
    )
    return {run_id: int(copies) for run_id, copies in rows if run_id}


def _terms(run: PrintRun) -> dict[str, object]:
    """What the journal keeps of a print run: no note, which may name people."""
    return {
        "run": run.id,
        "copies": run.copies,
        "expected_on": run.expected_on.isoformat(),
        "cost_cents": run.cost_cents,
    }


def _record(
    action: Action,
    publication: Publication,
    run: PrintRun,
    *,
    at: datetime,
    by: Actor,
    before: dict[str, object] | None = None,
) -> None:
    journal.record(action, f"publication {publication.code}", at=at, by=by, before=before, after=_terms(run))

"""The log of what was printed of a dispatch, from which outdated paper is recognised.

A printing is `GENERATED` until somebody has looked at what came out of the printer. Nothing is printed again
automatically: what jammed is printed again on request, and is marked with the number of its run.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select

import labels
from orders import idempotency
from orders.database import db
from orders.ordering.models import Order
from orders.rows.bulk_rows import among
from orders.shipping.dispatches import lifecycle
from orders.shipping.models import Dispatch, DispatchEnded, DispatchState, Parcel
from orders.shipping.number_ranges import ranges_of
from orders.shipping.printing import printers, sheet_positions
from orders.shipping.printing.models import (
    NotInPrinting,
    Paper,
    PrintedParcel,
    Printer,
    Printing,
    PrintingAnswered,
    PrintingState,
    UnknownPrinting,
)
from orders.shipping.printing.parcel_digests import digest_of
from orders.shipping.printing.print_requests import PrintRequest
from orders.staff import journal
from orders.staff.journal import Actor

IN_THE_PARCEL = (Paper.LABELS, Paper.SLIPS)  # what travels with it, and so must not be wrong


def record(
    dispatch_id: int,
    paper: Paper,
    wanted: PrintRequest,
    *,
    at: datetime,
    by: Actor,
    submission: str | None = None,
    continues: int | None = None,
) -> Printing:
    """Note that a pile is printed now, how each parcel in it looks, and how often it was printed before.

    Without a printer it is the usual one. `continues` is the printing that jammed, of which the rest is printed again.
    The same `submission` again returns what it recorded the first time. Refuses with `NoSuchNumber` or
    `NoneOfThatKind` when there is nothing to print, and for a dispatch that was undone.
    """
    dispatch = lifecycle.lock_dispatch(dispatch_id)
    if dispatch.state is DispatchState.UNDONE:
        raise DispatchEnded(dispatch)
    if not idempotency.submit(submission, {"print": dispatch_id, "paper": paper, "wanted": wanted}, at=at):
        return db.session.scalars(select(Printing).where(Printing.submission == submission)).one()
    if continues is not None:
        jammed_one = get_printing(dispatch.id, continues)
        wanted = replace(wanted, numbers=ranges_of(each.sequence for each in jammed_one.parcels))
    chosen = wanted.choose(lifecycle.parcels_of(dispatch))
    printing = _printing(dispatch, paper, wanted, chosen)
    printing.submission, printing.continues_id = submission, continues
    printing.at, printing.by_id = at, by.staff_id
    db.session.add(printing)
    db.session.flush()
    _note_parcels(printing, chosen, by)
    return printing


def _printing(dispatch: Dispatch, paper: Paper, wanted: PrintRequest, chosen: Sequence[Parcel]) -> Printing:
    """A printing of these parcels of which nobody knows yet what came out."""
    has_sheet = paper is Paper.LABELS
    printer = wanted.printer or sheet_positions.usual_printer()
    return Printing(
        dispatch_id=dispatch.id,
        paper=paper,
        first=chosen[0].sequence,
        last=chosen[-1].sequence,
        kind=wanted.kind,
        for_returns=wanted.for_returns and has_sheet,
        sheet=wanted.sheet.name if has_sheet else None,
        start=wanted.start if has_sheet else None,
        printer_id=printer.id if printer else None,
        state=PrintingState.GENERATED,
    )


def _note_parcels(printing: Printing, chosen: Sequence[Parcel], by: Actor) -> None:
    """Note how each parcel looks now, and how often its number was printed; and in the journal who printed."""
    runs = _runs(printing.dispatch_id, printing.paper)
    db.session.add_all(
        PrintedParcel(
            printing_id=printing.id,
            order_id=order.id,
            sequence=parcel.sequence,
            run=runs.get(parcel.sequence, 0) + 1,
            digest=digest_of(parcel),
        )
        for parcel in chosen
        for order in parcel.orders
    )
    db.session.flush()
    after = {"paper": printing.paper.value, "first": printing.first, "last": printing.last}
    journal.record("noted a printing", f"dispatch {printing.dispatch_id}", at=printing.at, by=by, after=after)


def get_printing(dispatch_id: int, printing_id: int) -> Printing:
    printing = db.session.get(Printing, printing_id)
    if printing is None or printing.dispatch_id != dispatch_id:
        raise UnknownPrinting(printing_id)
    return printing


def printings_of(dispatch: Dispatch) -> Sequence[Printing]:
    """The printings of a dispatch, the latest first."""
    return db.session.scalars(
        select(Printing).where(Printing.dispatch_id == dispatch.id).order_by(Printing.id.desc())
    ).all()


def find_continuation(printing: Printing) -> Printing | None:
    """What was printed again after this one jammed, if it was."""
    return db.session.scalar(
        select(Printing).where(Printing.continues_id == printing.id).order_by(Printing.id.desc()).limit(1)
    )


def all_out(dispatch_id: int, printing_id: int, *, at: datetime) -> Printing:
    """Note that everything came out well. The next sheet of its printer starts behind the last label."""
    printing = _lock(dispatch_id, printing_id)
    if printing.state is PrintingState.ALL_OUT:
        return printing
    _answer(printing, PrintingState.ALL_OUT, at)
    if printing.paper is Paper.LABELS and printing.printer_id is not None:
        printer = db.session.get_one(Printer, printing.printer_id, with_for_update=True)
        printers.note_ended(printer, printing.sheet or printer.sheet, next_position(printing))
    return printing


def jammed(dispatch_id: int, printing_id: int, number: int | None, *, at: datetime) -> Printing:
    """Note the first number of the sequence that did not come out well. Refuses with `NotInPrinting`."""
    printing = _lock(dispatch_id, printing_id)
    if number is None or not printing.first <= number <= printing.last:
        raise NotInPrinting(number, printing.first, printing.last)
    if printing.state is PrintingState.JAMMED and printing.jammed_at == number:
        return printing
    _answer(printing, PrintingState.JAMMED, at)
    printing.jammed_at = number
    return printing


def _lock(dispatch_id: int, printing_id: int) -> Printing:
    get_printing(dispatch_id, printing_id)
    return db.session.get_one(Printing, printing_id, with_for_update=True, populate_existing=True)


def _answer(printing: Printing, state: PrintingState, at: datetime) -> None:
    if printing.state is not PrintingState.GENERATED:
        raise PrintingAnswered(printing)
    printing.state, printing.answered_at = state, at


def next_position(printing: Printing) -> int:
    """The first free position on the sheet on which these labels ended; 1 when they filled it."""
    count = labels.get_sheet(printing.sheet or "").count
    printed = len({each.sequence for each in printing.parcels})
    return ((printing.start or 1) - 1 + printed) % count + 1


def times_printed(order: Order) -> Mapping[Paper, int]:
    """How often a label and a slip of an order were handed to a printer."""
    rows = (
        select(Printing.paper, func.count(func.distinct(Printing.id)))
        .join(PrintedParcel, PrintedParcel.printing_id == Printing.id)
        .where(PrintedParcel.order_id == order.id, Printing.paper.in_(IN_THE_PARCEL))
        .group_by(Printing.paper)
    )
    return dict.fromkeys(IN_THE_PARCEL, 0) | {paper: times for paper, times in db.session.execute(rows)}


def _runs(dispatch_id: int, paper: Paper) -> Mapping[int, int]:
    """How often each number of a dispatch was printed on this paper."""
    rows = (
        select(PrintedParcel.sequence, func.max(PrintedParcel.run))
        .join(Printing, Printing.id == PrintedParcel.printing_id)
        .where(Printing.dispatch_id == dispatch_id, Printing.paper == paper)
        .group_by(PrintedParcel.sequence)
    )
    return {sequence: run for sequence, run in db.session.execute(rows)}


def is_stale(parcel: Parcel) -> bool:
    """Whether a label or a slip of this parcel was printed that no longer shows its addresses or its copies."""
    return bool(stale_papers(parcel.dispatch, [parcel]))


def stale_papers(dispatch: Dispatch, parcels: Sequence[Parcel]) -> Mapping[int, frozenset[Paper]]:
    """Of each of these parcels whose paper is not right any more: its number in the dispatch, and which paper."""
    printed = last_digests(dispatch, [parcel.sequence for parcel in parcels])
    return differing(printed, {each.sequence: digest_of(each) for each in parcels if each.sequence in printed})


def differing(printed: Mapping[int, Mapping[Paper, str]], now: Mapping[int, str]) -> Mapping[int, frozenset[Paper]]:
    """Which paper of which number was printed otherwise than it would be now."""
    wrong = {
        sequence: frozenset(paper for paper, then in printed[sequence].items() if then != digest)
        for sequence, digest in sorted(now.items())
        if sequence in printed
    }
    return {sequence: papers for sequence, papers in wrong.items() if papers}


def printed_papers(dispatch: Dispatch, parcels: Sequence[Parcel]) -> Mapping[int, frozenset[Paper]]:
    """Of each of these parcels that was printed, by its number in the dispatch: on which paper."""
    last = last_digests(dispatch, [parcel.sequence for parcel in parcels])
    return {sequence: frozenset(papers) for sequence, papers in last.items()}


def last_digests(dispatch: Dispatch, sequences: Collection[int] | None = None) -> Mapping[int, Mapping[Paper, str]]:
    """Of each number of a dispatch (or of these): how it looked when its label and slip were last printed."""
    rows = (
        select(PrintedParcel.sequence, Printing.paper, PrintedParcel.digest)
        .join(Printing, Printing.id == PrintedParcel.printing_id)
        .where(Printing.dispatch_id == dispatch.id, Printing.paper.in_(IN_THE_PARCEL))
        .order_by(Printing.id)
    )
    if sequences is not None:
        rows = rows.where(among(PrintedParcel.sequence, sequences))
    last: dict[int, dict[Paper, str]] = defaultdict(dict)
    for number, paper, digest in db.session.execute(rows):
        last[number][paper] = digest
    return last

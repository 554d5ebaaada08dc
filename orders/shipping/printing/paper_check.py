"""Packing and posting by a button, with the check of paper that a scanner makes.

A scanner refuses a slip that shows an old address or old copies, and one that was printed for a dispatch that was
undone. A button sees no slip, so the log of printings is checked instead.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select

from orders.database import db
from orders.errors import Refused
from orders.rows.bulk_rows import among
from orders.shipping.dispatches import lifecycle
from orders.shipping.dispatches.lifecycle import Counted
from orders.shipping.models import Dispatch, Parcel
from orders.shipping.number_ranges import Ranges
from orders.shipping.printing.models import Paper, PrintedParcel, Printing
from orders.shipping.printing.print_log import IN_THE_PARCEL, printed_papers, stale_papers
from orders.shipping.return_models import ParcelReturn
from orders.staff.journal import Actor


class OutdatedPaper(Refused):
    """These parcels, by their numbers, would leave with outdated paper."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(numbers)
        self.numbers = numbers


def pack(dispatch_id: int, sequence: int, *, at: datetime, by: Actor, despite_paper: bool = False) -> Parcel:
    """Note a parcel as packed. Refuses with `OutdatedPaper`, unless somebody has checked (`despite_paper`)."""
    parcel = lifecycle.pack(dispatch_id, sequence, packed=True, at=at, by=by)
    if not despite_paper:
        _check(parcel.dispatch, [parcel])
    return parcel


def close(
    dispatch_id: int,
    *,
    at: datetime,
    by: Actor,
    everything: bool = False,
    confirmed: Ranges | None = None,
    counted: Counted | None = None,
    despite_paper: bool = False,
) -> Dispatch:
    """Post what was packed, or `everything`. Refuses with `OutdatedPaper` too, unless somebody has checked."""
    closed = lifecycle.close(dispatch_id, at=at, by=by, everything=everything, confirmed=confirmed, counted=counted)
    if not despite_paper:
        _check(closed, [parcel for parcel in closed.parcels if parcel.posted_at is not None])
    return closed


def _check(dispatch: Dispatch, parcels: Sequence[Parcel]) -> None:
    old = {*stale_papers(dispatch, parcels), *_printed_elsewhere_only(dispatch, parcels)}
    if old:
        raise OutdatedPaper(sorted(old))


def _printed_elsewhere_only(dispatch: Dispatch, parcels: Sequence[Parcel]) -> set[int]:
    """The numbers of parcels of which there is paper from a dispatch that ended without them, and none of this one."""
    elsewhere = _left_over(dispatch, {order.id for parcel in parcels for order in parcel.orders})
    if not elsewhere:
        return set()
    here = printed_papers(dispatch, parcels)
    return {
        parcel.sequence
        for parcel in parcels
        if set().union(*(elsewhere[order.id] for order in parcel.orders)) - here.get(parcel.sequence, frozenset())
    }


def _left_over(dispatch: Dispatch, order_ids: Collection[int]) -> Mapping[int, set[Paper]]:
    """By order id, the paper that other dispatches printed for it and that is here still, or here again."""
    same_number = (Parcel.dispatch_id == Printing.dispatch_id) & (Parcel.sequence == PrintedParcel.sequence)
    rows = db.session.execute(
        select(PrintedParcel.order_id, Printing.paper)
        .join(Printing, Printing.id == PrintedParcel.printing_id)
        .outerjoin(Parcel, same_number)
        .outerjoin(ParcelReturn, ParcelReturn.parcel_id == Parcel.id)
        .where(among(PrintedParcel.order_id, order_ids), Printing.paper.in_(IN_THE_PARCEL))
        .where(Printing.dispatch_id != dispatch.id)
        .where(or_(Parcel.posted_at.is_(None), ParcelReturn.parcel_id.is_not(None)))
        .distinct()
    )
    found: dict[int, set[Paper]] = defaultdict(set)
    for order_id, paper in rows:
        found[order_id].add(paper)
    return found

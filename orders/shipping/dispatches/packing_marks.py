"""Marks of parcels as packed: who packs beside others sees theirs, and a mistaken one is taken back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from orders.database import db
from orders.shipping.dispatches import lifecycle
from orders.shipping.models import Dispatch, MarkedOtherwise, Parcel
from orders.staff.journal import Actor


def mark_of(parcel: Parcel) -> str:
    """What tells one marking of a parcel as packed from a later one; empty while it is not packed."""
    return parcel.packed_at.isoformat() if parcel.packed_at else ""


def undo(dispatch_id: int, sequence: int, *, mark: str, at: datetime, by: Actor) -> Parcel:
    """Take back that a parcel was packed, if it still is as it was marked then. Refuses with `MarkedOtherwise`."""
    lifecycle.lock_open_dispatch(dispatch_id)
    parcel = lifecycle.find_parcel(dispatch_id, sequence)
    if parcel is None or not mark or mark_of(parcel) != mark:
        raise MarkedOtherwise(sequence)
    return lifecycle.pack(dispatch_id, sequence, packed=False, at=at, by=by)


def packed_numbers(dispatch: Dispatch) -> Sequence[int]:
    """The numbers of the parcels of a dispatch that are packed."""
    return _numbers(dispatch, is_packed=True)


def unpacked_numbers(dispatch: Dispatch) -> Sequence[int]:
    """The numbers of those that nobody packed."""
    return _numbers(dispatch, is_packed=False)


def _numbers(dispatch: Dispatch, *, is_packed: bool) -> Sequence[int]:
    found = select(Parcel.sequence).where(
        Parcel.dispatch_id == dispatch.id, Parcel.packed_at.is_not(None) if is_packed else Parcel.packed_at.is_(None)
    )
    return db.session.scalars(found.order_by(Parcel.sequence)).all()

"""Packing, closing and undoing a dispatch (`creation` makes it).

Undoing moves no stock: copies stay reserved for their order. Closing moves them to `SENT`. Every rule that ends a
dispatch calls `ordering.repository.lock_orders` first, so two people never get the same order.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from orders.database import db
from orders.ordering import repository
from orders.ordering.followup import posted_boxes
from orders.ordering.lifecycle import fulfilment
from orders.ordering.mail_facts import copies_facts
from orders.ordering.models import Order, OrderLine
from orders.ordering.notifications import notify
from orders.shipping.dispatches import box_prices
from orders.shipping.models import (
    Dispatch,
    DispatchEnded,
    DispatchState,
    NothingPacked,
    Parcel,
    ParcelContent,
    UnknownDispatch,
)
from orders.staff import journal
from orders.staff.journal import Actor
from orders.staff.journal_terms import Action


def get_dispatch(dispatch_id: int) -> Dispatch:
    dispatch = db.session.get(Dispatch, dispatch_id)
    if dispatch is None:
        raise UnknownDispatch(dispatch_id)
    return dispatch


def is_ended(dispatch_id: int) -> bool:
    """Whether there is such a dispatch, and it was closed or undone."""
    dispatch = db.session.get(Dispatch, dispatch_id)
    return dispatch is not None and dispatch.state is not DispatchState.OPEN


def lock_dispatch(dispatch_id: int) -> Dispatch:
    """A dispatch, locked until the transaction ends and read afresh."""
    dispatch = db.session.get(Dispatch, dispatch_id, with_for_update=True, populate_existing=True)
    if dispatch is None:
        raise UnknownDispatch(dispatch_id)
    return dispatch


def lock_open_dispatch(dispatch_id: int) -> Dispatch:
    """The same, or refuse with `DispatchEnded`."""
    dispatch = lock_dispatch(dispatch_id)
    if dispatch.state is not DispatchState.OPEN:
        raise DispatchEnded(dispatch)
    return dispatch


def dispatches(limit: int = 100) -> Sequence[Dispatch]:
    """The latest dispatches, the newest first."""
    return db.session.scalars(select(Dispatch).order_by(Dispatch.id.desc()).limit(limit)).all()


def parcels_of(dispatch: Dispatch) -> Sequence[Parcel]:
    """The parcels of a dispatch in their sequence, with everything that is printed of them, in a few queries."""
    order = selectinload(Parcel.contents).joinedload(ParcelContent.line).joinedload(OrderLine.order)
    return db.session.scalars(
        select(Parcel)
        .where(Parcel.dispatch_id == dispatch.id)
        .order_by(Parcel.sequence)
        .options(order.joinedload(Order.edition), order.selectinload(Order.lines))
    ).all()


def get_parcel(dispatch_id: int, sequence: int) -> Parcel:
    """The parcel with this number. Refuses with `UnknownDispatch`."""
    parcel = db.session.scalar(select(Parcel).where(Parcel.dispatch_id == dispatch_id, Parcel.sequence == sequence))
    if parcel is None:
        raise UnknownDispatch(dispatch_id, sequence)
    return parcel


def open_dispatches() -> Sequence[Dispatch]:
    """What is being packed now, the oldest first."""
    return db.session.scalars(
        select(Dispatch).where(Dispatch.closed_at.is_(None), Dispatch.undone_at.is_(None)).order_by(Dispatch.id)
    ).all()


@dataclass(frozen=True, slots=True)
class Counted:
    """What the post office counted: letters, parcels, and cents that were paid; None where nobody noted it."""

    letters: int | None = None
    parcels: int | None = None
    cents: int | None = None


def close(
    dispatch_id: int, *, at: datetime, by: Actor, everything: bool = False, counted: Counted | None = None
) -> Dispatch:
    """Post what was packed (or `everything`): its copies are sent and its orderers told. The rest is ready again.

    Refuses with `NothingPacked` when that would post nothing, and with `DispatchEnded` the second time.
    """
    dispatch, orders = _lock_open(dispatch_id)
    if everything:
        for parcel in dispatch.parcels:
            parcel.packed_at = parcel.packed_at or at
    packed = [parcel for parcel in dispatch.parcels if parcel.packed_at is not None]
    if not packed:
        raise NothingPacked
    dispatch.closed_at = at
    if counted:
        dispatch.posted_letters, dispatch.posted_parcels = counted.letters, counted.parcels
        dispatch.posted_cents = counted.cents
    sent: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for parcel in packed:
        parcel.posted_at = at
        for content in parcel.contents:
            sent[content.line.order_id][content.line.publication_id] += content.copies
    posted_boxes.note_posted(box_prices.by_order(packed), at=at)
    fulfilment.send({order: sent[order.id] for order in orders if order.id in sent}, at=at, by=by)
    for order in orders:
        if order.id in sent:
            numbers = tracking_numbers(order, packed)
            notify(order, "order_sent", at=at, sent=copies_facts(order, sent[order.id]), numbers=numbers)
        else:
            fulfilment.leave_dispatch(order)
    db.session.flush()
    journal.record("closed", f"dispatch {dispatch.id}", at=at, by=by, after={"parcels": len(packed)})
    return dispatch


def undo(dispatch_id: int, *, at: datetime, by: Actor) -> Dispatch:
    """Take an open dispatch apart: its orders are ready again, their copies still reserved for them."""
    dispatch, orders = _lock_open(dispatch_id)
    dispatch.undone_at = at
    for order in orders:
        fulfilment.leave_dispatch(order)
    db.session.flush()
    journal.record("undone", f"dispatch {dispatch.id}", at=at, by=by)
    return dispatch


def pack(dispatch_id: int, sequence: int, *, packed: bool, at: datetime, by: Actor) -> Parcel:
    """Note that a parcel of an open dispatch lies ready to be posted, or that it does not after all."""
    lock_open_dispatch(dispatch_id)
    parcel = get_parcel(dispatch_id, sequence)
    parcel.packed_at = at if packed else None
    action: Action = "packed" if packed else "unpacked"
    journal.record(action, f"dispatch {dispatch_id}", at=at, by=by, after={"parcel": sequence})
    return parcel


def _lock_open(dispatch_id: int) -> tuple[Dispatch, Sequence[Order]]:
    """An open dispatch and its orders, all locked: the orders behind their gate first, then the dispatch."""
    references = db.session.scalars(select(Order.reference).where(Order.dispatch_id == dispatch_id)).all()
    orders = repository.lock_orders(references)
    return lock_open_dispatch(dispatch_id), orders


def tracking_numbers(order: Order, parcels: Sequence[Parcel]) -> list[str]:
    """The carrier's numbers of those of these parcels that hold something of the order."""
    return [parcel.tracking_number for parcel in parcels if parcel.tracking_number and order in parcel.orders]

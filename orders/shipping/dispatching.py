"""Making, closing and undoing a dispatch.

Making and undoing move no stock: copies stay reserved for their order. Closing moves them to `SENT`. Every rule
here passes the gate of `ordering.handling.lock_orders` first, so two people never get the same order.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from orders.catalogue.models import Publication
from orders.database import db
from orders.ordering import handling
from orders.ordering.models import Delivery, Order, OrderLine, OrderStatus
from orders.ordering.telling import tell
from orders.shipping.models import (
    Dispatch,
    DispatchEnded,
    DispatchState,
    NothingChosen,
    NothingPacked,
    NotReady,
    Parcel,
    ParcelContent,
    UnknownDispatch,
)
from orders.staff import journal
from orders.staff.journal import Actor

NO_HURRY = date.max


def get_dispatch(dispatch_id: int) -> Dispatch:
    dispatch = db.session.get(Dispatch, dispatch_id)
    if dispatch is None:
        raise UnknownDispatch(dispatch_id)
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


def open_dispatches() -> Sequence[Dispatch]:
    """What is being packed now, the oldest first."""
    return db.session.scalars(
        select(Dispatch).where(Dispatch.closed_at.is_(None), Dispatch.undone_at.is_(None)).order_by(Dispatch.id)
    ).all()


def make(references: Collection[str], *, at: datetime, by: Actor, submission: str | None = None) -> Dispatch:
    """Put ready orders into a new dispatch, one parcel each, numbered in the order in which they are packed.

    All or none: refuses with `NotReady` and the references of those that are not (or are for pickup). The same
    `submission` again returns the dispatch that it made the first time.
    """
    if not references:
        raise NothingChosen
    chosen = handling.lock_orders(references)
    if submission and (done := db.session.scalar(select(Dispatch).where(Dispatch.submission == submission))):
        return done
    if unready := [order.reference for order in chosen if not may_be_dispatched(order)]:
        raise NotReady(unready)
    dispatch = Dispatch(made_at=at, made_by_id=by.staff_id, submission=submission)
    db.session.add(dispatch)
    db.session.flush()
    for sequence, order in enumerate(sorted(chosen, key=_packing_order), start=1):
        db.session.add(_parcel(dispatch.id, sequence, order))
        handling.enter_dispatch(order, dispatch.id)
    db.session.flush()
    journal.record("made", f"dispatch {dispatch.id}", at=at, by=by, after={"parcels": len(chosen)})
    return dispatch


def may_be_dispatched(order: Order) -> bool:
    return order.status is OrderStatus.READY and order.delivery is Delivery.POST


def _packing_order(order: Order) -> tuple[object, ...]:
    """The urgent first, then equal contents together, so that the packer's hands repeat themselves."""
    contents = tuple((line.publication_id, line.reserved) for line in order.lines if line.reserved)
    return (order.needed_by or NO_HURRY, contents, order.placed_at, order.id)


def _parcel(dispatch_id: int, sequence: int, order: Order) -> Parcel:
    lines = [line for line in order.lines if line.reserved]
    return Parcel(
        dispatch_id=dispatch_id,
        sequence=sequence,
        contents=[ParcelContent(line=line, copies=line.reserved) for line in lines],
    )


def close(dispatch_id: int, *, at: datetime, by: Actor, everything: bool = False) -> Dispatch:
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
    sent: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for parcel in packed:
        parcel.posted_at = at
        for content in parcel.contents:
            sent[content.line.order_id][content.line.publication_id] += content.copies
    for order in orders:
        if order.id in sent:
            handling.send(order, sent[order.id], at=at, by=by)
            tell(order, "order_sent", at=at, sent=_by_publication(order, sent[order.id]))
        else:
            handling.leave_dispatch(order)
    db.session.flush()
    journal.record("closed", f"dispatch {dispatch.id}", at=at, by=by, after={"parcels": len(packed)})
    return dispatch


def undo(dispatch_id: int, *, at: datetime, by: Actor) -> Dispatch:
    """Take an open dispatch apart: its orders are ready again, their copies still reserved for them."""
    dispatch, orders = _lock_open(dispatch_id)
    dispatch.undone_at = at
    for order in orders:
        handling.leave_dispatch(order)
    db.session.flush()
    journal.record("undone", f"dispatch {dispatch.id}", at=at, by=by)
    return dispatch


def pack(dispatch_id: int, sequence: int, *, packed: bool, at: datetime) -> Parcel:
    """Note that a parcel of an open dispatch lies ready to be posted, or that it does not after all."""
    dispatch = db.session.get(Dispatch, dispatch_id, with_for_update=True, populate_existing=True)
    if dispatch is None:
        raise UnknownDispatch(dispatch_id)
    if dispatch.state is not DispatchState.OPEN:
        raise DispatchEnded(dispatch)
    parcel = next((parcel for parcel in dispatch.parcels if parcel.sequence == sequence), None)
    if parcel is None:
        raise UnknownDispatch(dispatch_id, sequence)
    parcel.packed_at = at if packed else None
    return parcel


def _lock_open(dispatch_id: int) -> tuple[Dispatch, Sequence[Order]]:
    """An open dispatch and its orders, all locked: the orders behind their gate first, then the dispatch."""
    references = db.session.scalars(select(Order.reference).where(Order.dispatch_id == dispatch_id)).all()
    orders = handling.lock_orders(references)
    dispatch = db.session.get(Dispatch, dispatch_id, with_for_update=True, populate_existing=True)
    if dispatch is None:
        raise UnknownDispatch(dispatch_id)
    if dispatch.state is not DispatchState.OPEN:
        raise DispatchEnded(dispatch)
    return dispatch, orders


def _by_publication(order: Order, sent: dict[int, int]) -> dict[Publication, int]:
    """The copies sent, by publication instead of its id, in the order of the lines."""
    return {line.publication: sent[line.publication_id] for line in order.lines if sent.get(line.publication_id)}

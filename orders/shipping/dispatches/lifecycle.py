"""Packing, closing and undoing a dispatch (`creation` makes it).

Undoing moves no stock: copies stay reserved for their order. Closing moves them to `SENT`. Every rule that ends a
dispatch calls `ordering.repository.lock_orders` first, so two people never get the same order.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from orders.clock import local_day
from orders.database import db
from orders.dropoff.lookup import NearestPoints
from orders.dropoff.models import DropOffPoint
from orders.ordering import repository
from orders.ordering.followup import posted_boxes
from orders.ordering.lifecycle import fulfilment
from orders.ordering.mail_facts import copies_facts
from orders.ordering.models import Order, OrderLine
from orders.ordering.notifications import News, notify_all
from orders.places.nearest import Distant
from orders.rows import bulk_rows
from orders.shipping.dispatches import box_prices
from orders.shipping.models import (
    Dispatch,
    DispatchEnded,
    DispatchState,
    NobodyPacked,
    NothingPacked,
    Parcel,
    ParcelContent,
    UnknownDispatch,
)
from orders.shipping.number_ranges import Ranges, contain
from orders.staff import journal
from orders.staff.journal import Actor
from orders.staff.journal_terms import Action

PER_PAGE = 25  # dispatches


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


def dispatches(before: int | None = None, limit: int = PER_PAGE) -> Sequence[Dispatch]:
    """The latest dispatches, or the latest `before` the one with that number; the newest first."""
    wanted = select(Dispatch).order_by(Dispatch.id.desc()).limit(limit)
    return db.session.scalars(wanted if before is None else wanted.where(Dispatch.id < before)).all()


def parcels_of(dispatch: Dispatch) -> Sequence[Parcel]:
    """The parcels of a dispatch in their sequence, with everything that is printed of them, in a few queries."""
    order = selectinload(Parcel.contents).joinedload(ParcelContent.line).joinedload(OrderLine.order)
    return db.session.scalars(
        select(Parcel)
        .where(Parcel.dispatch_id == dispatch.id)
        .order_by(Parcel.sequence)
        .options(order.selectinload(Order.edition), order.selectinload(Order.lines))
    ).all()


def find_parcel(dispatch_id: int, sequence: int) -> Parcel | None:
    """The parcel with this number."""
    return db.session.scalar(select(Parcel).where(Parcel.dispatch_id == dispatch_id, Parcel.sequence == sequence))


def get_parcel(dispatch_id: int, sequence: int) -> Parcel:
    """The same, or refuse with `UnknownDispatch`."""
    parcel = find_parcel(dispatch_id, sequence)
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
    dispatch_id: int,
    *,
    at: datetime,
    by: Actor,
    everything: bool = False,
    confirmed: Ranges | None = None,
    counted: Counted | None = None,
) -> Dispatch:
    """Post what was packed (or `everything`): its copies are sent and its orderers told. The rest is ready again.

    `confirmed`: the numbers that somebody wants posted although nobody packed them; None: all. Refuses with
    `NobodyPacked` where there are others, with `NothingPacked` or, the second time, with `DispatchEnded`.
    """
    dispatch, orders = _lock_open(dispatch_id)
    parcels = _load_parcels(dispatch)
    _check_confirmed(parcels, confirmed if everything else None)
    packed = [parcel for parcel in parcels if everything or parcel.packed_at is not None]
    if not packed:
        raise NothingPacked
    dispatch.closed_at = at
    if counted:
        dispatch.posted_letters, dispatch.posted_parcels = counted.letters, counted.parcels
        dispatch.posted_cents = counted.cents
    for parcel in packed:
        bulk_rows.assign(parcel, packed_at=parcel.packed_at or at, posted_at=at)
    bulk_rows.change(packed, "packed_at", "posted_at")
    posted_boxes.note_posted(box_prices.by_order(packed), at=at)
    sent = _copies_in(packed)
    fulfilment.send({order: sent[order.id] for order in orders if order.id in sent}, at=at, by=by)
    fulfilment.leave_dispatch([order for order in orders if order.id not in sent])
    notify_all(_news(orders, packed, sent, local_day(at)), at=at)
    db.session.flush()
    journal.record("closed", f"dispatch {dispatch.id}", at=at, by=by, after={"parcels": len(packed)})
    return dispatch


def _check_confirmed(parcels: Sequence[Parcel], confirmed: Ranges | None) -> None:
    unpacked = [parcel.sequence for parcel in parcels if parcel.packed_at is None]
    if confirmed is not None and not all(contain(confirmed, number) for number in unpacked):
        raise NobodyPacked(unpacked)


def undo(dispatch_id: int, *, at: datetime, by: Actor) -> Dispatch:
    """Take an open dispatch apart: its orders are ready again, their copies still reserved for them."""
    dispatch, orders = _lock_open(dispatch_id)
    dispatch.undone_at = at
    fulfilment.leave_dispatch(orders)
    db.session.flush()
    journal.record("undone", f"dispatch {dispatch.id}", at=at, by=by)
    return dispatch


def pack(dispatch_id: int, sequence: int, *, packed: bool, at: datetime, by: Actor) -> Parcel:
    """Note that a parcel of an open dispatch lies ready to be posted, or that it does not after all.

    One that is packed keeps the moment at which it was.
    """
    lock_open_dispatch(dispatch_id)
    parcel = get_parcel(dispatch_id, sequence)
    if packed and parcel.packed_at is not None:
        return parcel
    parcel.packed_at = at if packed else None
    action: Action = "packed" if packed else "unpacked"
    journal.record(action, f"dispatch {dispatch_id}", at=at, by=by, after={"parcel": sequence})
    return parcel


def _lock_open(dispatch_id: int) -> tuple[Dispatch, Sequence[Order]]:
    """An open dispatch and its orders, all locked: the orders behind their gate first, then the dispatch."""
    orders = repository.lock_orders_in(dispatch_id)
    return lock_open_dispatch(dispatch_id), orders


def _load_parcels(dispatch: Dispatch) -> Sequence[Parcel]:
    """The parcels of a dispatch in their sequence, with their contents; the lines in them are in the session."""
    inside = joinedload(Parcel.contents).lazyload(ParcelContent.line)
    wanted = select(Parcel).where(Parcel.dispatch_id == dispatch.id).order_by(Parcel.sequence).options(inside)
    parcels = db.session.scalars(wanted).unique().all()
    set_committed_value(dispatch, "parcels", parcels)
    return parcels


def _copies_in(parcels: Sequence[Parcel]) -> Mapping[int, Mapping[int, int]]:
    """What lies in these parcels: copies by order and publication, by their ids."""
    copies: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for content in (content for parcel in parcels for content in parcel.contents):
        copies[content.line.order_id][content.line.publication_id] += content.copies
    return copies


def _news(
    orders: Sequence[Order], packed: Sequence[Parcel], sent: Mapping[int, Mapping[int, int]], today: date
) -> Sequence[News]:
    """What the orderers of these parcels are told: what was sent, the carrier's numbers, where letters can be left."""
    parcels, nearest = parcels_by_order(packed), NearestPoints(today)
    return [
        News(
            order,
            "order_sent",
            {
                "sent": copies_facts(order, sent[order.id]),
                "numbers": tracking_numbers(parcels[order]),
                "drop_off": [_point_facts(each) for each in nearest.to(order.postcode, order.edition)],
            },
        )
        for order in orders
        if order.id in sent
    ]


def _point_facts(near: Distant[DropOffPoint]) -> dict[str, Any]:
    point = near.place
    return {"name": point.name, "address": point.where, "last_day": point.last_day, "kilometres": near.kilometres}


def parcels_by_order(parcels: Iterable[Parcel]) -> Mapping[Order, Sequence[Parcel]]:
    """Of each order those of these parcels that hold something of it."""
    found: dict[Order, list[Parcel]] = defaultdict(list)
    for parcel in parcels:
        for order in parcel.orders:
            found[order].append(parcel)
    return found


def tracking_numbers(parcels: Sequence[Parcel]) -> list[str]:
    """The carrier's numbers of these parcels, of those that have one."""
    return [parcel.tracking_number for parcel in parcels if parcel.tracking_number]

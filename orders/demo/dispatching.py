"""What leaves the office and what comes back: dispatches packed, tracked and closed, a few parcels returned."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from orders.database import db
from orders.demo.setup import BY, DOOR
from orders.ordering.followup import returned_orders
from orders.ordering.models import Order, OrderLine, OrderStatus
from orders.packing.models import PostKind
from orders.shipping import returns
from orders.shipping.carrier import tracking
from orders.shipping.dispatches import creation, lifecycle
from orders.shipping.dispatches.lifecycle import Counted
from orders.shipping.models import Dispatch, Parcel, ParcelContent
from orders.shipping.return_models import POSTAL_REASONS

MOST_IN_A_DISPATCH = 180
WORTH_A_DISPATCH = 12  # orders; fewer wait until Tuesday or Thursday
ALWAYS_ON = (1, 3)
LEFT_OPEN = 24  # orders in the dispatch that is being prepared now
PACKED = 0.6  # of its parcels
ON_THE_WAY_BACK = timedelta(days=6)
MENDED_AFTER, MENDED = timedelta(days=2), 0.5
COMES_BACK, IS_LOST, NEVER_CAME = 0.012, 0.2, 0.004
CENTS_A_LETTER, CENTS_A_PARCEL = 312, 720


def post(orders: Sequence[Order], pick: random.Random, *, at: datetime, is_last: bool) -> None:
    """Post the ready orders among these, unless they are so few that they wait for more."""
    ready = _ready(orders)
    if len(ready) < WORTH_A_DISPATCH and at.weekday() not in ALWAYS_ON and not is_last:
        return
    for first in range(0, len(ready), MOST_IN_A_DISPATCH):
        _send(ready[first : first + MOST_IN_A_DISPATCH], pick, at=at)


def prepare(orders: Sequence[Order], *, at: datetime) -> None:
    """Some of what is ready lies in a dispatch that is being packed now."""
    if ready := _ready(orders)[:LEFT_OPEN]:
        dispatch = creation.make(ready, at=at, by=BY)
        for parcel in dispatch.parcels[: round(len(dispatch.parcels) * PACKED)]:
            lifecycle.pack(dispatch.id, parcel.sequence, packed=True, at=at, by=BY)


def _ready(orders: Sequence[Order]) -> list[str]:
    return [order.reference for order in orders if creation.may_be_dispatched(order)]


def _send(references: Sequence[str], pick: random.Random, *, at: datetime) -> None:
    dispatch = creation.make(references, at=at - timedelta(hours=1), by=BY)
    boxes = [parcel for parcel in dispatch.parcels if parcel.kind is PostKind.PARCEL]
    if boxes:
        tracking.note(dispatch.id, {each.sequence: _number(pick) for each in boxes}, at=at, by=BY)
    lifecycle.close(dispatch.id, at=at, by=BY, everything=True, counted=_counted(dispatch, len(boxes)))


def _number(pick: random.Random) -> str:
    """A number as bpost gives them: 24 digits that begin with 3232."""
    return "3232" + "".join(pick.choices("0123456789", k=20))


def _counted(dispatch: Dispatch, boxes: int) -> Counted:
    letters = len(dispatch.parcels) - boxes
    return Counted(letters, boxes, letters * CENTS_A_LETTER + boxes * CENTS_A_PARCEL)


def return_parcels(pick: random.Random, *, at: datetime) -> None:
    """A few of the parcels posted some days ago come back, and some orderers report theirs missing."""
    posted = select(Parcel.id, Order.reference).join(Parcel.contents).join(ParcelContent.line).join(OrderLine.order)
    day = Parcel.posted_at.between(at - ON_THE_WAY_BACK - timedelta(days=1), at - ON_THE_WAY_BACK)
    rows = db.session.execute(posted.where(day, Order.door == DOOR).order_by(Parcel.id, ParcelContent.id))
    for parcel_id, reference in dict(rows.all()).items():
        chance = pick.random()
        if chance < COMES_BACK:
            lost = pick.random() < IS_LOST
            reason = pick.choice(POSTAL_REASONS)
            returns.take_back(reference, reason=reason, lost=lost, parcel_id=parcel_id, at=at, by=BY)
        elif chance < COMES_BACK + NEVER_CAME:
            _report_missing(reference, at=at)


def _report_missing(reference: str, *, at: datetime) -> None:
    order = db.session.scalars(select(Order).where(Order.reference == reference)).one()
    if returned_orders.may_be_reported_missing(order):
        returned_orders.report_missing(reference, at=at, by=BY)


def correct_addresses(orders: Sequence[Order], pick: random.Random, *, at: datetime) -> None:
    """Some orderers whose parcel came back give a better address, and it is sent once more."""
    for order in orders:
        is_known = order.returned_at is not None and order.returned_at < at - MENDED_AFTER
        if order.status is OrderStatus.RETURNED and is_known and pick.random() < MENDED:
            better = replace(order.address, box="", building="Sonnette du rez-de-chaussée")
            returned_orders.correct_address(order.reference, better, phone=order.phone, at=at, by=BY)

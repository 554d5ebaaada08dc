"""Orders whose copies the post returned, or that never arrived.

An order that came back holds and queues for nothing until its address is corrected; then its copies are reserved
again. It is as old as it was, so whatever it waits for comes to it first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select

from orders.addresses import PostalAddress
from orders.database import db
from orders.ordering.allocation.reservations import move_line, take_from_shelf
from orders.ordering.lifecycle.cancellation import give_back
from orders.ordering.lifecycle.parcel_addresses import refuse_parcel_there
from orders.ordering.lifecycle.placing import set_address
from orders.ordering.models import Delivery, Order, OrderStatus
from orders.ordering.notifications import notify
from orders.ordering.refusals import AlreadyEnded, NothingReturned, NothingSent, NothingToReport, NotSentSoMany
from orders.ordering.repository import lock_orders
from orders.packing.splitting import Item
from orders.staff import journal
from orders.staff.journal import Actor
from orders.stock.models import Place, Reason, Shortage

Copies = Mapping[int, int]


def take_back(
    reference: str,
    copies: Copies | None = None,
    *,
    lost: bool = False,
    why: str = "other",
    at: datetime,
    by: Actor,
) -> Order:
    """The post gave these copies (by publication id; all that were sent, if `None`) back: onto the shelf, or `lost`.

    The order waits for a better address and holds nothing meanwhile, except what is in an open dispatch. Its orderer
    is told once, and `why` (the value of a `shipping.return_models.ReturnReason`). What comes back of a cancelled order
    is given up. Refuses with `NothingSent` and `NotSentSoMany`.
    """
    (order,) = lock_orders([reference])
    first_time = order.returned_at is None and order.cancelled_at is None
    if first_time:
        order.returned_at = at
    order.reported_missing_at = None
    destination, reason = (Place.LOST, Reason.DAMAGED) if lost else (Place.SHELF, Reason.RETURNED)
    moved = _unsend(order, copies, destination, reason, at=at, by=by)
    if order.returned_at is not None and order.dispatch_id is None:
        give_back(order, at=at, by=by)
    if first_time:
        notify(order, "order_returned", at=at, why=why)
    journal.record("taken back", f"order {reference}", at=at, by=by, after={"copies": moved, "lost": lost})
    return order


def correct_address(
    reference: str, address: PostalAddress, *, phone: str, at: datetime, by: Actor, tells: bool = True
) -> Order:
    """Correct the address of an order that came back. It is served again, at its old place in the queue.

    Refuses with `NothingReturned` where the post gave nothing back, or the order is being packed once more, and with
    `ParcelToPoBox`.
    """
    (order,) = lock_orders([reference])
    if order.status is not OrderStatus.RETURNED:
        raise NothingReturned(reference)
    if order.delivery is Delivery.POST:
        refuse_parcel_there(address, (Item.of(line.publication, line.wanted) for line in order.lines))
    changed = [name for name, value in asdict(address).items() if value != getattr(order, name)]
    if phone != order.phone:
        changed.append("phone")
    set_address(order, address)
    order.phone = phone
    order.returned_at = None
    order.update_status()
    db.session.flush()
    take_from_shelf(order, at=at)
    if tells:
        notify(order, "order_changed", at=at)
    journal.record("address corrected", f"order {reference}", at=at, by=by, after={"fields": changed})
    return order


def may_be_reported_missing(order: Order) -> bool:
    """Whether something was posted to the orderer who does not have it, and has not said so yet."""
    return _was_posted(order) and order.reported_missing_at is None


def report_missing(reference: str, *, at: datetime, by: Actor) -> Order:
    """Note that the orderer misses what was posted. Reporting again changes nothing.

    Refuses with `NothingToReport` where nothing was posted, or it came back.
    """
    (order,) = lock_orders([reference])
    if not _was_posted(order):
        raise NothingToReport(reference)
    if order.reported_missing_at is None:
        order.reported_missing_at = at
        journal.record("reported missing", f"order {reference}", at=at, by=by)
    return order


def reported_missing(limit: int) -> Sequence[Order]:
    """The orders of which something never came, as their orderers say, the first to say so first."""
    missing = select(Order).where(Order.reported_missing_at.is_not(None)).order_by(Order.reported_missing_at, Order.id)
    return db.session.scalars(missing.limit(limit)).all()


def close_report(reference: str, *, at: datetime, by: Actor) -> Order:
    """Close a report: the copies have come, or nothing is sent again."""
    (order,) = lock_orders([reference])
    if order.reported_missing_at is not None:
        order.reported_missing_at = None
        journal.record("report closed", f"order {reference}", at=at, by=by)
    return order


def send_again(reference: str, copies: Copies | None = None, *, at: datetime, by: Actor) -> Order:
    """Book copies that never arrived (by publication id; all that were sent, if `None`) as lost, and serve them anew.

    Refuses with `AlreadyEnded` for a cancelled order, with `NothingToReport` where nothing was posted, with
    `NothingSent` and `NotSentSoMany`.
    """
    (order,) = lock_orders([reference])
    if order.cancelled_at is not None:
        raise AlreadyEnded(reference)
    if not _was_posted(order):
        raise NothingToReport(reference)
    order.reported_missing_at = None
    moved = _unsend(order, copies, Place.LOST, Reason.NEVER_ARRIVED, at=at, by=by)
    take_from_shelf(order, at=at)
    notify(order, "order_sent_again", at=at)
    journal.record("sent again", f"order {reference}", at=at, by=by, after={"copies": moved})
    return order


def _was_posted(order: Order) -> bool:
    is_sent = any(line.sent for line in order.lines)
    return is_sent and order.delivery is Delivery.POST and order.returned_at is None


def _unsend(
    order: Order, copies: Copies | None, destination: Place, reason: Reason, *, at: datetime, by: Actor
) -> dict[str, int]:
    """Take copies out of `SENT`. They wait again, or are given up where the order has ended. Returns them by code."""
    back = {line.publication_id: line.sent for line in order.lines} if copies is None else copies
    lines = [(line, back[line.publication_id]) for line in order.lines if back.get(line.publication_id)]
    if not lines or order.sent_before_pli:
        raise NothingSent(order.reference)
    if wrong := [Shortage(line.publication.code, n, line.sent) for line, n in lines if not 0 < n <= line.sent]:
        raise NotSentSoMany(order.reference, wrong)
    for line, number in lines:
        line.sent -= number
        if order.cancelled_at is not None:
            line.given_up += number
    order.update_status()
    db.session.flush()
    for line, number in lines:
        move_line(line, number, Place.SENT, destination, reason=reason, at=at, by=by.staff_id)
    return {line.publication.code: number for line, number in lines}

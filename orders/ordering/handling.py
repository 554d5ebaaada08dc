"""What happens to an order after it was placed: found, cancelled, put into a dispatch, sent."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from orders.database import db
from orders.mail import outbox, signed_links
from orders.ordering.allocation.reservations import move_line, move_lines
from orders.ordering.models import Delivery, Order, OrderStatus
from orders.ordering.notifications import tell
from orders.ordering.refusals import AlreadyDispatched, AlreadyEnded, NothingToHandOver, UnknownOrder
from orders.staff import journal
from orders.staff.journal import Actor
from orders.stock import ledger
from orders.stock.models import Place, Reason

CANCELLABLE = (OrderStatus.PENDING, OrderStatus.WAITING, OrderStatus.READY, OrderStatus.RETURNED)
MOST_LINKS = 50
LINKS_AGAIN = timedelta(minutes=5)


def get_order(reference: str) -> Order:
    order = db.session.scalar(select(Order).where(Order.reference == reference))
    if order is None:
        raise UnknownOrder(reference)
    return order


def get_order_by_link(token: str) -> Order:
    """The order whose page this link opens. A wrong, changed or revoked link says no more than `UnknownOrder`."""
    read = signed_links.read_token(token)
    if read is None:
        raise UnknownOrder
    order = db.session.scalar(select(Order).where(Order.reference == read[0], Order.link_nonce == read[1]))
    if order is None:
        raise UnknownOrder
    return order


def lock_orders(references: Collection[str]) -> Sequence[Order]:
    """The orders with these references, locked by id behind the gate of their editions, and read afresh."""
    wanted = select(Order).where(Order.reference.in_(references))
    editions = db.session.scalars(select(Order.edition_id).where(Order.reference.in_(references)).distinct()).all()
    ledger.lock_stock(editions)
    orders = db.session.scalars(
        wanted.order_by(Order.id).with_for_update(of=Order).execution_options(populate_existing=True)
    ).all()
    if missing := set(references) - {order.reference for order in orders}:
        raise UnknownOrder(min(missing))
    return orders


def cancel(reference: str, *, at: datetime, by: Actor) -> Order:
    """End an order that has not gone: what it held returns to the shelf, and so to the queue."""
    (order,) = lock_orders([reference])
    if order.status in (OrderStatus.DISPATCHING, OrderStatus.SENT):
        raise AlreadyDispatched(reference)
    if order.status in (OrderStatus.CANCELLED, OrderStatus.REJECTED):
        raise AlreadyEnded(reference)
    order.cancelled_at = at
    for line in order.lines:
        line.given_up += line.waiting + line.reserved
    give_back(order, at=at, by=by)
    tell(order, "order_cancelled", at=at)
    journal.record("cancelled", f"order {reference}", at=at, by=by)
    return order


def give_back(order: Order, *, at: datetime, by: Actor) -> None:
    """Put all that an order holds back onto the shelf, and so into the queue. Expects the gate to be held."""
    held = [(line, line.reserved) for line in order.lines if line.reserved]
    for line in order.lines:
        line.reserved = 0
    order.settle()
    db.session.flush()
    for line, copies in held:
        move_line(line, copies, Place.RESERVED, Place.SHELF, reason=Reason.RELEASED, at=at, by=by.staff_id)


def may_be_cancelled(order: Order) -> bool:
    """Whether nothing of the order is being packed or is on its way, and it has not ended."""
    return order.status in CANCELLABLE


def mail_links(email: str, *, at: datetime, language: str) -> None:
    """Send the links of all orders of an e-mail address to that address; to nobody where there are none.

    Asked again at once, the mail that just went serves: nobody fills somebody else's letter box with ours.
    """
    orders = db.session.scalars(
        select(Order).where(func.lower(Order.email) == email.lower()).order_by(Order.placed_at.desc()).limit(MOST_LINKS)
    ).all()
    if orders and not outbox.was_posted(
        orders[0].email, "order_links", since=max(at - LINKS_AGAIN, orders[0].placed_at)
    ):
        outbox.post(
            orders[0].email,
            "order_links",
            language=language,
            at=at,
            orders=[(order, signed_links.order_page(order.reference, order.link_nonce)) for order in orders],
        )


def hand_over(reference: str, *, at: datetime, by: Actor) -> Order:
    """Somebody fetched what lies ready of a pickup order: those copies are sent, what still waits goes on waiting."""
    (order,) = lock_orders([reference])
    if order.delivery is not Delivery.PICKUP or order.status is not OrderStatus.READY:
        raise NothingToHandOver(reference)
    send({order: {line.publication_id: line.reserved for line in order.lines}}, at=at, by=by)
    journal.record("handed over", f"order {reference}", at=at, by=by)
    return order


def enter_dispatch(order: Order, dispatch_id: int) -> None:
    """The order is being packed; its copies stay reserved for it."""
    order.dispatch_id = dispatch_id
    order.settle()


def leave_dispatch(order: Order) -> None:
    """The order is no longer being packed: it is ready again if nothing was sent."""
    order.dispatch_id = None
    order.settle()


def send(copies: Mapping[Order, Mapping[int, int]], *, at: datetime, by: Actor) -> None:
    """Of each order these copies, by publication id, left the office. What came meanwhile stays reserved."""
    gone = [
        (line, sent)
        for order, of_order in copies.items()
        for line in order.lines
        if (sent := of_order.get(line.publication_id, 0))
    ]
    for line, sent in gone:
        line.reserved -= sent
        line.sent += sent
    move_lines(gone, Place.RESERVED, Place.SENT, reason=Reason.POSTED, at=at, by=by.staff_id)
    for order in copies:
        leave_dispatch(order)

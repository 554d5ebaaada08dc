"""Whose address it is: one that nobody has confirmed gets only so many mails a day.

Anybody can order in the name of a stranger's address. A link that only stands in a mail, opened once, shows that the
mails of this address are read by somebody who wants them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, bindparam, delete, exists, literal, select, text, union_all
from sqlalchemy.orm import Mapped, mapped_column

from orders.database import Model, UtcDateTime, db
from orders.mail import outbox
from orders.mail.models import OutgoingMail
from orders.ordering.models import Order
from orders.rows import quick_rows
from orders.rows.bulk_rows import among


class EmailConfirmation(Model):
    """The link in a mail about this order was opened."""

    order_id: Mapped[int] = mapped_column(ForeignKey("order.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def confirm(order_id: int, *, at: datetime) -> None:
    """Note that the link in a mail was opened; it counts once, for every order of the same address."""
    insert = text("INSERT INTO email_confirmation (order_id, at) VALUES (:order_id, :at) ON CONFLICT DO NOTHING")
    db.session.execute(insert.bindparams(bindparam("at", at, UtcDateTime()), order_id=order_id))


def forget(order_id: int) -> None:
    """The order has another address now, which nobody confirmed."""
    db.session.execute(delete(EmailConfirmation).where(EmailConfirmation.order_id == order_id))


def is_noted(order_id: int) -> bool:
    return db.session.get(EmailConfirmation, order_id) is not None


def has_enough_mail(email: str, key: str, *, at: datetime) -> bool:
    """Whether no mail goes to this address today any more: nobody confirmed it, and it has had its number.

    `key`: the address as `matching.email_key` compares it.
    """
    if not outbox.has_had_its_number(_POSTED, email, key=key, at=at):
        return False
    return not quick_rows.execute(_IS_CONFIRMED, {"key": key}).scalar_one()


def with_enough_mail(orders: Sequence[Order], *, at: datetime) -> set[int]:
    """The ids of those of these orders whose addresses get no more mail today if each is told once, one after the
    other: the mails about the first ones count for the next."""
    seen = _seen_today(orders, at=at) if orders else {}
    most = outbox.most_unconfirmed()
    over = _beyond(most, orders, seen, frozenset())
    if over:
        keys = {order.email_key for order in over}
        confirmed = select(Order.email_key).join(EmailConfirmation, EmailConfirmation.order_id == Order.id)
        over = _beyond(most, orders, seen, frozenset(db.session.scalars(confirmed.where(among(Order.email_key, keys)))))
    return {order.id for order in over}


def _beyond(
    most: int, orders: Sequence[Order], seen: Mapping[str, set[object]], confirmed: frozenset[str]
) -> list[Order]:
    mails = defaultdict(set, {name: set(numbers) for name, numbers in seen.items()})
    over = []
    for order in orders:
        key, address = mails[f"key {order.email_key}"], mails[f"address {order.email}"]
        if order.email_key not in confirmed and len(key | address) >= most:
            over.append(order)
        else:
            for each in (key, address):
                each.add(order)
    return over


def _seen_today(orders: Sequence[Order], *, at: datetime) -> dict[str, set[object]]:
    """The mails of the last day about orders with the keys of these, and to their addresses."""
    lately = outbox.is_of_last_day(at=at)
    by_key = (
        select(OutgoingMail.id, literal("key ") + Order.email_key)
        .join(Order, Order.id == OutgoingMail.order_id)
        .where(among(Order.email_key, {order.email_key for order in orders}), lately)
    )
    by_address = select(OutgoingMail.id, literal("address ") + OutgoingMail.address).where(
        among(OutgoingMail.address, {order.email for order in orders}), lately
    )
    seen: dict[str, set[object]] = defaultdict(set)
    for mail_id, name in db.session.execute(union_all(by_key, by_address)):
        seen[name].add(mail_id)
    return seen


_ITS_ORDERS = select(Order.id).where(Order.email_key == bindparam("key"))
_POSTED = outbox.count_posted(_ITS_ORDERS)
_IS_CONFIRMED = select(exists().where(EmailConfirmation.order_id.in_(_ITS_ORDERS)))

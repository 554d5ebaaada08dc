"""Whose address it is: one that nobody has confirmed gets only so many mails a day.

Anybody can order in the name of a stranger's address. A link that only stands in a mail, opened once, shows that the
mails of this address are read by somebody who wants them.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, bindparam, delete, exists, select, text
from sqlalchemy.orm import Mapped, mapped_column

from orders.database import Model, UtcDateTime, db
from orders.mail import outbox
from orders.ordering.models import Order
from orders.rows import quick_rows


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


_ITS_ORDERS = select(Order.id).where(Order.email_key == bindparam("key"))
_POSTED = outbox.count_posted(_ITS_ORDERS)
_IS_CONFIRMED = select(exists().where(EmailConfirmation.order_id.in_(_ITS_ORDERS)))

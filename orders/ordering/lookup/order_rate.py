"""How many orders came from the site lately, and the mail to coordinators when they come unusually fast.

Robots with many addresses pass every limit per address. Orders that staff type or import are never counted.
"""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select

from orders.database import db
from orders.mail import outbox
from orders.mail.models import OutgoingMail
from orders.ordering.models import Order
from orders.rows import quick_rows
from orders.staff import accounts
from orders.staff.models import StaffRole

LATELY = timedelta(minutes=10)
ONE_SURGE = timedelta(hours=6)  # orders that come fast within it belong together and are told of once
SITE = "web"
MAIL = "order_surge"
LANGUAGE = "fr"


def orders_lately(*, at: datetime) -> int:
    """How many orders came from the site within the last ten minutes."""
    return int(quick_rows.execute(_PLACED, {"after": at - LATELY, "until": at}).scalar_one())


_PLACED = select(func.count()).where(
    Order.placed_at > bindparam("after"), Order.placed_at <= bindparam("until"), Order.door == SITE
)


def is_surge(*, unusual: int, at: datetime) -> bool:
    """Whether so many orders came lately that coordinators should know, and were not told yet."""
    return orders_lately(at=at) >= unusual and not _was_told(at)


def notify_coordinators(*, unusual: int, most: int, at: datetime) -> None:
    """Mail all coordinators, once for a surge, that orders come fast. At `most` the site asks to wait."""
    if not is_surge(unusual=unusual, at=at):
        return
    for member in accounts.working_members(StaffRole.COORDINATOR, at=at):
        outbox.post(
            member.email,
            MAIL,
            language=LANGUAGE,
            at=at,
            orders=orders_lately(at=at),
            minutes=int(LATELY.total_seconds() // 60),
            most=most,
        )


def _was_told(at: datetime) -> bool:
    told = select(OutgoingMail.id).where(OutgoingMail.kind == MAIL, OutgoingMail.posted_at > at - ONE_SURGE)
    return db.session.scalar(told.limit(1)) is not None

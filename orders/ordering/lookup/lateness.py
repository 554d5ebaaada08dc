"""Which orders are late: needed on a day that has passed, or so near that the next post is the last one."""

import enum
from datetime import date

from orders.ordering.models import Order
from orders.ordering.order_counts import UNFINISHED
from orders.workdays import days_after


class Lateness(enum.Enum):
    URGENT = "urgent"
    LATE = "late"


def late_until(today: date, *, post_days: int) -> date:
    """Orders needed on or before this day are late or nearly so: posted on the next working day, they come by it."""
    return days_after(today, post_days + 1)


def lateness(order: Order, today: date, *, post_days: int) -> Lateness | None:
    """`LATE` when the day has passed, `URGENT` when it is near; neither once the order has gone or ended."""
    if order.needed_by is None or order.status not in UNFINISHED:
        return None
    if order.needed_by < today:
        return Lateness.LATE
    return Lateness.URGENT if order.needed_by <= late_until(today, post_days=post_days) else None

"""How long an order takes from the form to the letter box, and so the last day on which to order.

Measured on the last dispatches: nine of ten orders were posted within the days given here. Orders that could have been
posted and are not count with the days that they have waited. Orders that waited for copies to be printed do not count,
because that wait was not the office's. Before anything is posted, a setting is used instead.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import bindparam, exists, func, select

from orders.catalogue.models import Edition
from orders.clock import BRUSSELS, local_day
from orders.database import db
from orders.ordering.models import Delivery, Order, OrderLine, OrderStatus
from orders.shipping.models import Dispatch, Parcel, ParcelContent
from orders.stock.models import Movement, Reason
from orders.workdays import A_DAY, days_after, days_between

LAST_DISPATCHES = 10
KEPT_PROMISES = 90  # per cent of the orders that were posted within the days said


@dataclass(frozen=True, slots=True)
class Delay:
    """Working days from the day of an order until it is posted, then until it is there.

    `orders`: on how many posted ones the office's days are measured; 0 when they are a setting. `is_held_up`: what is
    not posted yet makes them more.
    """

    office_days: int
    post_days: int
    orders: int = 0
    is_held_up: bool = False

    @property
    def is_measured(self) -> bool:
        return self.orders > 0

    def arrival(self, ordered_on: date) -> date:
        """The day by which an order of that day is there."""
        return days_after(self.ready(ordered_on), self.post_days)

    def ready(self, ordered_on: date) -> date:
        """The day from which an order of that day is posted or may be fetched."""
        return days_after(ordered_on, self.office_days)

    def order_by(self, needed: date) -> date:
        """The last day on which to order what must be there on `needed`."""
        day = needed
        while self.arrival(day) > needed:
            day -= A_DAY
        return day


def read_delay(edition: Edition, today: date, *, office_days: int, post_days: int) -> Delay:
    """The delay of an edition's last dispatches; `office_days` as they are set, while there are none."""
    posted = measured_days(_latest_posted(edition))
    usual = percentile(posted, KEPT_PROMISES) if posted else office_days
    days = kept_days(posted, _days_lain(edition, today, usual), usual)
    return Delay(days, post_days, len(posted), is_held_up=days > usual)


def measured_days(posted: Iterable[tuple[datetime, datetime]]) -> list[int]:
    """Working days between each moment of ordering and of posting."""
    return [days_between(local_day(placed_at), local_day(posted_at)) for placed_at, posted_at in posted]


def percentile(values: Sequence[int], percent: int) -> int:
    """The smallest of the values that so many per cent of them do not exceed (nearest rank)."""
    return sorted(values)[-(-len(values) * percent // 100) - 1]


def kept_days(posted: Sequence[int], lain: Sequence[int], usual: int) -> int:
    """The days within which nine of ten orders were posted, of all of which it is known; at least `usual`.

    `lain`: the days that each order which is not posted has waited so far. Of one that may still go within the days,
    nothing is known.
    """
    for days in range(usual, max(lain, default=usual)):
        in_time = sum(each <= days for each in posted)
        known = in_time + sum(each > days for each in (*posted, *lain))
        if in_time * 100 >= known * KEPT_PROMISES:
            return days
    return max(usual, *lain) if lain else usual


def _days_lain(edition: Edition, today: date, usual: int) -> list[int]:
    """How many working days, more than the usual ones, each order has lain that could have been posted since then."""
    latest = today
    while days_between(latest, today) <= usual:
        latest -= A_DAY
    placed = db.session.execute(_READY, {"before": datetime.combine(latest + A_DAY, time(), BRUSSELS)})
    return [days_between(local_day(at), today) for edition_id, at in placed if edition_id == edition.id]


def _latest_posted(edition: Edition) -> list[tuple[datetime, datetime]]:
    """When each order of the last dispatches was placed, and when its first parcel there was posted."""
    latest = db.session.scalars(_LAST_DISPATCHES).all()
    if not latest:
        return []
    rows = db.session.execute(_POSTED, {"dispatches": latest})
    return [
        (placed_at, posted_at) for edition_id, placed_at, posted_at in rows if posted_at and edition_id == edition.id
    ]


_LAST_DISPATCHES = (
    select(Dispatch.id)
    .where(Dispatch.closed_at.is_not(None))
    .order_by(Dispatch.closed_at.desc())
    .limit(LAST_DISPATCHES)
)
_WAITED = exists().where(
    Movement.order_id == Order.id, Movement.reason == Reason.ORDERED, Movement.at > Order.accepted_at
)
_WAS_SENT = exists().where(OrderLine.order_id == Order.id, OrderLine.sent > 0)
_READY = (
    select(Order.edition_id, Order.placed_at)
    .where(Order.status.in_((OrderStatus.READY, OrderStatus.DISPATCHING)), Order.placed_at < bindparam("before"))
    .where(Order.delivery == Delivery.POST, ~_WAITED, ~_WAS_SENT)
)
# Editions are told apart in Python: named here, SQLite would begin at all orders of one, not at ten dispatches.
_POSTED = (
    select(Order.edition_id, Order.placed_at, func.min(Parcel.posted_at))
    .select_from(Parcel)
    .join(ParcelContent)
    .join(OrderLine)
    .join(Order)
    .where(Parcel.dispatch_id.in_(bindparam("dispatches", expanding=True)), Parcel.posted_at.is_not(None))
    .where(Order.delivery == Delivery.POST, ~_WAITED)
    .group_by(Order.id, Order.edition_id, Order.placed_at)
)

"""When an order that was placed will be there, and in what it comes, as far as can be told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from orders.clock import local_day
from orders.database import db
from orders.ordering.models import Delivery, Order, OrderStatus
from orders.ordering.request.offer import recent_offer
from orders.packing.models import TooLargeToPost
from orders.packing.postage import Quote, quote_by
from orders.packing.splitting import Item
from orders.reports.delivery_time import Delay
from orders.stock.models import Movement, Reason
from orders.workdays import days_after


@dataclass(frozen=True, slots=True)
class Arrival:
    """`left_by`: the day by which it is posted, or on which it was; `there_on`: that on which it is there, or may be
    fetched. `needed`: the day that the orderer gave, else 10 December if it can be met; None where neither matters.
    """

    left_by: date
    there_on: date
    needed: date | None
    is_pickup: bool

    @property
    def is_in_time(self) -> bool:
        return self.needed is not None and self.there_on <= self.needed

    @property
    def is_late(self) -> bool:
        return self.needed is not None and self.there_on > self.needed


def expected_arrival(
    order: Order, delay: Delay, *, today: date, promised_on: Mapping[int, date], posted: Iterable[datetime] = ()
) -> Arrival | None:
    """When the next of an order is there, or the last of what was `posted`; None where nobody can tell.

    Of an order that goes in parts that is what is set aside now. `promised_on`: when what it waits for is expected, by
    publication. What should have left already leaves today at the earliest.
    """
    is_pickup = order.delivery is Delivery.PICKUP
    left_by = max(map(local_day, posted), default=None) or _left_by(order, delay, today, promised_on)
    if left_by is None:
        return None
    there_on = left_by if is_pickup else days_after(left_by, delay.post_days)
    ten_december = order.edition.write_by if there_on <= order.edition.write_by else None
    return Arrival(left_by, there_on, order.needed_by or ten_december, is_pickup)


def _left_by(order: Order, delay: Delay, today: date, promised_on: Mapping[int, date]) -> date | None:
    ready_on = _ready_on(order, promised_on) if order.restricted_at is None else None
    return ready_on and max(days_after(ready_on, delay.office_days), days_after(today, 0))


def _ready_on(order: Order, promised_on: Mapping[int, date]) -> date | None:
    """The day on which the next of it lies ready to be packed."""
    if order.status in (OrderStatus.READY, OrderStatus.DISPATCHING):
        set_aside = select(func.max(Movement.at)).where(
            Movement.order_id == order.id, Movement.reason == Reason.ORDERED
        )
        at = db.session.scalar(set_aside) or order.accepted_at
        return at and local_day(at)
    if order.status is not OrderStatus.WAITING:
        return None
    days = [promised_on.get(line.publication_id) for line in order.lines if line.waiting]
    return None if None in days else max((day for day in days if day), default=None)


def expected_parcels(order: Order) -> Quote | None:
    """The envelopes and boxes in which the next of it comes; None where nothing is posted, or nothing holds it."""
    if order.delivery is Delivery.PICKUP or order.status in _GOES_NO_MORE:
        return None
    goes_now = order.status in (OrderStatus.READY, OrderStatus.DISPATCHING)
    copies = {line.publication: line.reserved + (0 if goes_now else line.waiting) for line in order.lines}
    items = [Item.of(each, count) for each, count in copies.items() if count]
    try:
        return quote_by(recent_offer().tariff, items) if items else None
    except TooLargeToPost:
        return None


_GOES_NO_MORE = (OrderStatus.SENT, OrderStatus.REJECTED, OrderStatus.CANCELLED, OrderStatus.RETURNED)

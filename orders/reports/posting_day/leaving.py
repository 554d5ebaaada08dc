"""The next posting: when it is, what is packed by then, and which orders would be late if they missed it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from orders.clock import BRUSSELS, local_day
from orders.ordering.lookup.filters import READY_TO_POST, Filter
from orders.reports.posting_day.pace import Pace
from orders.workdays import A_DAY, days_after, is_working_day

AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class NextPosting:
    """`day`: on which what is packed now leaves. `is_missed`: today was a day of posting, and its last one has gone."""

    day: date
    is_today: bool
    is_missed: bool


def next_posting(last_posting: time, *, at: datetime) -> NextPosting:
    """Today until the last posting of a working day; then the next working day."""
    today, clock = local_day(at), at.astimezone(BRUSSELS).time()
    if not is_working_day(today):
        return NextPosting(days_after(today, 0), is_today=False, is_missed=False)
    is_missed = clock >= last_posting
    return NextPosting(days_after(today, int(is_missed)), is_today=not is_missed, is_missed=is_missed)


def packed_by(last_posting: time, pace: Pace, *, at: datetime) -> int:
    """How many parcels are packed from now until today's last posting, at that pace.

    Nobody packs before the hour at which packing began in the last days, unless that is later than the posting.
    """
    local = at.astimezone(BRUSSELS)
    start = max(local.replace(tzinfo=None), datetime.combine(local.date(), time(pace.first_hour)))
    end = datetime.combine(local.date(), last_posting)
    left = end - (start if start < end else local.replace(tzinfo=None))
    return max(0, int(pace.per_hour * (left / AN_HOUR)))


def must_leave(day: date, *, post_days: int) -> Filter:
    """The ready orders that come too late if they leave on the working day after `day`."""
    return replace(READY_TO_POST, needed_until=days_after(day, post_days + 1) - A_DAY)


def late_anyway(day: date, *, post_days: int) -> Filter:
    """Those of them that come too late even if they leave on `day`."""
    return replace(READY_TO_POST, needed_until=days_after(day, post_days) - A_DAY)

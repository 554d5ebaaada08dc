"""The first page: what there is to do now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from flask import Blueprint, current_app, render_template

from orders.backups import backup_runs
from orders.catalogue import edition_lookup
from orders.clock import local_day, now
from orders.idempotency import new_key
from orders.mail import statistics as mail_figures
from orders.office.access import needs
from orders.office.lateness_today import late_until_today
from orders.ordering.followup import returned_orders
from orders.ordering.lookup import search
from orders.ordering.lookup.filters import Filter
from orders.ordering.models import Delivery, OrderStatus
from orders.ordering.order_counts import orders_by_kind
from orders.ordering.request.offer import recent_offer
from orders.packing.models import PostKind
from orders.reports.posting_day.leaving import NextPosting, late_anyway, must_leave, next_posting, packed_by
from orders.reports.posting_day.pace import Pace, read_pace
from orders.shared_state import worker_heartbeats
from orders.shipping.dispatches import lifecycle
from orders.shipping.models import Dispatch
from orders.staff.models import StaffRole
from orders.stock import expected_deliveries, stock_counts

LATE_SHOWN = 10
MISSING_SHOWN = 50

pages = Blueprint("today", __name__)


@dataclass(frozen=True, slots=True)
class PostingToday:
    """What the page says of the next posting.

    `to_pack`: parcels of open dispatches that are not packed, and ready orders, each taken for one parcel.
    `packed`: how many of them are packed by then; None where the pace is not known, or it is not today.
    `urgent`: how many orders must leave with it, `late` of them too late even so.
    """

    next: NextPosting
    last_posting: time
    pace: Pace | None
    to_pack: int
    packed: int | None
    wanted: Filter
    urgent: int
    late: int


@pages.get("/")
@needs(StaffRole.VOLUNTEER)
def index() -> str:
    """What needs a decision, what is ready, waits or is late, open dispatches, pickups, mails that failed, print runs
    that are late, backups that are too old; and the one thing to do next."""
    moment = now()
    today = local_day(moment)
    late = Filter(needed_until=late_until_today())
    kinds = orders_by_kind()
    dispatches = lifecycle.open_dispatches()
    to_post = kinds[OrderStatus.READY, Delivery.POST]
    counts = {each: sum(kinds[each, way] for way in Delivery) for each in OrderStatus}
    edition = edition_lookup.find_open_edition(today)
    return render_template(
        "office/today/index.html",
        counts=counts,
        to_decide=counts[OrderStatus.PENDING],
        waiting=counts[OrderStatus.WAITING],
        late=search.find(late)[:LATE_SHOWN],
        late_total=search.count(late),
        late_until=late.needed_until,
        missing=returned_orders.reported_missing(MISSING_SHOWN),
        to_post=to_post,
        pickups=kinds[OrderStatus.READY, Delivery.PICKUP],
        dispatches=dispatches,
        posting=_posting(dispatches, to_post, moment),
        submission=new_key(),
        publications=edition_lookup.orderable(edition) if edition else [],
        mails=mail_figures.mails_by_state(at=moment),
        silence=worker_heartbeats.mail_silence(at=moment),
        late_runs=expected_deliveries.late_runs(today),
        today=today,
        last_backup=backup_runs.last_backup(at=moment),
        stock_counts=stock_counts.open_counts(),
        prices_to_check=recent_offer().tariff.is_to_be_checked(PostKind.PARCEL),
    )


def _posting(dispatches: Sequence[Dispatch], to_post: int, at: datetime) -> PostingToday | None:
    """What there is to say of the next posting; nothing where nothing waits to be packed."""
    to_pack = to_post + sum(each.parcel_count - each.packed_count for each in dispatches)
    if not to_pack:
        return None
    last_posting, post_days = current_app.config["LAST_POSTING"], current_app.config["POST_DAYS"]
    posting = next_posting(last_posting, at=at)
    pace = read_pace(at=at)
    wanted = must_leave(posting.day, post_days=post_days)
    return PostingToday(
        posting,
        last_posting,
        pace,
        to_pack,
        min(to_pack, packed_by(last_posting, pace, at=at)) if pace and posting.is_today else None,
        wanted,
        search.count(wanted) if to_post else 0,
        search.count(late_anyway(posting.day, post_days=post_days)) if to_post else 0,
    )

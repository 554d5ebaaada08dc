"""The first page: what there is to do now."""

from flask import Blueprint, render_template

from orders.backups import history
from orders.catalogue import edition_lookup
from orders.clock import local_day, now
from orders.mail import statistics as mail_figures
from orders.office.access import needs
from orders.office.lateness import late_until_today
from orders.ordering.followup import returned_orders
from orders.ordering.lookup import search
from orders.ordering.lookup.filters import Filter
from orders.ordering.models import Delivery, OrderStatus
from orders.ordering.order_counts import orders_by_kind
from orders.ordering.request.offer import recent_offer
from orders.packing.models import PostKind
from orders.shared_state import worker_heartbeats
from orders.shipping.dispatches import lifecycle
from orders.staff.models import StaffRole
from orders.stock import expected_deliveries, stock_counts

LATE_SHOWN = 10
MISSING_SHOWN = 50

pages = Blueprint("today", __name__)


@pages.get("/")
@needs(StaffRole.VOLUNTEER)
def index() -> str:
    """What needs a decision, what is ready, waits or is late, open dispatches, pickups, mails that failed, print runs
    that are late, backups that are too old; and the one thing to do next."""
    moment = now()
    today = local_day(moment)
    late = Filter(needed_until=late_until_today())
    kinds = orders_by_kind()
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
        to_post=kinds[OrderStatus.READY, Delivery.POST],
        pickups=kinds[OrderStatus.READY, Delivery.PICKUP],
        dispatches=lifecycle.open_dispatches(),
        publications=edition_lookup.orderable(edition) if edition else [],
        mails=mail_figures.mails_by_state(at=moment),
        silence=worker_heartbeats.mail_silence(at=moment),
        late_runs=expected_deliveries.late_runs(today),
        today=today,
        last_backup=history.last_backup(at=moment),
        stock_counts=stock_counts.open_counts(),
        prices_to_check=recent_offer().tariff.is_to_be_checked(PostKind.PARCEL),
    )

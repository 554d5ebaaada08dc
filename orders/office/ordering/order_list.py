"""Finding orders, and choosing among them."""

from flask import render_template, request

from orders.addresses.postcodes import PROVINCES
from orders.catalogue import edition_lookup
from orders.catalogue.audience_lookup import audiences
from orders.idempotency import new_key
from orders.office.access import needs
from orders.office.forms import page_number
from orders.office.lateness_today import late_until_today
from orders.office.ordering.blueprint import pages
from orders.ordering.lifecycle.cancellation import CANCELLABLE
from orders.ordering.lookup import search
from orders.ordering.lookup.filters import filter_from
from orders.ordering.lookup.matching_orders import MOST_COUNTED, Found, count
from orders.ordering.lookup.order_pages import PER_PAGE
from orders.ordering.models import Delivery, OrderStatus
from orders.staff.models import StaffRole


@pages.get("/")
@needs(StaffRole.OFFICE)
def index() -> str:
    """The orders that match the filter in the address, fifty a page, the newest first."""
    wanted = filter_from(request.args)
    found = count(wanted)
    last = max(1, -(-found.total // PER_PAGE))
    page = page_number(request.args)
    if found.is_all:
        page = min(page, last)
    return render_template(
        "office/ordering/index.html",
        wanted=wanted,
        orders=search.find(wanted, page, found=found, after=request.args.get("after", "")),
        found=found,
        most_counted=MOST_COUNTED,
        per_page=PER_PAGE,
        page=page,
        last=last if found.is_all else None,
        statuses=OrderStatus,
        audiences=audiences(),
        deliveries=Delivery,
        publications=[each for edition in edition_lookup.editions() for each in edition.publications],
        provinces=PROVINCES,
        late_until=late_until_today(),
        actionable=CANCELLABLE,
        to_decide=_that_are(found, [(OrderStatus.PENDING, each) for each in Delivery]),
        to_cancel=_that_are(found, [(status, each) for status in CANCELLABLE for each in Delivery]),
        to_post=_that_are(found, [(OrderStatus.READY, Delivery.POST)]),
        submission=new_key(),
    )


def _that_are(found: Found, kinds: list[tuple[OrderStatus, Delivery]]) -> int:
    """How many of the orders are of these kinds; 0 where nobody knows, as one cannot act on an unknown number."""
    return sum(found.kinds[kind] for kind in kinds) if found.is_all else 0

"""Finding orders, and choosing among them."""

from flask import render_template, request

from orders.addresses.postcodes import PROVINCES
from orders.catalogue import edition_lookup
from orders.catalogue.audience_lookup import audiences
from orders.idempotency import new_key
from orders.office.access import needs
from orders.office.forms import page_number
from orders.office.lateness import late_until_today
from orders.office.ordering.blueprint import pages
from orders.ordering.lifecycle.cancellation import CANCELLABLE
from orders.ordering.lookup import search
from orders.ordering.lookup.search import PER_PAGE, filter_from
from orders.ordering.models import Delivery, OrderStatus
from orders.staff.models import StaffRole


@pages.get("/")
@needs(StaffRole.OFFICE)
def index() -> str:
    """The orders that match the filter in the address, fifty a page, the newest first."""
    wanted = filter_from(request.args)
    kinds = search.count_by_kind(wanted)
    total = kinds.total()
    last = max(1, -(-total // PER_PAGE))
    page = min(page_number(request.args), last)
    return render_template(
        "office/ordering/index.html",
        wanted=wanted,
        orders=search.find(wanted, page),
        total=total,
        page=page,
        last=last,
        statuses=OrderStatus,
        audiences=audiences(),
        deliveries=Delivery,
        publications=[each for edition in edition_lookup.editions() for each in edition.publications],
        provinces=PROVINCES,
        late_until=late_until_today(),
        actionable=CANCELLABLE,
        to_decide=sum(kinds[OrderStatus.PENDING, each] for each in Delivery),
        to_cancel=sum(kinds[status, each] for status in CANCELLABLE for each in Delivery),
        to_post=kinds[OrderStatus.READY, Delivery.POST],
        submission=new_key(),
    )

"""Finding orders, and choosing among them."""

from flask import render_template, request

from orders.catalogue import publishing
from orders.catalogue.models import Audience
from orders.keys import new_key
from orders.office.access import needs
from orders.office.forms import page_number
from orders.office.ordering.blueprint import pages
from orders.ordering import finding
from orders.ordering.finding import PER_PAGE, filter_from
from orders.ordering.models import Delivery, OrderStatus
from orders.shipping import making
from orders.staff.models import StaffRole


@pages.get("/")
@needs(StaffRole.OFFICE)
def index() -> str:
    """The orders that match the filter in the address, fifty a page, the newest first."""
    wanted = filter_from(request.args)
    total = finding.count(wanted)
    postable = finding.that_may_be_posted(wanted)
    last = max(1, -(-total // PER_PAGE))
    page = min(page_number(request.args), last)
    return render_template(
        "office/ordering/index.html",
        wanted=wanted,
        orders=finding.find(wanted, page),
        total=total,
        page=page,
        last=last,
        statuses=OrderStatus,
        audiences=Audience,
        deliveries=Delivery,
        publications=[each for edition in publishing.editions() for each in edition.publications],
        may_be_dispatched=making.may_be_dispatched,
        to_post=finding.count(postable) if postable else 0,
        submission=new_key(),
    )

"""Orders that are fetched at the office: their list, their paper, ticked off one by one."""

from collections.abc import Sequence
from functools import partial

from flask import render_template, request
from flask.typing import ResponseReturnValue

from orders.clock import local_day, now
from orders.office.access import needs
from orders.office.forms import page_number
from orders.office.ordering.blueprint import pages
from orders.office.pdf_response import pdf_answer
from orders.ordering.lookup import pickups as picking_up
from orders.ordering.lookup.filters import READY_FOR_PICKUP
from orders.ordering.lookup.matching_orders import count
from orders.ordering.lookup.order_pages import PER_PAGE
from orders.ordering.models import Order
from orders.references import MistypedReference, read_reference
from orders.shipping.models import NothingChosen
from orders.shipping.printing import order_pdfs
from orders.staff.models import StaffRole


@pages.get("/pickups")
@needs(StaffRole.OFFICE)
def pickups() -> str:
    """What can be fetched now, fifty on a `page`, the late ones first; and the first of what will be once there are
    copies. `after` is the reference behind which the page begins, where one goes on from the page before."""
    found = count(READY_FOR_PICKUP)
    last = max(1, -(-found.total // PER_PAGE))
    page = min(page_number(request.args), last)
    return render_template(
        "office/ordering/pickups.html",
        pickups=picking_up.ready(page, found, request.args.get("after", "")),
        total=found.total,
        page=page,
        last=last,
        per_page=PER_PAGE,
        expected=picking_up.expected(),
        expected_total=count(picking_up.EXPECTED).total,
        expected_filter=picking_up.EXPECTED.as_arguments(),
        today=local_day(now()),
        handed=_handed(),
        mark=request.args.get("mark", ""),
    )


def _handed() -> str:
    """The reference of the order that was handed over a moment ago, as the address tells it; empty where none was."""
    try:
        return read_reference(request.args.get("handed", ""))
    except MistypedReference:
        return ""


@pages.get("/pickups.pdf")
@needs(StaffRole.OFFICE)
def pickup_list() -> ResponseReturnValue:
    """What to take from the shelf for all of them, then each with its reference."""
    today = local_day(now())
    draw = partial(order_pdfs.print_pickup_list, _orders(), today=today)
    return pdf_answer(f"retraits-{today}", draw, about="pickups")


@pages.get("/pickup-slips.pdf")
@needs(StaffRole.OFFICE)
def pickup_slips() -> ResponseReturnValue:
    """A slip for each, in the same order."""
    today = local_day(now())
    draw = partial(order_pdfs.print_pickup_slips, _orders(), today=today)
    return pdf_answer(f"bordereaux-retraits-{today}", draw, about="pickups")


def _orders() -> Sequence[Order]:
    """The orders that can be fetched. Refuses when there are none."""
    orders = picking_up.all_ready()
    if not orders:
        raise NothingChosen
    return orders

"""Orders that are fetched at the office: their list, their paper, ticked off one by one."""

from functools import partial

from flask import render_template
from flask.typing import ResponseReturnValue

from orders.clock import local_day, now
from orders.office.access import needs
from orders.office.ordering.blueprint import pages
from orders.office.pdf_response import pdf_answer
from orders.ordering.lookup import pickups as picking_up
from orders.ordering.models import Order
from orders.shipping.models import NothingChosen
from orders.shipping.printing import order_pdfs
from orders.staff.models import StaffRole


@pages.get("/pickups")
@needs(StaffRole.OFFICE)
def pickups() -> str:
    """What can be fetched now, the late ones first, and what will be once there are copies."""
    return render_template(
        "office/ordering/pickups.html",
        pickups=picking_up.ready(),
        expected=picking_up.expected(),
        today=local_day(now()),
    )


@pages.get("/pickups.pdf")
@needs(StaffRole.OFFICE)
def pickup_list() -> ResponseReturnValue:
    """What to take from the shelf for all of them, then each with its reference."""
    return pdf_answer(f"retraits-{local_day(now())}", partial(order_pdfs.print_pickup_list, _orders()), about="pickups")


@pages.get("/pickup-slips.pdf")
@needs(StaffRole.OFFICE)
def pickup_slips() -> ResponseReturnValue:
    """A slip for each, in the same order."""
    today = local_day(now())
    draw = partial(order_pdfs.print_pickup_slips, _orders(), today=today)
    return pdf_answer(f"bordereaux-retraits-{today}", draw, about="pickups")


def _orders() -> list[Order]:
    """The orders that can be fetched. Refuses when there are none."""
    orders = [pickup.order for pickup in picking_up.ready()]
    if not orders:
        raise NothingChosen
    return orders

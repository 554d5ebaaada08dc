"""Orders, as the office sees them."""

from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.catalogue import publishing
from orders.catalogue.models import Audience
from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.keys import new_key
from orders.office import deciding
from orders.office.access import actor, needs
from orders.office.forms import page_number, read_typed_reference
from orders.office.paper import pdf_answer
from orders.ordering import finding, handling
from orders.ordering.finding import PER_PAGE, filter_from
from orders.ordering.models import Delivery, OrderStatus
from orders.references import show_reference
from orders.shipping import making, print_requests, printing
from orders.staff.models import StaffRole
from orders.wording import sentence

pages = Blueprint("ordering", __name__, url_prefix="/ordering")


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


@pages.get("/<reference>")
@needs(StaffRole.OFFICE)
def order(reference: str) -> ResponseReturnValue:
    """One order. A reference typed with a hyphen, a space or in small letters leads to its own address."""
    found = read_typed_reference(reference)
    if found != reference:
        return redirect(url_for(".order", reference=found))
    shown = handling.get_order(found)
    return render_template("office/ordering/order.html", order=shown, **deciding.decision(shown))


@pages.get("/<reference>/label.pdf")
@needs(StaffRole.OFFICE)
def label(reference: str) -> ResponseReturnValue:
    """One label: `sheet`, and `start` (a position on it)."""
    found = handling.get_order(read_typed_reference(reference))
    wanted = print_requests.read_print_request(request.args)
    return pdf_answer(f"etiquette-{found.shown_reference}", partial(printing.print_order_label, found, wanted))


@pages.get("/<reference>/slip.pdf")
@needs(StaffRole.OFFICE)
def slip(reference: str) -> ResponseReturnValue:
    """One slip, with what is reserved for the order now."""
    found = handling.get_order(read_typed_reference(reference))
    return pdf_answer(f"bordereau-{found.shown_reference}", partial(printing.print_order_slip, found))


@pages.post("/<reference>/hand-over")
@needs(StaffRole.OFFICE)
def hand_over(reference: str) -> ResponseReturnValue:
    """Somebody fetched what lies ready of a pickup order."""
    found = read_typed_reference(reference)
    try:
        transact(handling.hand_over, found, at=now(), by=actor())
        flash(gettext("La commande %(reference)s est remise.", reference=show_reference(found)), "done")
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".order", reference=found), 303)


@pages.post("/<reference>/cancel")
@needs(StaffRole.OFFICE)
def cancel(reference: str) -> ResponseReturnValue:
    """End an order that has not gone; what it held goes to the queue."""
    found = read_typed_reference(reference)
    try:
        transact(handling.cancel, found, at=now(), by=actor())
        flash(gettext("La commande %(reference)s est annulée.", reference=show_reference(found)), "done")
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for(".order", reference=found), 303)

"""Orders whose school was typed by hand and fits a place of the directory nearly: the office says which it is."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.office.access import actor, needs
from orders.office.directory.blueprint import pages
from orders.office.forms import page_number, read_typed_reference
from orders.ordering.followup import institutions
from orders.ordering.review.institutions import candidates
from orders.staff.models import StaffRole
from orders.wording import sentence


@pages.get("/orders")
@needs(StaffRole.OFFICE)
def unsure_orders() -> str:
    """The orders of which it is not sure for which place they are, each with the places that fit."""
    found = institutions.count_unsure()
    last = max(1, -(-found // institutions.PER_PAGE))
    page = min(page_number(request.args), last)
    orders = institutions.unsure_orders(page)
    return render_template(
        "office/directory/orders.html",
        found=found,
        orders=[(order, candidates(order.address)) for order in orders],
        page=page,
        last=last,
    )


@pages.post("/orders/<reference>")
@needs(StaffRole.OFFICE)
def choose_school(reference: str) -> ResponseReturnValue:
    """The place that an order is for: its `institution`, or none of those proposed. Leads back to where it was said."""
    found = read_typed_reference(reference)
    code = request.form.get("institution", "")
    try:
        if code:
            transact(institutions.choose, found, code, at=now(), by=actor())
        else:
            transact(institutions.dismiss, found, at=now(), by=actor())
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    if request.form.get("from") == "list":
        return redirect(url_for(".unsure_orders"), 303)
    return redirect(url_for("office.ordering.order", reference=found), 303)

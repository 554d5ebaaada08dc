"""The places of the directory, and one of them."""

from flask import render_template, request

from orders.directory import lookup, place_list
from orders.office.access import needs
from orders.office.directory.blueprint import pages
from orders.office.forms import page_number
from orders.ordering.followup import institutions
from orders.staff.models import StaffRole


@pages.get("/")
@needs(StaffRole.COORDINATOR)
def index() -> str:
    """The lists that are known, and the places that `q` finds: words of a name, street or town, or a number."""
    typed = request.args.get("q", "")[:200]
    return render_template(
        "office/directory/index.html",
        lists=place_list.known_lists(),
        unsure=institutions.count_unsure(),
        typed=typed,
        found=place_list.page(typed, page_number(request.args)),
    )


@pages.get("/places/<code>")
@needs(StaffRole.OFFICE)
def place(code: str) -> str:
    """What the lists say of a place; the page of an order leads here."""
    return render_template("office/directory/place.html", place=lookup.get(code))

"""Ordering: what there is, the form, and the page of one's own order."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from orders.catalogue import publishing
from orders.clock import local_day, now
from orders.database import transact
from orders.errors import Refused
from orders.limits import ORDERS, limiter
from orders.mail import links
from orders.ordering import handling, placing
from orders.public.order_form import OrderForm, order_form
from orders.staff.journal import Actor
from orders.stock.availability import availability
from orders.wording import sentence

pages = Blueprint("public", __name__)


@pages.get("/")
def front() -> str:
    """The open edition and its publications, or when the next one opens."""
    today = local_day(now())
    edition = publishing.find_open_edition(today)
    if edition is None:
        return render_template("public/closed.html", next_edition=publishing.find_next_edition(today))
    publications = publishing.orderable(edition)
    return render_template(
        "public/front.html",
        edition=edition,
        publications=publications,
        availability=availability(publications),
    )


@pages.route("/order", methods=["GET", "POST"])
@limiter.limit(ORDERS, methods=["POST"])
def place() -> ResponseReturnValue:
    """The form; sent well, 303 to the order's page; else 422 and the form again, as it was filled in."""
    today = local_day(now())
    edition = publishing.find_open_edition(today)
    if edition is None:
        page = render_template("public/closed.html", next_edition=publishing.find_next_edition(today))
        return page, 409 if request.method == "POST" else 200
    form = order_form(publishing.orderable(edition))
    if request.method == "GET":
        return _form_page(form)
    asked = form.read(request.form.to_dict(), "fr")
    if asked is None:
        return _form_page(form), 422
    try:
        order = transact(placing.place, asked, at=now(), by=Actor("web"))
    except Refused as refusal:
        form.form_errors.append(sentence(refusal))
        return _form_page(form), 422
    return redirect(url_for("public.order", token=links.token(order.reference, order.link_nonce)), 303)


def _form_page(form: OrderForm) -> str:
    return render_template(
        "public/place.html",
        form=form,
        publications=form.publications,
        availability=availability(form.publications),
    )


@pages.get("/o/<token>")
def order(token: str) -> str:
    """Where one order stands, for whoever has its link."""
    return render_template("public/order.html", order=handling.get_order_by_link(token))

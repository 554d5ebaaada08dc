"""The page of one's own order, for whoever has its link: its state, and what may still be done."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.clock import local_day, now
from orders.database import transact
from orders.dropoff.lookup import open_points
from orders.errors import Refused
from orders.mail import signed_links
from orders.ordering import email_confirmation, repository
from orders.ordering.allocation import estimates, reservations
from orders.ordering.followup import returned_orders
from orders.ordering.lifecycle import cancellation, changing, email_change
from orders.ordering.mail_words import first_name
from orders.ordering.models import Order, OrderStatus
from orders.public import delivery_warning
from orders.public.blueprint import pages
from orders.public.order_deadline import expected_delay
from orders.public.order_page.own_letters import letters_of
from orders.public.ordering.help.mended_order import just_mended
from orders.reports.arrivals.arrival import expected_arrival, expected_parcels
from orders.shipping import returns
from orders.shipping.carrier import order_tracking
from orders.staff.journal import Actor
from orders.stock import expected_deliveries
from orders.web.csrf import csrf
from orders.web.rate_limits import ORDERS, limiter
from orders.web.request_checks import is_asked_by_head
from orders.wording import sentence


@pages.get("/o/<token>")
def order(token: str) -> str:
    """The state of one order."""
    found = repository.get_order_by_link(token)
    if signed_links.is_mailed(token) and not is_asked_by_head() and not email_confirmation.is_noted(found.id):
        transact(email_confirmation.confirm, found.id, at=now())
    today = local_day(now())
    waiting = [line for line in found.lines if line.waiting]
    expected_on = estimates.promised_on(found, today)
    parcels = order_tracking.posted_parcels(found)
    delay = expected_delay(found.edition, today)
    posted = [parcel.posted_at for parcel in parcels if parcel.posted_at and found.status is OrderStatus.SENT]
    arrival = expected_arrival(found, delay, today=today, promised_on=expected_on, posted=posted)
    return render_template(
        "public/order.html",
        order=found,
        token=token,
        may_be_changed=changing.may_be_changed(found),
        may_change_email=email_change.may_be_changed(found),
        email_asked=email_change.asked(found, at=now()),
        may_be_cancelled=cancellation.may_be_cancelled(found),
        may_be_reported_missing=returned_orders.may_be_reported_missing(found),
        parcels=parcels,
        first_name=first_name(found.name),
        arrival=arrival,
        has_arrived=bool(posted) and arrival is not None and arrival.there_on < today,
        parcels_expected=expected_parcels(found),
        letters=letters_of(found, today),
        may_be_dropped_off=bool(open_points(today)),
        front=signed_links.page("public.front"),
        mended=just_mended(),
        ahead={line.id: reservations.orders_ahead(line) for line in waiting},
        expected_on=expected_on,
        overdue_on=expected_deliveries.overdue_on([line.publication_id for line in waiting], today) if waiting else {},
        came_back=returns.why_it_came_back(found),
        late=delivery_warning.warning_about(found, expected_on, delay, today, arrival.there_on if arrival else None),
    )


@pages.post("/o/<token>/cancel")
@limiter.limit(ORDERS)
def cancel(token: str) -> ResponseReturnValue:
    """End one's own order, as long as nothing of it is being packed."""
    return _do(token, cancellation.cancel, gettext("Votre commande est annulée."))


@pages.post("/o/<token>/missing")
@limiter.limit(ORDERS)
def missing(token: str) -> ResponseReturnValue:
    """Say that what was posted never came."""
    return _do(token, returned_orders.report_missing, gettext("C’est noté : l’équipe cherche où est votre envoi."))


@pages.post("/o/<token>/found")
@limiter.limit(ORDERS)
def found(token: str) -> ResponseReturnValue:
    """Say that it has come after all."""
    return _do(token, returned_orders.close_report, gettext("Tant mieux ! Bonne écriture."))


def _do(token: str, rule: Callable[..., Order], said: str) -> ResponseReturnValue:
    csrf.protect()
    reference = repository.get_order_by_link(token).reference
    try:
        transact(rule, reference, at=now(), by=Actor("web"))
        flash(said, "done")
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    return redirect(url_for("public.order", token=token), 303)

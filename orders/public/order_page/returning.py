"""Coming back next year by the link in a mail: the form filled in as last time, or being forgotten at once."""

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.catalogue.models import Publication
from orders.clock import local_day, now
from orders.database import transact
from orders.ordering.request.offer import current_offer
from orders.ordering.request.order_request import COPIES
from orders.public.closed_page import closed_page
from orders.public.ordering.order_form import order_form
from orders.public.ordering.views import form_page
from orders.reminders import subscriptions
from orders.reminders.models import ADDRESS, Reminder
from orders.staff.journal import Actor
from orders.web.csrf import csrf
from orders.web.rate_limits import ORDERS, limiter

pages = Blueprint("returning", __name__)


@pages.get("/order/again/<token>")
def order_again(token: str) -> ResponseReturnValue:
    """The order form as it was sent last time, to be changed or sent as it is: what will be asked stands on it."""
    reminder = subscriptions.find_by_token(token)
    edition = current_offer().open_edition(local_day(now()))
    if edition is None:
        return closed_page()
    form = order_form(edition)
    typed = form.start_with(_values(reminder, form.publications))
    form.fill_in({"institution": reminder.institution or ""})
    said = gettext("Comme la dernière fois : vérifiez, changez ce qui a changé, et envoyez.")
    return form_page(form, typed, flashed=said, asks_all=True)


@pages.get("/order/forget/<token>")
def stop_writing(token: str) -> str:
    """The button that does it: opening the link alone forgets nobody, as programs that look at mails open links too."""
    subscriptions.find_by_token(token)
    return render_template("public/stop_writing.html", token=token)


@pages.post("/order/forget/<token>")
@limiter.limit(ORDERS)
def forget(token: str) -> ResponseReturnValue:
    """Forget the address and write no more."""
    csrf.protect()
    transact(subscriptions.forget, token, at=now(), by=Actor("web"))
    flash(gettext("C’est fait : votre adresse est effacée et nous ne vous écrirons plus à ce sujet."), "done")
    return redirect(url_for("public.front"), 303)


def _values(reminder: Reminder, publications: Iterable[Publication]) -> dict[str, str]:
    """The fields of the form; copies go to the first publication of the same kind."""
    values = {name: getattr(reminder, name) for name in (*ADDRESS, "audience", "email", "phone")}
    left = dict(reminder.copies)
    for publication in publications:
        if copies := left.pop(publication.kind.value, 0):
            values[COPIES + publication.code] = str(copies)
    return values

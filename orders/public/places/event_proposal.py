"""Proposing an event without an account; confirming or withdrawing it by the link in a mail."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.events import proposing
from orders.events.models import EventState
from orders.public.places.event_form import EventForm
from orders.public.places.events import pages
from orders.staff.journal import Actor
from orders.web.csrf import csrf
from orders.web.rate_limits import ORDERS, limiter
from orders.wording import sentence
from orders.wording.translation.languages import SWITCH

PUBLIC = Actor("web")


@pages.route("/events/propose", methods=["GET", "POST"])
@limiter.limit(ORDERS, methods=["POST"])
def propose() -> ResponseReturnValue:
    """The form; sent well, it says that a mail is on its way."""
    form = EventForm()
    form.begin(at=now())
    if request.method == "GET" or SWITCH in request.form:
        return _page(form)
    read = form.read(at=now())
    if read is None:
        return _page(form), 422
    content, contact = read
    try:
        transact(proposing.propose, content, contact, submission=form.submission.data, at=now(), by=PUBLIC)
    except Refused as refusal:
        form.form_errors.append(sentence(refusal))
        return _page(form), 422
    return render_template("public/places/proposed.html", email=contact.email)


@pages.get("/events/mine/<token>")
def mine(token: str) -> str:
    """One's own proposal: where it stands, and the buttons that confirm and withdraw it."""
    event = proposing.find_by_token(token)
    is_over = event.ends_at <= now()
    return render_template("public/places/own_event.html", event=event, token=token, states=EventState, is_over=is_over)


@pages.post("/events/mine/<token>")
@limiter.limit(ORDERS)
def confirm(token: str) -> ResponseReturnValue:
    """Opening the link alone confirms nothing: programs that look at mails open links too."""
    csrf.protect()
    transact(proposing.confirm, token, at=now(), by=PUBLIC)
    flash(gettext("C’est confirmé. Une personne de l’équipe lit votre proposition et vous écrit."), "done")
    return redirect(url_for(".mine", token=token), 303)


@pages.post("/events/mine/<token>/withdraw")
@limiter.limit(ORDERS)
def withdraw(token: str) -> ResponseReturnValue:
    """Forget the event, and whose it was."""
    csrf.protect()
    transact(proposing.withdraw, token, at=now(), by=PUBLIC)
    flash(gettext("Votre événement est retiré, et vos coordonnées sont effacées."), "done")
    return redirect(url_for(".index"), 303)


def _page(form: EventForm) -> str:
    return render_template("public/places/propose.html", form=form)

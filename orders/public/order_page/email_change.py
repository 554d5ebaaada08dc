"""Another e-mail address for one's own order: asked on its page, confirmed by the link in a mail to the new one."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField

from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.mail import signed_links
from orders.ordering import repository
from orders.ordering.lifecycle import email_change
from orders.ordering.lifecycle.email_change import AlreadyConfirmed, SameEmail, TooManyEmailChanges
from orders.ordering.models import Order
from orders.ordering.request.email_address import DoubtfulEmail, email_question, read_email
from orders.public.blueprint import pages
from orders.reminders import subscriptions
from orders.staff.journal import Actor
from orders.web.csrf import csrf
from orders.web.rate_limits import ORDERS, limiter
from orders.wording import sentence
from orders.wording.translation.languages import SWITCH


class EmailForm(FlaskForm):  # type: ignore[misc]
    """`doubt`: what is asked about an address that can exist and is probably mistyped."""

    email = StringField(_l("Nouvelle adresse e-mail"))
    doubt: DoubtfulEmail | None = None

    def read(self) -> str | None:
        """The address; or `None`, with the error beside the field or a question about it."""
        if not self.validate():
            self.csrf_token.errors = ()
            self.form_errors.append(gettext("Cette page était ouverte depuis trop longtemps. Renvoyez-la."))
        email, problem = read_email(self.email.data or "")
        if problem is not None:
            self.email.errors = [sentence(problem)]
        elif request.form.get("sure") != email:
            self.doubt = email_question(email)
        return None if self.errors or self.doubt else email


@pages.route("/o/<token>/email", methods=["GET", "POST"])
@limiter.limit(ORDERS, methods=["POST"])
def ask_email(token: str) -> ResponseReturnValue:
    """Ask for another address; sent well, a mail with a link goes to it, and the order's page comes back."""
    order = repository.get_order_by_link(token)
    form = EmailForm()
    if request.method == "GET" or SWITCH in request.form:
        return _form_page(form, order, token)
    email = form.read()
    if email is None:
        return _form_page(form, order, token), 422
    try:
        transact(email_change.ask, order.reference, email, at=now())
    except (SameEmail, TooManyEmailChanges) as refusal:
        form.email.errors = [sentence(refusal)]
        return _form_page(form, order, token), 422
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    else:
        flash(gettext("Un e-mail part vers %(email)s. Ouvrez son lien pour confirmer.", email=email), "done")
    return redirect(url_for("public.order", token=token), 303)


def _form_page(form: EmailForm, order: Order, token: str) -> str:
    asked = email_change.asked(order, at=now())
    return render_template("public/email.html", form=form, order=order, token=token, asked=asked)


@pages.get("/email/<confirmation>")
def confirm_email(confirmation: str) -> ResponseReturnValue:
    """The button that confirms: opening the link alone does nothing, as programs that look at mails open links too."""
    try:
        order, email = email_change.read(confirmation, at=now())
    except Refused as refusal:
        return _refused(refusal)
    return render_template("public/email_confirmed.html", order=order, email=email, confirmation=confirmation)


@pages.post("/email/<confirmation>")
@limiter.limit(ORDERS)
def do_confirm_email(confirmation: str) -> ResponseReturnValue:
    """Write to the new address from now on, and open the order by its new link."""
    csrf.protect()
    try:
        order = transact(_confirm, confirmation, at=now())
    except Refused as refusal:
        return _refused(refusal)
    flash(gettext("C’est fait : nous vous écrivons désormais à %(email)s.", email=order.email), "done")
    return redirect(url_for("public.order", token=signed_links.token(order.reference, order.link_nonce)), 303)


def _confirm(confirmation: str, *, at: datetime) -> Order:
    """What is kept of the order for next year goes to the new address too."""
    was_written_to = email_change.read(confirmation, at=at)[0].email
    order = email_change.confirm(confirmation, at=at, by=Actor("web"))
    subscriptions.follow(order, was_written_to)
    return order


def _refused(refusal: Refused) -> ResponseReturnValue:
    status = 200 if isinstance(refusal, AlreadyConfirmed) else 410
    return render_template("public/email_confirmed.html", refusal=refusal, said=sentence(refusal)), status

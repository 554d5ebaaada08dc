"""How many letters were written: asked in January, from the link of one's own order."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField

from orders.addresses import clean
from orders.clock import now
from orders.database import transact
from orders.errors import Refused
from orders.ordering import repository
from orders.ordering.followup import letter_counts
from orders.public.blueprint import pages
from orders.staff.journal import Actor
from orders.web.rate_limits import ORDERS, limiter
from orders.wording import sentence
from orders.wording.translation.languages import SWITCH


class LettersForm(FlaskForm):  # type: ignore[misc]
    letters = StringField(_l("Nombre de lettres et de cartes"))

    def read(self) -> int | None:
        """The number, or `None` with the error beside the field."""
        if not self.validate():
            self.csrf_token.errors = ()
            self.form_errors.append(gettext("Cette page était ouverte depuis trop longtemps. Renvoyez-la."))
        typed = clean(self.letters.data or "").replace(" ", "")
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 9):
            self.letters.errors = [gettext("Indiquez un nombre entier, en chiffres ; zéro est une réponse aussi.")]
        return None if self.errors else int(typed)


@pages.route("/o/<token>/letters", methods=["GET", "POST"])
@limiter.limit(ORDERS, methods=["POST"])
def tell_letters(token: str) -> ResponseReturnValue:
    """Ask how many letters were written. Answering again replaces the answer."""
    order = repository.get_order_by_link(token)
    form = LettersForm()
    status = 200
    if request.method == "POST":
        status = 422
        number = form.read()
        if SWITCH not in request.form and number is not None:
            try:
                transact(letter_counts.report_letters, order.reference, number, at=now(), by=Actor("web"))
            except Refused as refusal:
                form.letters.errors = [sentence(refusal)]
            else:
                flash(gettext("Merci ! C’est noté."), "done")
                return redirect(url_for("public.tell_letters", token=token), 303)
    told = letter_counts.told_by_orderer(order)
    return render_template("public/letters.html", order=order, token=token, form=form, told=told), status

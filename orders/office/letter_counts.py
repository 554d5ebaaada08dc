"""Counting the letters of the boxes that the office opens, and what came of the copies that were sent."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from orders.clock import now
from orders.database import transact
from orders.errors import DomainError
from orders.idempotency import LONGEST_KEY, new_key
from orders.office.access import actor, needs
from orders.office.forms import whole_number
from orders.ordering.followup import letter_counts
from orders.references import MistypedReference, show_reference
from orders.shipping.scanning import read_scan
from orders.staff.models import StaffRole
from orders.wording import number, sentence

pages = Blueprint("letters", __name__, url_prefix="/letters")


class CountForm(FlaskForm):  # type: ignore[misc]
    reference = StringField(_l("Référence du bordereau"))
    letters = StringField(_l("Lettres dans l’enveloppe"))
    submission = HiddenField(default=new_key)

    is_half_done = False
    """A scanner ends what it types with Enter: the reference is there, the number is still to come."""

    def read(self) -> tuple[str, int] | None:
        """Reference and letters, or `None` with the error beside its field (none while it is half done)."""
        reference = ""
        try:
            reference = read_scan(self.reference.data or "").reference
        except MistypedReference as refusal:
            self.reference.errors = [sentence(refusal)]
        typed = (self.letters.data or "").strip()
        counted = whole_number(typed)
        self.is_half_done = not typed and not self.reference.errors
        if counted is None and not self.is_half_done:
            self.letters.errors = [gettext("Écrivez le nombre de lettres, en chiffres.")]
        return None if self.errors or counted is None else (reference, counted)


@pages.route("/", methods=["GET", "POST"])
@needs(StaffRole.OFFICE)
def count() -> ResponseReturnValue:
    """Scan or type a slip's reference, type how many letters, enter: ready for the next."""
    form = CountForm()
    form.validate_on_submit()
    if request.method == "POST" and (read := form.read()):
        key = (form.submission.data or "")[:LONGEST_KEY] or None
        try:
            counted = transact(letter_counts.count_letters, *read, at=now(), by=actor(), submission=key)
        except DomainError as refusal:
            form.reference.errors = [sentence(refusal)]
        else:
            said = gettext(
                "%(reference)s : %(letters)s notées.",
                reference=show_reference(read[0]),
                letters=number(counted.letters),
            )
            flash(said, "done")
            return redirect(url_for(".count"), 303)
    page = render_template("office/letters/count.html", form=form, counts=letter_counts.latest_counts())
    return page, 422 if form.errors else 200

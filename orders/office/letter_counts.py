"""Counting the letters of the boxes that the office opens, and what came of the copies that were sent."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectChoice, SelectField, StringField

from orders.catalogue import edition_lookup
from orders.clock import now
from orders.database import transact
from orders.errors import DomainError, Refused
from orders.idempotency import new_key
from orders.office.access import actor, needs
from orders.office.forms import KeyedForm, whole_number
from orders.ordering.followup import letter_counts
from orders.references import MistypedReference, show_reference
from orders.shipping.scanning import read_scan
from orders.staff.models import StaffRole
from orders.wording import number, sentence

pages = Blueprint("letters", __name__, url_prefix="/letters")


class CountForm(KeyedForm):
    reference = StringField(_l("Référence du bordereau"))
    letters = StringField(_l("Lettres dans l’enveloppe"))

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
        self.is_half_done = not typed and not self.reference.errors
        counted = None if self.is_half_done else read_letters(self.letters)
        return None if self.errors or counted is None else (reference, counted)


class WithoutSlipForm(KeyedForm):
    letters = StringField(_l("Lettres sans bordereau"), id="letters-without-slip")
    edition = SelectField(_l("De quelle édition"), choices=lambda: _editions(), validate_choice=False)
    submission = HiddenField(default=new_key, id="submission-without-slip")


def _editions() -> list[SelectChoice]:
    return [SelectChoice(str(each.year), each.title) for each in edition_lookup.editions()]


def read_letters(field: StringField) -> int | None:
    """The number in a field, or `None` with the error beside it."""
    counted = whole_number((field.data or "").strip())
    if counted is None:
        field.errors = [gettext("Écrivez le nombre de lettres, en chiffres.")]
    return counted


@pages.route("/", methods=["GET", "POST"])
@needs(StaffRole.OFFICE)
def count() -> ResponseReturnValue:
    """Scan or type a slip's reference, type how many letters, enter: ready for the next."""
    form = CountForm()
    form.validate_on_submit()
    if request.method == "POST" and (read := form.read()):
        try:
            counted = transact(letter_counts.count_letters, *read, at=now(), by=actor(), submission=form.key())
        except DomainError as refusal:
            form.offer_again(refusal)
            form.reference.errors = [sentence(refusal)]
        else:
            said = gettext(
                "%(reference)s : %(letters)s notées.",
                reference=show_reference(read[0]),
                letters=number(counted.letters),
            )
            flash(said, "done")
            return redirect(url_for(".count"), 303)
    return _page(form), 422 if form.errors else 200


@pages.post("/without-slip")
@needs(StaffRole.OFFICE)
def count_without_slip() -> ResponseReturnValue:
    """Letters in which no slip lay: only how many, and of which `edition` (a year)."""
    form = WithoutSlipForm()
    form.validate()
    edition = edition_lookup.get_edition(whole_number(form.edition.data or "") or 0)
    counted, key = read_letters(form.letters), form.key()
    try:
        if counted is not None and not form.errors:
            transact(letter_counts.count_without_slip, edition, counted, at=now(), by=actor(), submission=key)
            said = gettext("Sans bordereau : %(letters)s notées.", letters=number(counted))
            flash(said, "done")
            return redirect(url_for(".count"), 303)
    except DomainError as refusal:
        form.offer_again(refusal)
        form.letters.errors = [sentence(refusal)]
    return _page(CountForm(formdata=None), without_slip=form), 422


@pages.post("/<int:count_id>/correct")
@needs(StaffRole.OFFICE)
def correct(count_id: int) -> ResponseReturnValue:
    """Correct a count to `letters`; 0 removes it."""
    typed = whole_number(request.form.get("letters", ""))
    try:
        transact(letter_counts.correct_count, count_id, -1 if typed is None else typed, at=now(), by=actor())
    except Refused as refusal:
        flash(sentence(refusal), "refused")
    else:
        flash(gettext("Le compte est corrigé."), "done")
    return redirect(url_for(".count", _anchor="notees"), 303)


def _page(form: CountForm, without_slip: "WithoutSlipForm | None" = None) -> str:
    return render_template(
        "office/letters/count.html",
        form=form,
        without_slip=without_slip or WithoutSlipForm(formdata=None),
        counts=letter_counts.latest_counts(),
    )

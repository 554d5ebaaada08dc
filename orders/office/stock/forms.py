"""The forms for deliveries and corrections."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectChoice, SelectField, StringField, TextAreaField

from orders.addresses import clean
from orders.catalogue.models import Publication
from orders.errors import DomainError
from orders.idempotency import SubmittedOtherwise
from orders.office.forms import KeyedForm, whole_number
from orders.office.url_converters import row_number
from orders.ordering.queue.deallocation import CopiesPromised, Release
from orders.stock import ledger
from orders.stock.models import MOST_COPIES, MoreThanOrdered, RunCancelled, UnknownPrintRun
from orders.stock.print_runs import RunProgress
from orders.wording import day, moment, number, sentence

LONGEST_NOTE = 500


class StockForm(KeyedForm):
    """What both have: copies, a free note, and a key so that a double click counts once."""

    copies = StringField(_l("Exemplaires"))
    note = TextAreaField(_l("Note"))

    def note_text(self) -> str:
        return clean(self.note.data or "")

    def is_noted_well(self) -> bool:
        """Whether the note can be kept, with the error beside it if not."""
        note = self.note_text()
        if len(note) > LONGEST_NOTE:
            self.note.errors = [gettext("La note peut avoir %(most)s caractères au plus.", most=LONGEST_NOTE)]
        return not self.note.errors

    def explain(self, refusal: DomainError) -> None:
        """Say beside a field why the rule said no."""
        self.offer_again(refusal)
        self.field_about(refusal).errors = [_said_before(refusal) or sentence(refusal)]

    def field_about(self, _refusal: DomainError) -> Field:
        return self.copies


class TakingForm(StockForm):
    """Takes copies from the shelf. `released`: how many of them orders give back, ticked where that was asked."""

    released = StringField(_l("Reprendre des exemplaires réservés"))
    releases: Sequence[Release] = ()

    def confirmed(self) -> int | None:
        return whole_number(self.released.data or "")

    def explain(self, refusal: DomainError) -> None:
        if isinstance(refusal, CopiesPromised):
            self.releases = refusal.releases
            self.released.errors = [sentence(refusal)]
        else:
            super().explain(refusal)


class CopiesForm(StockForm):
    """A number of copies, also as bundles and single ones."""

    bundles = StringField(_l("Paquets"))
    singles = StringField(_l("Exemplaires seuls, en plus des paquets"))

    def read_copies(self, publication: Publication, *, least: int) -> int | None:
        """`copies`, or bundles × bundle size + singles; `least` is 0 or 1. `None` with the error beside its field."""
        self.validate()
        counts = [self._count(field, least) for field in (self.copies, self.bundles, self.singles)]
        if self.errors or not self.is_noted_well():
            return None
        copies, bundles, singles = counts
        if copies and (bundles or singles):
            self.copies.errors = [gettext("Remplissez soit les exemplaires, soit les paquets : pas les deux.")]
            return None
        total = copies or (bundles or 0) * publication.bundle_size + (singles or 0)
        if not least <= total <= MOST_COPIES or counts == [None, None, None]:
            self.copies.errors = [_impossible(least)]
            return None
        return total

    def _count(self, field: StringField, least: int) -> int | None:
        typed = field.data or ""
        count = whole_number(typed)
        if typed.strip() and (count is None or not 0 <= count <= MOST_COPIES):
            field.errors = [_impossible(least)]
        return count


class ReceiveForm(CopiesForm):
    print_run = SelectField(_l("De quel tirage ?"), validate_choice=False)
    confirm = StringField(_l("C’est bien plus que le tirage"))

    def offer(self, runs: Iterable[RunProgress]) -> None:
        """The print runs that a delivery may be a part of; the one expected soonest is proposed."""
        choices = [SelectChoice(str(each.run.id), _run_choice(each)) for each in runs]
        self.print_run.choices = [*choices, SelectChoice("", gettext("aucun : une autre livraison"))]
        if self.print_run.data is None and choices:
            self.print_run.data = choices[0].value

    def named_run(self) -> int | None:
        """The number of the print run that was chosen, if any."""
        typed = self.print_run.data or ""
        return row_number(typed) if typed else None

    @property
    def is_sure(self) -> bool:
        """Whether somebody ticked that more came than was ordered."""
        return self.confirm.data == "more"

    def field_about(self, refusal: DomainError) -> Field:
        fields = {MoreThanOrdered: self.confirm, RunCancelled: self.print_run, UnknownPrintRun: self.print_run}
        return fields.get(type(refusal), self.copies)


class TakeBackForm(TakingForm):
    def read(self) -> int | None:
        """How many copies never came, or `None` with the error beside its field."""
        self.validate()
        copies = whole_number(self.copies.data or "")
        if copies is None or not 0 < copies <= MOST_COPIES:
            self.copies.errors = [_impossible(1)]
        return None if self.errors or not self.is_noted_well() else copies


def _said_before(refusal: DomainError) -> str:
    """What a form that comes again, with something else in it, has moved already."""
    movement = ledger.find_submitted(refusal.key) if isinstance(refusal, SubmittedOtherwise) else None
    if movement is None:
        return ""
    return gettext(
        "Ce formulaire a déjà noté %(copies)s exemplaires, le %(when)s. Ce que vous tapez maintenant n’est pas noté.",
        copies=number(movement.copies),
        when=moment(movement.at),
    )


def _run_choice(progress: RunProgress) -> str:
    return gettext(
        "encore %(still)s, attendus le %(day)s (tirage de %(copies)s)",
        copies=number(progress.run.copies),
        day=day(progress.run.expected_on),
        still=number(progress.still),
    )


def _impossible(least: int) -> str:
    return gettext(
        "Écrivez un nombre entier d’exemplaires, de %(least)s à %(most)s.", least=least, most=number(MOST_COPIES)
    )

"""The form for a correction of the shelf, in which copies cannot go the wrong way."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField

from orders.office.forms import whole_number
from orders.office.stock.forms import TakingForm
from orders.stock.models import CORRECTION_REASONS, MOST_COPIES, WAYS, Reason
from orders.wording import word
from orders.wording.enum_labels import choices_of

SIGNS = {"-": -1, "\u2212": -1, "+": 1}
OUT, IN = "out", "in"


class CorrectForm(TakingForm):
    reason = SelectField(
        _l("Pourquoi ?"),
        choices=[SelectChoice("", _l("Choisissez…")), *choices_of(CORRECTION_REASONS)],
        validate_choice=False,
    )
    way = SelectField(
        _l("Ils sortent ou ils entrent ?"),
        choices=[
            SelectChoice("", _l("selon la raison")),
            SelectChoice(OUT, _l("ils sortent du rayon")),
            SelectChoice(IN, _l("ils entrent au rayon")),
        ],
        validate_choice=False,
    )

    ways = {reason.value: way for reason, way in WAYS.items()}

    def read(self) -> tuple[int, Reason] | None:
        """The signed change and its reason, or `None` with the error beside its field."""
        self.validate()
        copies = whole_number(self.copies.data or "")
        if copies == 0:
            self.copies.errors = [gettext("0 ne change rien : écrivez combien d’exemplaires sortent ou entrent.")]
        elif copies is None or abs(copies) > MOST_COPIES:
            self.copies.errors = [gettext("Écrivez combien d’exemplaires sortent ou entrent : un nombre entier.")]
        reason = next((each for each in CORRECTION_REASONS if each.value == self.reason.data), None)
        if reason is None:
            self.reason.errors = [gettext("Choisissez une raison.")]
        elif reason is Reason.OTHER and not self.note_text():
            self.note.errors = [gettext("Pour « autre », écrivez ici de quoi il s’agit.")]
        sign = self._sign(reason) if reason else None
        if self.errors or not self.is_noted_well() or not copies or reason is None or sign is None:
            return None
        return sign * abs(copies), reason

    def _sign(self, reason: Reason) -> int | None:
        """What the reason, the choice and a sign before the number agree on."""
        signs = {
            WAYS.get(reason),
            {OUT: -1, IN: 1}.get(self.way.data or ""),
            SIGNS.get((self.copies.data or "").strip()[:1]),
        } - {None}
        if not signs:
            self.way.errors = [gettext("Dites s’ils sortent ou s’ils entrent.")]
        if len(signs) > 1:
            said = gettext("sortent") if WAYS.get(reason, -1) < 0 else gettext("entrent")
            self.way.errors = [
                gettext("« %(reason)s » : les exemplaires %(way)s. Rien n’est noté.", reason=word(reason), way=said)
            ]
            if reason not in WAYS:
                self.way.errors = [gettext("Le signe du nombre dit le contraire. Rien n’est noté.")]
        return signs.pop() if len(signs) == 1 else None

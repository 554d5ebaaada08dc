"""The form of an audience: its names, what the form asks of it, and what it may have of a new publication."""

import re
from collections.abc import Mapping, Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, StringField, TextAreaField

from orders.addresses import clean
from orders.association import current_profile
from orders.association.profile import LANGUAGES
from orders.catalogue.allowance_editing import MOST_ALLOWED, Bounds
from orders.catalogue.audience_input import AudienceContent, AudienceFault
from orders.catalogue.audience_models import OrganisationField
from orders.office.forms import SharedForm, whole_number
from orders.staff.edit_conflicts import ChangedMeanwhile
from orders.wording import number, sentence
from orders.wording.audience_names import ORGANISATION_LABEL
from orders.wording.enum_labels import choices_of

TEXTS = {
    "names-fr": StringField(_l("Nom en français")),
    "names-nl": StringField(_l("Nom en néerlandais")),
    "names-de": StringField(_l("Nom en allemand")),
    "names-en": StringField(_l("Nom en anglais")),
    "hints-fr": StringField(_l("Précision en français")),
    "hints-nl": StringField(_l("Précision en néerlandais")),
    "hints-de": StringField(_l("Précision en allemand")),
    "hints-en": StringField(_l("Précision en anglais")),
    "organisation_labels-fr": StringField(_l("Nom de la case en français")),
    "organisation_labels-nl": StringField(_l("Nom de la case en néerlandais")),
    "organisation_labels-de": StringField(_l("Nom de la case en allemand")),
    "organisation_labels-en": StringField(_l("Nom de la case en anglais")),
}
BY_LANGUAGE = ("names", "hints", "organisation_labels")
FLAGS = ("gathers", "is_school")


class _AudienceForm(SharedForm):
    code = StringField(_l("Code"))
    other_words = TextAreaField(_l("Autres mots dans les fichiers"))
    organisation = RadioField(ORGANISATION_LABEL, choices=choices_of(OrganisationField), validate_choice=False)
    gathers = BooleanField(_l("Demander la date et le nombre de personnes d’un marathon"))
    is_school = BooleanField(_l("C’est une école : le partage « chaque école d’abord » la compte"))
    review_above = StringField(_l("À vérifier au-dessus de"))
    maximum = StringField(_l("Maximum"))

    def typed_code(self) -> str:
        return clean(self.code.data or "").lower()

    def read(self) -> AudienceContent | None:
        """What was typed, or `None` with the errors of what is no number and no choice beside the fields."""
        self.validate()
        organisation = next((each for each in OrganisationField if each.value == self.organisation.data), None)
        if organisation is None:
            self.organisation.errors = [gettext("Choisissez une réponse.")]
        content = AudienceContent(
            names=self._texts("names"),
            hints=self._texts("hints"),
            other_words=_words(self.other_words.data or ""),
            organisation=organisation or OrganisationField.OPTIONAL,
            organisation_labels=self._texts("organisation_labels"),
            is_school=self.is_school.data,
            gathers=self.gathers.data,
            bounds=self._bounds(),
        )
        return None if self.errors else content

    def _texts(self, kind: str) -> dict[str, str]:
        typed = {language: clean(self[f"{kind}-{language}"].data or "") for language in LANGUAGES}
        return {language: text for language, text in typed.items() if text}

    def _bounds(self) -> Bounds | None:
        review, maximum = _count(self.review_above), _count(self.maximum)
        for field, other in ((self.review_above, self.maximum), (self.maximum, self.review_above)):
            if not (field.data or "").strip() and (other.data or "").strip():
                field.errors = [gettext("Écrivez aussi ce nombre, ou videz les deux pour ne rien limiter.")]
        return None if review is None or maximum is None else Bounds(review, maximum)

    def explain(self, faults: Sequence[AudienceFault]) -> None:
        for fault in faults:
            field = self[fault.field]
            field.errors = [*field.errors, sentence(fault)]

    def show(self, content: AudienceContent, shown: str) -> None:
        """Fill in what is kept."""
        self.fill_in(audience_as_typed(content), shown)
        for name in FLAGS:
            self[name].data = getattr(content, name)

    def say_what_changed(self, refusal: ChangedMeanwhile, content: AudienceContent, shown: str) -> None:
        """Keep what was typed, say beside it what is kept now; sent again, the form means it."""
        self.say_changed(refusal, audience_as_typed(content), shown)
        for name in FLAGS:
            if self[name].data != (kept := getattr(content, name)):
                said = gettext("oui") if kept else gettext("non")
                self[name].errors = [gettext("Enregistré entre-temps : « %(value)s ».", value=said)]


AudienceForm: type[_AudienceForm] = type("AudienceForm", (_AudienceForm,), TEXTS)
"""With fields for each language, `names-fr` and so on, which no Python name can be."""


def audience_as_typed(content: AudienceContent) -> dict[str, str]:
    """The values of the form's text fields."""
    bounds = content.bounds
    return {
        "other_words": ", ".join(content.other_words),
        "organisation": content.organisation.value,
        "review_above": str(bounds.review_above) if bounds else "",
        "maximum": str(bounds.maximum) if bounds else "",
        **{
            f"{kind}-{language}": getattr(content, kind).get(language, "")
            for kind in BY_LANGUAGE
            for language in LANGUAGES
        },
    }


def required_languages() -> Mapping[str, bool]:
    """Every language that a name may be in, those of the association's pages first, and whether it must be."""
    offered = current_profile().languages
    return dict.fromkeys(offered, True) | {each: False for each in LANGUAGES if each not in offered}


def _words(typed: str) -> tuple[str, ...]:
    """Words between commas, semicolons or lines, each once."""
    return tuple(dict.fromkeys(word for each in re.split(r"[,;\n]", typed) if (word := clean(each))))


def _count(field: Field) -> int | None:
    typed = (field.data or "").strip()
    count = whole_number(typed)
    if typed and count is None:
        field.errors = [gettext("Un nombre entier, de 0 à %(most)s.", most=number(MOST_ALLOWED))]
    return count

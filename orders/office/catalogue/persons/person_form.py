"""The form of a person defended: a name, and in each language a country, a sentence, a link, words for the portrait."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import StringField

from orders.addresses import clean
from orders.association.profile import LANGUAGES
from orders.catalogue.defended_persons import TEXTS, PersonContent, person_faults
from orders.catalogue.edition_input import ContentFault
from orders.office.forms import SharedForm
from orders.wording import sentence
from orders.wording.translation.languages import NAMES

LABELS = {
    "countries": _l("Pays (%(language)s)"),
    "sentences": _l("Une phrase (%(language)s)"),
    "links": _l("Lien vers son histoire (%(language)s)"),
    "alt_texts": _l("Ce que montre le portrait (%(language)s)"),
}


class PersonForm(SharedForm):
    """Texts are fields like `sentences-fr`, which `person_form` adds."""

    name = StringField(_l("Nom"))
    credit = StringField(_l("Crédit du portrait"))

    def read(self) -> PersonContent | None:
        """What was typed, or `None` with everything that is wrong beside its field."""
        self.validate()
        texts = {name: {each: clean(self[f"{name}-{each}"].data or "") for each in LANGUAGES} for name in TEXTS}
        content = PersonContent(
            name=clean(self.name.data or ""),
            credit=clean(self.credit.data or ""),
            **{name: {each: text for each, text in by.items() if text} for name, by in texts.items()},
        )
        self.explain(person_faults(content))
        return None if self.errors else content

    def explain(self, faults: Sequence[ContentFault]) -> None:
        for fault in faults:
            field = self[fault.field]
            field.errors = [*field.errors, sentence(fault)]


def person_form() -> PersonForm:
    """A form with a field for each text in each language."""
    fields = {
        f"{name}-{code}": StringField(str(label) % {"language": NAMES[code]})
        for name, label in LABELS.items()
        for code in LANGUAGES
    }
    form: PersonForm = type("PersonForm", (PersonForm,), fields)()
    return form


def person_as_typed(content: PersonContent) -> dict[str, str]:
    texts = {f"{name}-{code}": getattr(content, name).get(code, "") for name in TEXTS for code in LANGUAGES}
    return {"name": content.name, "credit": content.credit, **texts}

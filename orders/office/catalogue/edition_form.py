"""The form of an edition: its days, its words in every language, and where else it leads."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from orders.addresses import clean
from orders.association.profile import LANGUAGES
from orders.catalogue.edition_input import ContentFault, EditionContent, Link, edition_faults
from orders.office.catalogue.publication_form import title_languages
from orders.office.forms import SharedForm, whole_number
from orders.ordering.request.order_request import Reading
from orders.ordering.season.closing import Decision, WhatBecomes
from orders.wording import sentence
from orders.wording.enum_labels import choices_of
from orders.wording.translation.languages import NAMES

DAYS = ("opens_on", "closes_on", "letters_back_by")
TRANSLATIONS = ("title_translations", "front_text_translations")
LINK = ("title", "link", "language")
FREE_ROWS = 3
MOST_ROWS = 60


class EditionForm(SharedForm):
    """`edition_form` adds a field for each translation, `title_translations-nl`, and rows of links, `links-1-title`.

    `open_orders` and `expected` are asked only where the edition closes with orders that are not over.
    """

    year = StringField(_l("Année"))
    title = StringField(_l("Titre"))
    opens_on = StringField(_l("Les commandes ouvrent le"))
    closes_on = StringField(_l("Dernier jour de commande"))
    letters_back_by = StringField(_l("Lettres à renvoyer avant le"))
    front_text = TextAreaField(_l("Texte de la page d’accueil"))
    open_orders = RadioField(
        _l("Que deviennent ces commandes ?"), choices=choices_of(WhatBecomes), validate_choice=False
    )
    expected = StringField(_l("Commandes ouvertes"))

    rows = range(0)
    filled: Sequence[int] = ()
    other_languages: Sequence[str] = ()

    def read(self) -> EditionContent | None:
        """What was typed, or `None` with everything that is wrong beside its field."""
        self.validate()
        days = self._read_days()
        known = next((day for day in days.values() if day is not None), date.min)
        opens_on, closes_on, letters_back_by = (day or known for day in days.values())
        self.filled = [row for row in self.rows if self._link(row)]
        content = EditionContent(
            title=clean(self.title.data or ""),
            opens_on=opens_on,
            closes_on=closes_on,
            letters_back_by=letters_back_by,
            front_text=_paragraphs(self.front_text.data or ""),
            links=tuple(Link(*self._link(row)) for row in self.filled),
            title_translations=self._translations("title_translations", clean),
            front_text_translations=self._translations("front_text_translations", _paragraphs),
        )
        self.explain(edition_faults(content))
        return None if self.errors else content

    def _read_days(self) -> dict[str, date | None]:
        reading = Reading({name: self[name].data or "" for name in DAYS})
        days = {name: reading.day(name) for name in DAYS}
        for problem in reading.problems:
            self[problem.field].errors = [sentence(problem)]
        for name, day in days.items():
            if day is None and not self[name].errors:
                self[name].errors = [gettext("Choisissez un jour.")]
        return days

    def decision(self) -> Decision | None:
        becomes = next((each for each in WhatBecomes if each.value == self.open_orders.data), None)
        expected = whole_number(self.expected.data or "")
        return Decision(becomes, expected) if becomes and expected is not None else None

    def explain(self, faults: Sequence[ContentFault]) -> None:
        for fault in faults:
            field = self[self._typed_at(fault.field)]
            field.errors = [*field.errors, sentence(fault)]

    def _typed_at(self, name: str) -> str:
        """The row in which the n-th filled one was typed: `links-2-title` may be `links-4-title` on the form."""
        part, _, rest = name.partition("-")
        if part != "links":
            return name
        number, _, column = rest.partition("-")
        return f"links-{self.filled[int(number) - 1]}-{column}"

    def _link(self, row: int) -> list[str]:
        """The cells of a row, or an empty list where nothing is typed in it."""
        title, link, language = (clean(self[f"links-{row}-{column}"].data or "") for column in LINK)
        return [title, link, language if language in LANGUAGES else ""] if title or link else []

    def _translations(self, name: str, read: Callable[[str], str]) -> dict[str, str]:
        typed = {each: read(self[f"{name}-{each}"].data or "") for each in self.other_languages}
        return {language: text for language, text in typed.items() if text}


def edition_form(kept: EditionContent | None, typed: Mapping[str, str]) -> EditionForm:
    """A form with room for the links that are kept, for those that were typed, and for a few more."""
    rows = range(1, min(max((len(kept.links) if kept else 0) + FREE_ROWS, _last_row(typed)), MOST_ROWS) + 1)
    first, *others = title_languages()
    fields: dict[str, Field] = {}
    for code in others:
        named = {"language": NAMES[code]}
        fields[f"title_translations-{code}"] = StringField(str(_l("Titre (%(language)s)")) % named)
        label = str(_l("Texte de la page d’accueil (%(language)s)")) % named
        fields[f"front_text_translations-{code}"] = TextAreaField(label)
    choices = [
        SelectChoice("", _l("toutes les langues")),
        *(SelectChoice(each, NAMES[each]) for each in (first, *others)),
    ]
    for row in rows:
        fields[f"links-{row}-title"] = StringField(str(_l("Lien %(row)s, titre")) % {"row": row})
        fields[f"links-{row}-link"] = StringField(str(_l("Lien %(row)s, adresse")) % {"row": row})
        label = str(_l("Lien %(row)s, langue")) % {"row": row}
        fields[f"links-{row}-language"] = SelectField(label, choices=choices, validate_choice=False)
    form: EditionForm = type("EditionForm", (EditionForm,), fields)()
    form.rows, form.other_languages = rows, others
    return form


def edition_as_typed(content: EditionContent) -> dict[str, str]:
    values: dict[str, Any] = {"title": content.title, "front_text": content.front_text}
    values |= {name: getattr(content, name).isoformat() for name in DAYS}
    for name in TRANSLATIONS:
        values |= {f"{name}-{code}": getattr(content, name).get(code, "") for code in title_languages()[1:]}
    for row, item in enumerate(content.links, 1):
        values |= {f"links-{row}-{column}": getattr(item, column) for column in LINK}
    return values


def _last_row(typed: Mapping[str, str]) -> int:
    numbers = [name.split("-")[1] for name in typed if name.startswith("links-")]
    return max((int(each) for each in numbers if each.isascii() and each.isdigit() and len(each) <= 3), default=0)


def _paragraphs(text: str) -> str:
    lines = (clean(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(lines).strip("\n")

"""The form of an edition: its days, its words, the persons defended and where else it leads."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField

from orders.addresses import clean
from orders.catalogue.edition_input import ContentFault, EditionContent, Link, Person, edition_faults
from orders.office.forms import SharedForm, whole_number
from orders.ordering.request.order_request import Reading
from orders.ordering.season.closing import Decision, WhatBecomes
from orders.wording import sentence
from orders.wording.enum_labels import choices_of

DAYS = ("opens_on", "closes_on", "letters_back_by")
PARTS = {"persons": ("name", "country", "link"), "links": ("title", "link")}
FREE_ROWS = 3
MOST_ROWS = 60


class EditionForm(SharedForm):
    """Rows of persons and links are fields like `persons-1-name`; `edition_form` adds them.

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

    rows: Mapping[str, range] = {}
    filled: Mapping[str, Sequence[int]] = {}

    def read(self) -> EditionContent | None:
        """What was typed, or `None` with everything that is wrong beside its field."""
        self.validate()
        days = self._read_days()
        known = next((day for day in days.values() if day is not None), date.min)
        opens_on, closes_on, letters_back_by = (day or known for day in days.values())
        self.filled = {part: [row for row in self.rows[part] if self._row(part, row)] for part in PARTS}
        content = EditionContent(
            title=clean(self.title.data or ""),
            opens_on=opens_on,
            closes_on=closes_on,
            letters_back_by=letters_back_by,
            front_text=_paragraphs(self.front_text.data or ""),
            persons=tuple(Person(*self._row("persons", row)) for row in self.filled["persons"]),
            links=tuple(Link(*self._row("links", row)) for row in self.filled["links"]),
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
        """The row in which the n-th filled one was typed: `persons-2-name` may be `persons-4-name` on the form."""
        part, _, rest = name.partition("-")
        if part not in PARTS:
            return name
        number, _, column = rest.partition("-")
        return f"{part}-{self.filled[part][int(number) - 1]}-{column}"

    def _row(self, part: str, row: int) -> list[str]:
        """The cells of a row, or an empty list where nothing is in it."""
        cells = [clean(self[f"{part}-{row}-{column}"].data or "") for column in PARTS[part]]
        return cells if any(cells) else []


def edition_form(kept: EditionContent | None, typed: Mapping[str, str]) -> EditionForm:
    """A form with room for the rows that are kept, for those that were typed, and for a few more."""
    labels = {
        "persons": (_l("Personne %(row)s, nom"), _l("Personne %(row)s, pays"), _l("Personne %(row)s, lien")),
        "links": (_l("Lien %(row)s, titre"), _l("Lien %(row)s, adresse")),
    }
    rows, fields = {}, {}
    for part, columns in PARTS.items():
        have = len(getattr(kept, part)) if kept else 0
        rows[part] = range(1, min(max(have + FREE_ROWS, _last_row(part, typed)), MOST_ROWS) + 1)
        for row in rows[part]:
            for column, label in zip(columns, labels[part], strict=True):
                fields[f"{part}-{row}-{column}"] = StringField(str(label) % {"row": row})
    form: EditionForm = type("EditionForm", (EditionForm,), fields)()
    form.rows = rows
    return form


def edition_as_typed(content: EditionContent) -> dict[str, str]:
    values: dict[str, Any] = {"title": content.title, "front_text": content.front_text}
    values |= {name: getattr(content, name).isoformat() for name in DAYS}
    for part, columns in PARTS.items():
        for row, item in enumerate(getattr(content, part), 1):
            values |= {f"{part}-{row}-{column}": getattr(item, column) for column in columns}
    return values


def _last_row(part: str, typed: Mapping[str, str]) -> int:
    numbers = [name.split("-")[1] for name in typed if name.startswith(f"{part}-")]
    return max((int(each) for each in numbers if each.isascii() and each.isdigit() and len(each) <= 3), default=0)


def _paragraphs(text: str) -> str:
    lines = (clean(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(lines).strip("\n")

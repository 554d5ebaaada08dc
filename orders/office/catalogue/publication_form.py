"""The form of a publication. Grams and millimetres, with a comma or a point."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField

from orders.addresses import clean
from orders.association import current_profile
from orders.association.profile import LANGUAGES
from orders.catalogue.edition_input import RANGES, ContentFault, PublicationContent, publication_faults
from orders.catalogue.models import Kind
from orders.office.forms import SharedForm, whole_number
from orders.office.units import read_measure, show_measure
from orders.wording import sentence
from orders.wording.enum_labels import choices_of

SCALES = {"unit_weight_mg": 1_000, "unit_thickness_um": 1_000}
COUNTS = ("bundle_size", "low_stock_line", "position")
TITLES = {
    "titles-fr": StringField(_l("Titre en français")),
    "titles-nl": StringField(_l("Titre en néerlandais")),
    "titles-de": StringField(_l("Titre en allemand")),
    "titles-en": StringField(_l("Titre en anglais")),
}


class _PublicationForm(SharedForm):
    code = StringField(_l("Code"))
    kind = SelectField(_l("Sorte"), choices=choices_of(Kind), validate_choice=False)
    format = StringField(_l("Format"))
    pages = StringField(_l("Pages"))
    unit_weight_mg = StringField(_l("Poids d’un exemplaire (g)"))
    unit_thickness_um = StringField(_l("Épaisseur d’un exemplaire (mm)"))
    bundle_size = StringField(_l("Exemplaires par paquet"))
    read_online_url = StringField(_l("Lien pour lire en ligne"))
    low_stock_line = StringField(_l("Stock bas à partir de"))
    position = StringField(_l("Place dans la liste"))

    def typed_code(self) -> str:
        return clean(self.code.data or "").upper()

    def read(self) -> PublicationContent | None:
        """What was typed, or `None` with everything that is wrong beside its field."""
        self.validate()
        kind = next((each for each in Kind if each.value == self.kind.data), None)
        if kind is None:
            self.kind.errors = [gettext("Choisissez une réponse.")]
        numbers = {name: self._measure(name, scale) for name, scale in SCALES.items()}
        numbers |= {name: self._count(name) for name in COUNTS}
        pages = self._count("pages") if (self.pages.data or "").strip() else None
        content = PublicationContent(
            kind=kind or Kind.OTHER,
            titles={each: clean(self[f"titles-{each}"].data or "") for each in LANGUAGES},
            format=clean(self.format.data or ""),
            pages=pages,
            read_online_url=clean(self.read_online_url.data or ""),
            **numbers,
        )
        self.explain(publication_faults(content))
        return None if self.errors else content

    def explain(self, faults: Sequence[ContentFault]) -> None:
        for fault in faults:
            field = self[fault.field]
            field.errors = [*field.errors, sentence(fault)]

    def _measure(self, name: str, scale: int) -> int:
        value = read_measure(self[name].data or "", scale)
        if value is None:
            self[name].errors = [gettext("Écrivez un nombre, comme 59 ou 2,3.")]
        return RANGES[name][0] if value is None else value

    def _count(self, name: str) -> int:
        value = whole_number(self[name].data or "")
        if value is None:
            self[name].errors = [gettext("Écrivez un nombre entier.")]
        return RANGES[name][0] if value is None else value


PublicationForm: type[_PublicationForm] = type("PublicationForm", (_PublicationForm,), TITLES)
"""With a field for the title in each language, `titles-fr` and so on, which no Python name can be."""


def publication_as_typed(content: PublicationContent) -> dict[str, str]:
    return {
        "kind": content.kind.value,
        "format": content.format,
        "pages": "" if content.pages is None else str(content.pages),
        "read_online_url": content.read_online_url,
        **{f"titles-{each}": content.titles.get(each, "") for each in LANGUAGES},
        **{name: show_measure(getattr(content, name), scale) for name, scale in SCALES.items()},
        **{name: str(getattr(content, name)) for name in COUNTS},
    }


def title_languages() -> list[str]:
    """Every language that a title may be in, those of the association's pages first."""
    offered = current_profile().languages
    return [*offered, *(language for language in LANGUAGES if language not in offered)]

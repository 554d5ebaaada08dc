"""Audiences by their names in the language of the page."""

from collections.abc import Iterable

from flask_babel import lazy_gettext
from markupsafe import Markup
from wtforms import SelectChoice

from orders.catalogue.audience_lookup import get_audience
from orders.catalogue.audience_models import Audience
from orders.wording.translation.languages import current_language, marked

ORGANISATION_LABEL = lazy_gettext("École ou organisation")


def audience_name(code: str) -> str:
    """As plain text: for choices, sentences and files."""
    return get_audience(code).name(current_language())


def audience_named(code: str) -> Markup:
    """As it stands on a page: a name in another language than the page's says which one."""
    found = get_audience(code)
    return marked(found.name(current_language()), found.name_language(current_language()))


def audience_choices(audiences: Iterable[Audience]) -> list[SelectChoice]:
    """The choices of a field: what is sent and what is shown."""
    return [SelectChoice(each.code, each.name(current_language())) for each in audiences]


def audience_hints(audiences: Iterable[Audience]) -> dict[str, str]:
    """What is said under the names of those that have such words in the language of the page, by code."""
    hints = ((each.code, each.hints.get(current_language(), "")) for each in audiences)
    return {code: hint for code, hint in hints if hint}


def organisation_labels(audiences: Iterable[Audience]) -> dict[str, str]:
    """What the field for the organisation is called, by code; `""` is for audiences without words of their own."""
    labels = ((each.code, (each.organisation_labels or {}).get(current_language(), "")) for each in audiences)
    return {"": str(ORGANISATION_LABEL), **{code: label for code, label in labels if label}}


def organisation_label(audiences: Iterable[Audience], code: str | None) -> str:
    """What the field for the organisation is called for the audience that was chosen, if one was."""
    labels = organisation_labels(audiences)
    return labels.get(code or "", labels[""])

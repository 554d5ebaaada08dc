"""The title of a publication in the language of the page. Where it has none, it stands in French and says so."""

from markupsafe import Markup

from orders.association.profile import LANGUAGES
from orders.catalogue.models import Publication
from orders.wording.translation.languages import current_language

FRENCH = LANGUAGES[0]


def title_of(publication: Publication) -> str:
    """As plain text: for attributes, sentences and answers to scripts."""
    return publication.title(current_language())


def titled(publication: Publication) -> Markup:
    """As it stands on a page: a French title among other words carries `lang="fr"`."""
    has_one = publication.titles.get(current_language())
    return Markup.escape(title_of(publication)) if has_one else in_french(title_of(publication))


def in_french(text: str) -> Markup:
    """What somebody wrote in French, on a page in any language."""
    if current_language() == FRENCH:
        return Markup.escape(text)
    return Markup('<span lang="{}">{}</span>').format(FRENCH, text)

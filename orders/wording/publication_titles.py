"""The title of a publication in the language of the page, and what the association wrote in its own first language."""

from markupsafe import Markup

from orders.association import current_profile
from orders.catalogue.models import Publication
from orders.wording.translation.languages import current_language, marked


def title_of(publication: Publication) -> str:
    """As plain text: for attributes, sentences and answers to scripts."""
    return publication.title(current_language())


def titled(publication: Publication) -> Markup:
    """As it stands on a page: a title in another language than the page's says which one."""
    return marked(title_of(publication), publication.title_language(current_language()))


def as_written(text: str) -> Markup:
    """What the association wrote in the language that it speaks first, on a page in any language."""
    return marked(text, current_profile().languages[0])

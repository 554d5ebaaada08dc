"""What the association writes in several languages, in the language of the page: titles, and words about persons."""

from collections.abc import Mapping

from markupsafe import Markup

from orders.association import current_profile
from orders.catalogue.models import Edition, Publication
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


def translated(texts: Mapping[str, str]) -> Markup:
    """A text by language as it stands on a page: one in another language than the page's says which."""
    language = _best(texts)
    return marked(texts[language], language) if language else Markup()


def translated_plain(texts: Mapping[str, str]) -> str:
    """The same as plain text, for attributes."""
    return texts.get(_best(texts), "")


def edition_title(edition: Edition) -> Markup:
    return translated({current_profile().languages[0]: edition.title, **edition.title_translations})


def front_text(edition: Edition) -> Mapping[str, str]:
    """The words of the first page, by language."""
    return {current_profile().languages[0]: edition.front_text, **edition.front_text_translations}


def _best(texts: Mapping[str, str]) -> str:
    """The language of the page, else the one that the association speaks first, else any in which there is a text."""
    wanted = (current_language(), current_profile().languages[0], *texts)
    return next((language for language in wanted if texts.get(language)), "")

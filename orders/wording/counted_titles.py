"""The titles of publications after a number of copies: `24 livrets d’activités`."""

from flask_babel import ngettext
from markupsafe import Markup

from orders.catalogue.models import Kind, Publication
from orders.wording.formatting import number
from orders.wording.publication_titles import title_of, titled


def title_after(publication: Publication, copies: int) -> Markup:
    """As it stands on a page after the number; a title of the house’s own is not bent."""
    return Markup.escape(_bent(publication, copies)) or titled(publication)


def counted(publication: Publication, copies: int) -> str:
    """A number of copies in a sentence: `24 livrets d’activités`, `24 × Dossier`."""
    noun = _bent(publication, copies)
    return f"{number(copies)}\u00a0{noun}" if noun else f"{number(copies)} × {title_of(publication)}"


def _bent(publication: Publication, copies: int) -> str:
    """The title in the singular or the plural, where it is just the word for what it is; else nothing."""
    is_that_word = _word(publication.kind, 1).casefold() == title_of(publication).casefold()
    return _word(publication.kind, copies) if is_that_word else ""


def _word(kind: Kind, copies: int) -> str:
    if kind is Kind.MANUAL:
        return ngettext("manuel", "manuels", copies)
    if kind is Kind.BOOKLET:
        return ngettext("livret d’activités", "livrets d’activités", copies)
    return ""

"""The columns of a file of orders in words: for the lists of the page that imports one, and for its template."""

from collections.abc import Iterable, Iterator, Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from orders.catalogue.models import Publication
from orders.ordering.files.columns import Columns
from orders.wording import title_of

FIELD_NAMES: Mapping[str, LazyString] = {
    "audience": _l("Public"),
    "name": _l("Nom"),
    "street": _l("Rue"),
    "number": _l("Numéro"),
    "postcode": _l("Code postal"),
    "town": _l("Localité"),
    "address": _l("Adresse complète"),
    "first_name": _l("Prénom"),
    "organisation": _l("École ou organisation"),
    "department": _l("Service"),
    "building": _l("Bâtiment"),
    "box": _l("Boîte"),
    "country": _l("Pays"),
    "email": _l("E-mail"),
    "phone": _l("Téléphone"),
    "delivery": _l("Livraison"),
    "language": _l("Langue"),
    "needed_by": _l("Nécessaire le"),
    "message": _l("Remarque"),
    "when_short": _l("S’il en manque"),
    "placed_at": _l("Commandé le"),
    "already_sent": _l("Déjà envoyé"),
    "reference": _l("Référence"),
}
IN_TEMPLATE = ("audience", "organisation", "name", "department", "street", "number", "box", "postcode", "town")
AFTER_COPIES = ("email", "phone", "delivery", "needed_by", "language", "message")


def named_fields(columns: Columns, publications: Mapping[str, Publication]) -> list[tuple[str, str]]:
    """Each field of a file beside its name; a publication is called by its title and its code."""
    return [
        (field, f"{title_of(publications[field])} ({field})" if field in publications else str(FIELD_NAMES[field]))
        for field in columns.fields
    ]


def template_headings(columns: Columns, publications: Iterable[Publication]) -> list[str]:
    """The headings of an empty file to be filled in, in the language of the page."""
    names = [str(FIELD_NAMES[field]) for field in IN_TEMPLATE]
    return [*names, *_copies(columns, publications), *(str(FIELD_NAMES[field]) for field in AFTER_COPIES)]


def _copies(columns: Columns, publications: Iterable[Publication]) -> Iterator[str]:
    for publication in publications:
        title = title_of(publication)
        yield title if columns.read_heading(title) == publication.code else publication.code

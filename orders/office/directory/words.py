"""The columns of a list of places in words."""

from collections.abc import Mapping
from dataclasses import replace

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from orders.spreadsheets import Trouble

COLUMN_NAMES: Mapping[str, LazyString] = {
    "number": _l("numéro"),
    "school_number": _l("numéro de l’école"),
    "name": _l("nom"),
    "address": _l("adresse"),
    "street": _l("rue"),
    "house": _l("numéro dans la rue"),
    "box": _l("boîte"),
    "building": _l("bâtiment"),
    "postcode": _l("code postal"),
    "town": _l("localité"),
    "commune": _l("commune"),
    "level": _l("niveau"),
    "network": _l("réseau"),
    "latitude": _l("latitude"),
    "longitude": _l("longitude"),
    "schools": _l("écoles"),
}


def in_words(trouble: Trouble) -> Trouble:
    """What is wrong with a file, with its columns in words."""
    return replace(trouble, columns=tuple(str(COLUMN_NAMES.get(each, each)) for each in trouble.columns))

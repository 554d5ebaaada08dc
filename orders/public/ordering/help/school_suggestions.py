"""Schools and other places of the directory, offered below the field for an organisation."""

from collections.abc import Mapping

from flask_babel import gettext

from orders.directory import suggestions
from orders.directory.name_index import Suggestion
from orders.public.ordering.help.address_suggestions import Help, Mending

FIND = "find_school"
"""The button that asks for them where there is no script."""


def schools(typed: str) -> list[Mending]:
    """The schools that fit what is typed, each with the fields that choosing it fills in; 20 at most."""
    return [_mending(each) for each in suggestions.suggest(typed)]


def help_with_school(typed: Mapping[str, str]) -> dict[str, Help]:
    """What to show below the organisation when the button was pressed."""
    asked = (typed.get("organisation", ""), typed.get("postcode", ""))
    found = [_mending(each) for each in suggestions.suggest_at(*asked)]
    return {"organisation": Help("" if found else _nothing_found(), found)}


def find_school(typed: Mapping[str, str], key: str) -> Mending | None:
    """The school that a button named, if it is still one of those offered for what is typed."""
    offered = help_with_school(typed)["organisation"].mendings
    return next((each for each in offered if each.key == key), None)


def _mending(school: Suggestion) -> Mending:
    return Mending("organisation", school.label, school.order_fields)


def _nothing_found() -> str:
    return gettext(
        "Nous n’avons pas trouvé cette école : essayez d’autres mots (nom, rue, code postal), "
        "ou indiquez simplement le nom et l’adresse."
    )

"""Choosing a school on a form of the office that has no script: one button looks for it, another fills the form in."""

from collections.abc import Mapping

from orders.directory import suggestions
from orders.directory.name_index import Suggestion

FIND, USE = "find_school", "use_school"


def is_asked(sent: Mapping[str, str]) -> bool:
    return FIND in sent or USE in sent


def offered(sent: Mapping[str, str]) -> list[Suggestion] | None:
    """The schools that fit what was typed, where the button was pressed that looks for them."""
    return _found(sent) if FIND in sent else None


def chosen(sent: Mapping[str, str]) -> dict[str, str]:
    """What the button of a school writes into the fields, if it is still one of those that would be offered."""
    if USE not in sent:
        return {}
    return next((each.order_fields for each in _found(sent) if each.label == sent[USE]), {})


def _found(sent: Mapping[str, str]) -> list[Suggestion]:
    return suggestions.suggest_at(sent.get("organisation", ""), sent.get("postcode", ""))

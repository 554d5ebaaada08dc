"""What the office's small forms share: numbers, references and keys as people type them."""

import re
from collections.abc import Mapping

from orders.ordering.models import UnknownOrder
from orders.references import MistypedReference, read_reference


def page_number(arguments: Mapping[str, str]) -> int:
    """The page asked for, from 1; anything else is the first."""
    value = arguments.get("page", "")
    return max(1, int(value)) if re.fullmatch(r"[0-9]{1,6}", value) else 1


def whole_number(typed: str) -> int | None:
    """A whole number as people type it (spaces between thousands, a sign), or `None`."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", typed).replace("\u2212", "-")
    return int(plain) if re.fullmatch(r"[+-]?[0-9]{1,15}", plain) else None


def read_typed_reference(typed: str) -> str:
    """A reference from an address; one that cannot exist is an order that does not."""
    try:
        return read_reference(typed)
    except MistypedReference:
        raise UnknownOrder(typed) from None
